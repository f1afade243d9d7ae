package io.twinloom.functions.http;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;

/** An answer to a request; the body is JSON. */
public record HttpAnswer(int status, byte[] body) {

  /** An answer that says what is wrong, in the form that every receiver uses. */
  public static HttpAnswer error(int status, String text) {
    return new HttpAnswer(status, Json.bytes(JsonObject.builder().put("error", text).build()));
  }
}
