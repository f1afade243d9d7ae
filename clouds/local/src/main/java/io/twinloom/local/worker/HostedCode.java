package io.twinloom.local.worker;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A user function and what its pool knows of it; guarded by the lock of its pool. */
final class HostedCode {

  /**
   * A function that ran for so long is slow: its events get workers to themselves. Much more than
   * the patience, since a busy machine stalls quick functions too.
   */
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** As many quick events in a row make a slow function a quick one again. */
  private static final int QUICK_AGAIN = 50;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LAST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  final int number;
  final UserFunction function;
  private int quickLeft;
  private String loadError = "";
  private long loadPause;
  private long loadAgainAt;

  HostedCode(int number, UserFunction function) {
    this.number = number;
    this.function = function;
  }

  String name() {
    return function.name();
  }

  /** An event has been running for so long, and goes on. */
  void runsFor(long nanos) {
    if (nanos > SLOW_NANOS) {
      quickLeft = QUICK_AGAIN;
    }
  }

  /** An event ended after so long. */
  void ranFor(long nanos) {
    runsFor(nanos);
    if (nanos <= SLOW_NANOS && quickLeft > 0) {
      quickLeft--;
    }
  }

  boolean isSlow() {
    return quickLeft > 0;
  }

  void loaded() {
    loadError = "";
    loadPause = 0;
  }

  /**
   * It could not be loaded: for a pause, which doubles from one failure to the next, nor is it
   * tried.
   */
  void notLoaded(String error, long now) {
    loadError = error;
    loadPause = Math.clamp(loadPause * 2, FIRST_PAUSE_NANOS, LAST_PAUSE_NANOS);
    loadAgainAt = now + loadPause;
  }

  /** Whether loading it failed just now, so that trying again would only cost time. */
  boolean isPaused(long now) {
    return !loadError.isEmpty() && loadAgainAt - now > 0;
  }

  InvocationException paused() {
    return failed(loadError);
  }

  InvocationException failed(String what) {
    return error(
        Reason.FUNCTION_FAILED,
        what,
        "Fix " + function.code().folder() + "; events that failed can be replayed afterwards.");
  }

  InvocationException tookTooLong(Duration timeout) {
    return error(
        Reason.LIMIT_EXCEEDED,
        "It took longer than " + timeout.toMillis() / 1000.0 + " s",
        "Make " + function.code().folder() + " faster: what is slow belongs outside of it.");
  }

  InvocationException tookTooMuch(String what) {
    return error(
        Reason.LIMIT_EXCEEDED,
        what,
        "Let " + function.code().folder() + " hold less: what it keeps between events counts too.");
  }

  InvocationException unavailable(String what, String fix) {
    return error(Reason.UNAVAILABLE, what, fix);
  }

  private InvocationException error(Reason reason, String what, String fix) {
    return InvocationException.of(reason, what, name(), fix);
  }
}
