package io.twinloom.functions.port;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * HTTP to another cloud: one request, one answer, no retry and no policy (those are in {@code
 * intercloud}, once).
 */
public interface RemoteCloud {

  /**
   * An answer.
   *
   * @param retryAfter its header {@code Retry-After}, as it came
   */
  record Answer(int status, Optional<String> retryAfter, byte[] body) {}

  /**
   * Sends one request and waits for its answer. Redirects are not followed.
   *
   * @param method GET or POST
   * @param body empty for GET
   * @param timeout from the start to the last byte of the answer
   * @throws IOException if no whole answer came, whatever the reason
   */
  Answer send(String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException;
}
