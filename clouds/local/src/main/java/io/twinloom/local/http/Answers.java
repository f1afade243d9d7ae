package io.twinloom.local.http;

import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The answers that an endpoint gives by itself, and how any answer is sent. */
final class Answers {
  static final HttpAnswer UNKNOWN_FUNCTION = error(404, "There is no such function here.");
  static final HttpAnswer BAD_QUERY = error(400, "The query of the address cannot be decoded.");
  static final HttpAnswer TOO_SLOW = error(408, "The body took too long to arrive.");
  static final HttpAnswer FULL = error(503, "Too many requests are being worked on; try later.");
  static final HttpAnswer FAILED = error(500, "The function failed; its log says why.");
  static final HttpAnswer MALFORMED = error(400, "The request is not well-formed HTTP.");
  static final HttpAnswer TOO_MANY_HEADERS = error(431, "The request's headers are too large.");
  static final HttpAnswer ADDRESS_TOO_LONG = error(414, "The request's address is too long.");

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence SOON = HttpHeaders.createOptimized("1");

  private Answers() {}

  static HttpAnswer error(int status, String text) {
    return new HttpAnswer(status, Json.bytes(JsonObject.builder().put("error", text).build()));
  }

  static HttpAnswer tooLarge(int limit) {
    return error(413, "The body is larger than " + limit + " bytes.");
  }

  /** Sends an answer; to a client that is gone already it goes nowhere. */
  static void send(HttpServerRequest request, HttpAnswer answer) {
    HttpServerResponse response = request.response();
    try {
      response.setStatusCode(answer.status());
      response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
      if (answer == FULL) {
        response.putHeader(HttpHeaders.RETRY_AFTER, SOON);
      }
      var unused = response.end(Buffer.buffer(answer.body()));
    } catch (IllegalStateException gone) {
      // The connection was closed meanwhile: the sender sees that, and tries again.
      return;
    }
  }
}
