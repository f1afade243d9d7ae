package io.twinloom.server.http;

import io.twinloom.http.Response;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.util.function.Function;

/** What a route does. */
@FunctionalInterface
public interface Action {

  /**
   * Answers a request; called on a virtual thread of its own. What it throws is answered as a
   * problem.
   */
  Response answer(ApiRequest request);

  /** An action that answers with an object. */
  static Action json(Function<ApiRequest, JsonObject> answer) {
    return request -> ok(answer.apply(request));
  }

  /** An object as an answer, which is never kept by a cache. */
  static Response ok(JsonObject json) {
    return Response.json(200, Json.bytes(json)).with("Cache-Control", "no-store");
  }
}
