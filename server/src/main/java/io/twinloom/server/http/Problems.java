package io.twinloom.server.http;

import io.twinloom.http.Response;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Problem;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.server.error.ServerError;
import java.util.List;

/**
 * Problem documents, RFC 9457, with {@code code}, {@code fix}, {@code where}, {@code retryable}.
 */
public final class Problems {

  static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPES = "/problems/";

  private Problems() {}

  /**
   * The document of an error.
   *
   * @param instance the id of the request
   */
  public static JsonObject json(TwinloomException e, String instance) {
    JsonObject.Builder problem =
        of(e.error(), e.what(), e.where(), instance)
            .put("fix", e.fix())
            .put("retryable", e.retryable());
    if (e instanceof InvalidProjectException invalid) {
      problem.put("errors", ofProject(invalid.problems()));
    }
    if (e instanceof UnconfirmedChangeException unconfirmed) {
      problem.put("change", unconfirmed.impact().json());
    }
    return problem.build();
  }

  private static JsonObject.Builder of(ErrorCode code, String what, String where, String instance) {
    String title = code.facts().meaning();
    return JsonObject.builder()
        .put("type", TYPES + code.code())
        .put("title", title.isEmpty() ? code.code() : title)
        .put("status", code.httpStatus())
        .put("detail", what)
        .put("instance", instance)
        .put("code", code.code())
        .put("fix", code.fix())
        .put("where", where)
        .put("retryable", code.retryable());
  }

  /** An error as an answer. */
  public static Response response(TwinloomException e, String instance) {
    return response(json(e, instance));
  }

  /** A document as an answer. */
  public static Response response(JsonObject problem) {
    int status =
        problem.get("status") instanceof io.twinloom.json.JsonNumber n
            ? n.asDecimal().intValue()
            : 500;
    return new Response(status, MEDIA_TYPE, Json.bytes(problem));
  }

  /** What the HTTP server refuses by itself, as a problem. */
  static Response ofServer(Response refusal, String instance) {
    ServerError code =
        switch (refusal.status()) {
          case 404 -> ServerError.API_NOT_FOUND;
          case 408 -> ServerError.API_SLOW;
          case 413, 414, 431 -> ServerError.API_TOO_LARGE;
          case 503 -> ServerError.API_BUSY;
          case 500 -> ServerError.API_INTERNAL;
          default -> ServerError.API_MALFORMED;
        };
    String what = Json.parseObject(refusal.body()).text("error").orElse(code.facts().meaning());
    return new Response(
        refusal.status(),
        MEDIA_TYPE,
        Json.bytes(of(code, what, "", instance).put("status", refusal.status()).build()));
  }

  /** What an error code means, as its address answers. */
  public static JsonObject type(ErrorCode code) {
    return JsonObject.builder()
        .put("type", TYPES + code.code())
        .put("code", code.code())
        .put("title", code.facts().meaning())
        .put("status", code.httpStatus())
        .put("fix", code.fix())
        .put("retryable", code.retryable())
        .build();
  }

  /** What is wrong with a project. */
  public static JsonArray ofProject(List<Problem> problems) {
    return new JsonArray(problems.stream().<JsonValue>map(Problem::json).toList());
  }
}
