package io.twinloom.local.observe;

import io.twinloom.functions.intercloud.TokenGuard;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Connections that are broken on purpose, each for a limited time: to see what the twin does then.
 * Safe for threads.
 */
public final class Faults {

  /**
   * How a connection is broken.
   *
   * @param cut whether its requests fail at once
   * @param latency what is added to each request
   * @param errorRate the share of requests that fail, 0 to 1
   * @param wrongToken whether its requests have another token than the receiver's
   */
  public record Fault(boolean cut, Duration latency, double errorRate, boolean wrongToken) {}

  /**
   * A connection that is broken.
   *
   * @param affected how many requests it has changed
   */
  public record Active(
      String connection, Fault fault, Instant since, Instant until, long affected) {}

  private static final String WRONG_TOKEN = "broken-on-purpose-".repeat(2);

  private record Set(Fault fault, Instant since, Instant until, AtomicLong affected) {}

  private final Map<String, Set> byConnection = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final RandomGenerator random;

  public Faults(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Breaks a connection for so long, whatever was broken of it before. */
  public void set(String connection, Fault fault, Duration length) {
    Instant now = clock.instant();
    byConnection.put(connection, new Set(fault, now, now.plus(length), new AtomicLong()));
  }

  /** Ends what is broken of a connection; returns whether anything was. */
  public boolean end(String connection) {
    return current(connection).isPresent() && byConnection.remove(connection) != null;
  }

  /** What is broken now, by the connections' ids. */
  public List<Active> active() {
    return byConnection.keySet().stream()
        .sorted()
        .flatMap(
            id ->
                current(id).stream()
                    .map(s -> new Active(id, s.fault(), s.since(), s.until(), s.affected().get())))
        .toList();
  }

  private Optional<Set> current(String connection) {
    Set set = byConnection.get(connection);
    if (set != null && !clock.instant().isBefore(set.until())) {
      byConnection.remove(connection, set);
      return Optional.empty();
    }
    return Optional.ofNullable(set);
  }

  /**
   * Lets a request over a connection go on, late where it is to be late.
   *
   * @return the headers that it is sent with
   * @throws IOException where it is to fail
   */
  Map<String, String> pass(String connection, Map<String, String> headers) throws IOException {
    if (byConnection.isEmpty()) {
      return headers;
    }
    Optional<Set> set = current(connection);
    if (set.isEmpty()) {
      return headers;
    }
    Fault fault = set.get().fault();
    set.get().affected().incrementAndGet();
    if (fault.latency().isPositive()) {
      sleep(fault.latency());
    }
    if (fault.cut() || random.nextDouble() < fault.errorRate()) {
      throw new IOException("The connection is broken on purpose (chaos)");
    }
    return fault.wrongToken() ? withoutProof(headers) : headers;
  }

  /** Another token, and no signature that could stand for the right one. */
  private static Map<String, String> withoutProof(Map<String, String> headers) {
    Map<String, String> wrong = new HashMap<>(headers);
    wrong.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("webhook-"));
    wrong.put(TokenGuard.HEADER, WRONG_TOKEN);
    return wrong;
  }

  private static void sleep(Duration latency) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(latency.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }
}
