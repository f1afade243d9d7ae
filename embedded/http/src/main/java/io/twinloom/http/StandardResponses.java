package io.twinloom.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The responses that an endpoint gives by itself, and how any response is sent. */
final class StandardResponses {
  static final Response NOT_FOUND = Response.error(404, "There is nothing at this address.");
  static final Response BAD_QUERY =
      Response.error(400, "The query of the address cannot be decoded, or has a parameter twice.");
  static final Response TOO_SLOW = Response.error(408, "The body took too long to arrive.");
  static final Response FULL =
      Response.error(503, "Too many requests are being worked on; try later.");
  static final Response FAILED = Response.error(500, "The request failed; the log says why.");
  static final Response MALFORMED = Response.error(400, "The request is not well-formed HTTP.");
  static final Response TOO_MANY_HEADERS =
      Response.error(431, "The request's headers are too large.");
  static final Response ADDRESS_TOO_LONG =
      Response.error(414, "The request's address is too long.");

  private static final CharSequence SOON = HttpHeaders.createOptimized("1");

  private StandardResponses() {}

  static Response tooLarge(int limit) {
    return Response.error(413, "The body is larger than " + limit + " bytes.");
  }

  /** What is said of a request that could not be read any further. */
  static Response malformed(@Nullable Throwable cause) {
    return cause instanceof TooLongHttpHeaderException ? TOO_MANY_HEADERS : MALFORMED;
  }

  /** Sends a response; to a client that is gone already it goes nowhere. */
  static void send(HttpServerRequest request, Response response) {
    HttpServerResponse out = request.response();
    try {
      out.setStatusCode(response.status());
      out.putHeader(HttpHeaders.CONTENT_TYPE, response.contentType());
      response.headers().forEach(out::putHeader);
      if (response.status() == FULL.status()) {
        out.putHeader(HttpHeaders.RETRY_AFTER, SOON);
      }
      if (response.file().isPresent()) {
        Path file = response.file().get();
        var unused = out.sendFile(file.toString()).onComplete(sent -> remove(file));
        return;
      }
      var unused = out.end(Buffer.buffer(response.body()));
    } catch (IllegalStateException gone) {
      response.file().ifPresent(StandardResponses::remove);
      // The connection was closed meanwhile: the sender sees that, and tries again.
      return;
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A temporary file that stays is removed with its folder.
      return;
    }
  }
}
