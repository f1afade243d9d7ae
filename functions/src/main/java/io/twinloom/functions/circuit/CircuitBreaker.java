package io.twinloom.functions.circuit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A circuit breaker with a retry budget, for one connection: it keeps a sender from sending to a
 * receiver that fails, and from repeating requests more than helps. Its numbers are those of a
 * twin, where tens of calls are many. Safe for threads.
 *
 * @see <a href="https://martinfowler.com/bliki/CircuitBreaker.html">CircuitBreaker breaker</a>
 * @see <a href="https://sre.google/sre-book/handling-overload/">Retry budgets, in Handling
 *     Overload</a>
 */
public final class CircuitBreaker {

  /** Whether requests are sent. */
  public enum State {
    /** All requests are sent. */
    CLOSED,
    /** None is sent for a while. */
    OPEN,
    /** One request, the probe, finds out whether the receiver answers again. */
    HALF_OPEN
  }

  /** So many of the last results count. */
  static final int WINDOW = 20;

  /** Fewer results say nothing. */
  static final int LEAST_RESULTS = 10;

  /** It opens when at least one of so many failed. */
  static final int FAILING_ONE_OF = 2;

  /** And when so many in a row had no answer at all: each may hold a batch of events. */
  static final int UNANSWERED_IN_A_ROW = 3;

  static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** A probe that has not come back after this (a killed thread, say) counts as failed. */
  static final Duration LONGEST_PROBE = Duration.ofMinutes(1);

  /** At most so many repetitions in a row. */
  static final int MOST_RETRIES = 30;

  /** So many repetitions each request earns. */
  static final double RETRIES_EARNED = 0.5;

  private static final long NO_GENERATION = -1;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final SharedCircuit shared;

  /** Whether something failed, or nothing was sent yet: others may know more. */
  private boolean unsure = true;

  private final boolean[] failures = new boolean[WINDOW];
  private State state = State.CLOSED;
  private long generation;
  private int results;
  private int unanswered;
  private Duration wait = FIRST_WAIT;
  private Instant until = Instant.MIN;
  private double retries = MOST_RETRIES;

  CircuitBreaker(InstantSource clock, RandomGenerator random, SharedCircuit shared) {
    this.clock = clock;
    this.random = random;
    this.shared = shared;
  }

  /** A request that was let through; says how it ended. */
  public final class Request {
    private final long of;
    private final boolean probe;

    private Request(long of, boolean probe) {
      this.of = of;
      this.probe = probe;
    }

    /** Whether it finds out if the receiver answers again: it should be small. */
    public boolean isProbe() {
      return probe;
    }

    /** The receiver answered, be it with a refusal. */
    public void answered() {
      ended(of, false);
    }

    /** It said that it cannot now. */
    public void failed() {
      ended(of, true);
    }

    /** It did not answer: whether it has done what it was asked is not known. */
    public void unanswered() {
      notAnswered(of);
    }
  }

  /** Lets a request through; empty while the circuit breaker is open. */
  public synchronized Optional<Request> request() {
    Instant now = clock.instant();
    if (state == State.CLOSED && unsure) {
      shared.openUntil(now).ifPresent(then -> opened(now, then));
    }
    if (state == State.CLOSED) {
      retries = Math.min(MOST_RETRIES, retries + RETRIES_EARNED);
      return Optional.of(new Request(generation, false));
    }
    if (now.isBefore(until)) {
      return Optional.empty();
    }
    if (!shared.claimProbe(now, now.plus(LONGEST_PROBE))) {
      // Another process asks: what it finds out is known soon.
      until = now.plus(SharedCircuit.FRESH);
      return Optional.empty();
    }
    state = State.HALF_OPEN;
    until = now.plus(LONGEST_PROBE);
    return Optional.of(new Request(++generation, true));
  }

  /**
   * Lets a request be repeated that had no answer, whatever others have found out meanwhile: only
   * the same request again tells what became of it. While the circuit breaker is open, the probe
   * speaks for the receiver, and it does not.
   */
  public synchronized Request repetitionOfUnanswered() {
    return new Request(state == State.CLOSED ? generation : NO_GENERATION, false);
  }

  /** Lets a request be repeated, if there have not been too many repetitions. */
  public synchronized Optional<Request> repetition() {
    if (state != State.CLOSED || retries < 1) {
      return Optional.empty();
    }
    retries--;
    return Optional.of(new Request(generation, false));
  }

  /** Its state now. */
  public synchronized State state() {
    return state;
  }

  private synchronized void notAnswered(long of) {
    if (of == generation) {
      unanswered++;
    }
    ended(of, true);
  }

  private synchronized void ended(long of, boolean failed) {
    if (of != generation) {
      return; // It began before the receiver's last change: what it says is old.
    }
    if (state == State.HALF_OPEN) {
      if (failed) {
        open(wait.multipliedBy(2));
      } else {
        close();
      }
      return;
    }
    failures[results++ % WINDOW] = failed;
    unsure = failed;
    unanswered = failed ? unanswered : 0;
    if (failed && (mostFailed() || unanswered >= UNANSWERED_IN_A_ROW)) {
      open(FIRST_WAIT);
    }
  }

  private boolean mostFailed() {
    int counted = Math.min(results, WINDOW);
    int failed = 0;
    for (int i = 0; i < counted; i++) {
      failed += failures[i] ? 1 : 0;
    }
    return counted >= LEAST_RESULTS && failed * FAILING_ONE_OF >= counted;
  }

  private void open(Duration asked) {
    generation++;
    unanswered = 0;
    state = State.OPEN;
    wait = asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
    // Senders that were cut off together do not come back together.
    until = clock.instant().plus(wait).plusMillis(random.nextLong(wait.toMillis() / 4));
    shared.open(until);
  }

  /** Another process has found out that the receiver does not answer. */
  private void opened(Instant now, Instant then) {
    generation++;
    state = State.OPEN;
    wait = FIRST_WAIT;
    Instant longest = now.plus(LONGEST_WAIT);
    until = then.isBefore(longest) ? then : longest;
  }

  private void close() {
    generation++;
    unsure = false;
    shared.close();
    state = State.CLOSED;
    results = 0;
    unanswered = 0;
    retries = MOST_RETRIES;
  }
}
