package io.twinloom.functions.intercloud;

import io.twinloom.functions.Ports;
import io.twinloom.functions.port.RemoteCloud.Answer;
import io.twinloom.functions.settings.Crossing.Route.Remote;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Posts to a function of another cloud, again where that may help. */
public final class RemoteSender {

  /** How long a request may take, from its start to the last byte of its answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** The header by which a receiver can tell a request that is sent again. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** The header with the trace of a request whose body has no envelope. */
  public static final String TRACE_HEADER = "X-Trace-Id";

  private static final int OK_FROM = 200;
  private static final int OK_BELOW = 300;

  private final Remote target;
  private final Ports ports;

  public RemoteSender(Remote target, Ports ports) {
    this.target = target;
    this.ports = ports;
  }

  /**
   * Posts an envelope's bytes and waits for a success; returns its body.
   *
   * @param idempotencyKey the same whenever this content is sent again
   * @throws RemoteException if the receiver refused it, or did not take it in all attempts
   */
  public byte[] post(byte[] body, String trace, String idempotencyKey) {
    return post(body, trace, idempotencyKey, Map.of());
  }

  /**
   * Posts a body that has no envelope; its trace is in a header.
   *
   * @throws RemoteException if the receiver refused it, or did not take it in all attempts
   */
  public byte[] postTraced(byte[] body, String trace, String idempotencyKey) {
    return post(body, trace, idempotencyKey, Map.of(TRACE_HEADER, trace));
  }

  private byte[] post(byte[] body, String trace, String idempotencyKey, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/json");
    headers.put(TokenGuard.HEADER, target.token());
    headers.put(IDEMPOTENCY_KEY, idempotencyKey);
    for (int attempt = 1; ; attempt++) {
      RemoteException failure;
      long retryAfter = -1;
      try {
        Answer answer = ports.remote().send("POST", target.url(), headers, body, TIMEOUT);
        if (answer.status() >= OK_FROM && answer.status() < OK_BELOW) {
          return answer.body();
        }
        failure = RemoteException.answered(target.url(), answer.status(), attempt, trace);
        retryAfter = answer.retryAfterSeconds();
      } catch (IOException e) {
        failure = RemoteException.unreachable(target.url(), reason(e), attempt, trace);
      }
      if (!failure.retryable() || attempt == RetryPolicy.MAX_ATTEMPTS) {
        throw failure;
      }
      pause(RetryPolicy.delay(attempt, retryAfter, ports.random()), failure);
    }
  }

  /**
   * The kind of error and its text; the exception itself may hold headers, so it goes no further.
   */
  private String reason(IOException e) {
    String text = e.getMessage();
    String kind = e.getClass().getSimpleName();
    return text == null || text.isBlank() ? kind : kind + ": " + Redaction.of(text, target.token());
  }

  private void pause(Duration delay, RemoteException failure) {
    try {
      ports.pause().forAbout(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
