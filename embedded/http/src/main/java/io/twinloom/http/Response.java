package io.twinloom.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer to a request.
 *
 * @param headers besides those of its content, by name
 * @param file what is sent in the place of the body, and removed then
 */
public record Response(
    int status, String contentType, byte[] body, Map<String, String> headers, Optional<Path> file) {

  private static final String JSON = "application/json";

  public Response {
    headers = Map.copyOf(headers);
  }

  /** An answer from memory. */
  public Response(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, body, headers, Optional.empty());
  }

  /** An answer without further headers. */
  public Response(int status, String contentType, byte[] body) {
    this(status, contentType, body, Map.of());
  }

  /** The same with another header. */
  public Response with(String name, String value) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(name, value);
    return new Response(status, contentType, body, all, file);
  }

  /**
   * An answer from a file, which is removed once it was sent, or could not be.
   *
   * @param file made for this answer alone
   */
  public static Response ofFile(int status, String contentType, Path file) {
    return new Response(status, contentType, new byte[0], Map.of(), Optional.of(file));
  }

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
