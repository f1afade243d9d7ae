package io.twinloom.functions.http;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer to a request; the body is JSON.
 *
 * @param retryAfter after which time the same request may succeed, where that is known
 * @param events how many events the request was about
 * @param failed how many of them failed, though there was nothing wrong with them
 */
public record HttpAnswer(
    int status, byte[] body, Optional<Duration> retryAfter, int events, int failed) {

  private static final int SERVER_ERRORS = 500;
  private static final int UNAVAILABLE = 503;

  /** What is full or cannot be reached may be there again after this. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** An answer about one event. */
  public HttpAnswer(int status, byte[] body) {
    this(status, body, Optional.empty(), 1, status >= SERVER_ERRORS ? 1 : 0);
  }

  /** An answer that says what is wrong, in the form that every receiver uses. */
  public static HttpAnswer error(int status, String text) {
    return new HttpAnswer(status, Json.bytes(JsonObject.builder().put("error", text).build()));
  }

  /** An answer that something cannot be done now, and may be soon. */
  public static HttpAnswer unavailable(String text) {
    return new HttpAnswer(UNAVAILABLE, error(UNAVAILABLE, text).body(), Optional.of(SOON), 1, 1);
  }
}
