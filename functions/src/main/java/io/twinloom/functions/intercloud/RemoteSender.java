package io.twinloom.functions.intercloud;

import io.twinloom.functions.circuit.CircuitBreaker;
import io.twinloom.functions.circuit.CircuitBreaker.State;
import io.twinloom.functions.http.Redaction;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.port.RemoteCloud.Answer;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import io.twinloom.json.Sha256;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.error.NetworkFailure;
import io.twinloom.model.trace.TraceParent;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends requests to a function of another cloud, with retries where they may help. */
public final class RemoteSender {

  /** How long a request may take, from its start to the last byte of its answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** The header by which a receiver recognises a request that is sent again. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** The header with the trace, where the body has no envelope that says it. */
  public static final String TRACE = "X-Trace-Id";

  private static final byte[] NOTHING = {};
  private static final int KEY_DIGITS = 16;
  private static final int OK_FROM = 200;
  private static final int OK_BELOW = 300;

  private final Remote target;
  private final RemoteCloud http;
  private final CircuitBreaker circuit;
  private final Retries retries;
  private final FunctionRuntime runtime;
  private final String caller;

  /**
   * @param caller the function that sends
   */
  RemoteSender(
      Remote target,
      RemoteCloud http,
      CircuitBreaker circuit,
      Retries retries,
      FunctionRuntime runtime,
      String caller) {
    this.target = target;
    this.http = http;
    this.circuit = circuit;
    this.retries = retries;
    this.runtime = runtime;
    this.caller = caller;
  }

  /**
   * Posts an envelope's bytes and waits for a success; returns its body.
   *
   * @param idempotencyKey the same whenever this content is sent again
   * @throws RemoteException if the receiver refused it, or did not take it in all attempts
   */
  public byte[] post(byte[] body, String trace, String idempotencyKey) {
    return send("POST", target.url(), body, trace, idempotencyKey);
  }

  /**
   * Posts an envelope and waits for a success; returns the answer's body. Its key is made of its
   * bytes: an envelope that is made anew, with another time, is another request.
   *
   * @throws RemoteException if the receiver refused it, or did not take it in all attempts
   */
  public byte[] post(Envelope envelope) {
    byte[] body = Json.bytes(envelope.toJson());
    String trace = envelope.traceId();
    return post(body, trace, trace + "-" + Sha256.hex(body).substring(0, KEY_DIGITS));
  }

  /**
   * Posts what has no effect however often it comes, and waits for a success; returns its body.
   *
   * @throws RemoteException if the receiver refused it, or did not answer in all attempts
   */
  public byte[] post(byte[] body, String trace) {
    return post(body, trace, runtime.traceIds().get());
  }

  /**
   * Asks with a query and waits for a success; returns its body.
   *
   * @throws RemoteException if the receiver refused it, or did not answer in all attempts
   */
  public byte[] get(Map<String, String> query, String trace) {
    String parameters =
        query.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    URI url = URI.create(target.url() + (parameters.isEmpty() ? "" : "?" + parameters));
    return send("GET", url, NOTHING, trace, runtime.traceIds().get());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private byte[] send(String method, URI url, byte[] body, String trace, String idempotencyKey) {
    return send(new Sending(method, url, body, trace, idempotencyKey), admitted(trace));
  }

  /**
   * Lets a request through.
   *
   * @throws RemoteException if the circuit breaker is open
   */
  CircuitBreaker.Request admitted(String trace) {
    return circuit.request().orElseThrow(() -> RemoteException.circuitOpen(target.url(), trace));
  }

  /** Where it sends to. */
  URI url() {
    return target.url();
  }

  /** What is sent, the same in each attempt. */
  private record Sending(
      String method, URI url, byte[] body, String trace, String idempotencyKey) {}

  /**
   * Posts what was admitted.
   *
   * @throws RemoteException if the receiver refused it, or did not take it
   */
  byte[] post(byte[] body, String trace, String idempotencyKey, CircuitBreaker.Request request) {
    return send(new Sending("POST", target.url(), body, trace, idempotencyKey), request);
  }

  private byte[] send(Sending sending, CircuitBreaker.Request admitted) {
    CircuitBreaker.Request request = admitted;
    for (int attempt = 1; ; attempt++) {
      RemoteException failure;
      long retryAfter = -1;
      try {
        Answer answer = http(sending);
        if (answer.status() >= OK_FROM && answer.status() < OK_BELOW) {
          request.answered();
          return answer.body();
        }
        failure = RemoteException.answered(target.url(), answer.status(), attempt, sending.trace());
        retryAfter = RetryAfter.seconds(answer.retryAfter(), runtime.clock().instant());
      } catch (IOException e) {
        failure = RemoteException.unreachable(target.url(), reason(e), attempt, sending.trace());
      }
      if (!failure.retryable()) {
        request.answered();
        throw failure;
      }
      boolean unanswered = failure.status() == 0;
      if (unanswered) {
        request.unanswered();
      } else {
        request.failed();
      }
      boolean mayRepeat = unanswered ? !request.isProbe() : circuit.state() == State.CLOSED;
      if (!mayRepeat || !retries.allow(attempt, failure.status())) {
        throw failure;
      }
      pause(RetryPolicy.delay(attempt, retryAfter, runtime.random()), failure);
      request = repetition(unanswered, failure);
    }
  }

  private CircuitBreaker.Request repetition(boolean unanswered, RemoteException failure) {
    return unanswered
        ? circuit.repetitionOfUnanswered()
        : circuit.repetition().orElseThrow(() -> failure);
  }

  private Answer http(Sending sending) throws IOException {
    byte[] signed = sending.method().equals("GET") ? query(sending.url()) : sending.body();
    return http.send(
        sending.method(),
        sending.url(),
        headers(signed, sending.trace(), sending.idempotencyKey()),
        sending.body(),
        TIMEOUT);
  }

  /** What a GET asks, as it is sent. */
  private static byte[] query(URI url) {
    String query = url.getRawQuery();
    return query == null ? NOTHING : query.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Made for each attempt: a signature is of its time.
   *
   * @param signed what a signature covers
   */
  private Map<String, String> headers(byte[] signed, String trace, String idempotencyKey) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    if (!trace.isEmpty()) {
      headers.put(TRACE, trace);
    }
    String span = TraceParent.spanId(trace, runtime.cloud().id(), caller, 1);
    boolean sampled = runtime.sampling().has(trace);
    TraceParent.of(trace, span, sampled)
        .ifPresent(header -> headers.put(TraceParent.HEADER, header));
    // A token and an address say nothing of the receiver's cloud.
    for (Provider cloud : Provider.all()) {
      headers.putAll(cloud.conventions().traceHeaders(trace, span, sampled));
    }
    if (target.signing() != SigningMode.STRICT) {
      headers.put(TokenGuard.HEADER, target.token());
    }
    if (target.signing() != SigningMode.OFF) {
      headers.putAll(
          WebhookSignature.headers(
              idempotencyKey, runtime.clock().instant(), signed, target.tokens()));
    }
    headers.put(IDEMPOTENCY_KEY, idempotencyKey);
    return headers;
  }

  /** What its port says; the exception itself may hold headers, so it goes no further. */
  private String reason(IOException e) {
    String text = e.getMessage();
    return text == null || text.isBlank() || e.getClass() != IOException.class
        ? NetworkFailure.reason(e)
        : Redaction.of(text, target.token());
  }

  private void pause(Duration delay, RemoteException failure) {
    try {
      runtime.pause().forAbout(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
