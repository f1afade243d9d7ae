package io.twinloom.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An answer to a request.
 *
 * @param headers besides those of its content, by name
 * @param file what is sent in the place of the body, and removed then
 * @param stream what sends the body
 */
public record Response(
    int status,
    String contentType,
    byte[] body,
    Map<String, String> headers,
    Optional<Path> file,
    Optional<Stream> stream) {

  /**
   * A body that is sent for as long as both sides want it.
   *
   * @param failures takes why a stream fails, which its client cannot be answered any more
   */
  public record Stream(StreamOpener opener, Consumer<Throwable> failures) {}

  private static final String JSON = "application/json";

  public Response {
    headers = Map.copyOf(headers);
  }

  /** An answer from memory. */
  public Response(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, body, headers, Optional.empty(), Optional.empty());
  }

  /** An answer without further headers. */
  public Response(int status, String contentType, byte[] body) {
    this(status, contentType, body, Map.of());
  }

  /** The same with another header. */
  public Response with(String name, String value) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(name, value);
    return new Response(status, contentType, body, all, file, stream);
  }

  /**
   * An answer from a file, which is removed once it was sent, or could not be.
   *
   * @param file made for this answer alone
   */
  public static Response ofFile(int status, String contentType, Path file) {
    return new Response(
        status, contentType, new byte[0], Map.of(), Optional.of(file), Optional.empty());
  }

  /** An answer that is a stream. */
  public static Response ofStream(StreamOpener opener, Consumer<Throwable> failures) {
    return new Response(
        200,
        opener.contentType(),
        new byte[0],
        opener.headers(),
        Optional.empty(),
        Optional.of(new Stream(opener, failures)));
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
