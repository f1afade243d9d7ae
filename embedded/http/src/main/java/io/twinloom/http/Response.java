package io.twinloom.http;

import java.nio.charset.StandardCharsets;

/** An answer to a request. */
public record Response(int status, String contentType, byte[] body) {

  private static final String JSON = "application/json";

  /** An answer in JSON. */
  public static Response json(int status, byte[] body) {
    return new Response(status, JSON, body);
  }

  /** An answer that says what is wrong: {@code {"error": text}}. */
  static Response error(int status, String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
      throw new IllegalArgumentException("Not without escapes: " + text);
    }
    String json = "{\"error\":\"" + text + "\"}";
    return json(status, json.getBytes(StandardCharsets.UTF_8));
  }
}
