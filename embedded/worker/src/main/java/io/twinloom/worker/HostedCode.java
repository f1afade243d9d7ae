package io.twinloom.worker;

import io.twinloom.worker.WorkerException.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
  final WorkerFunction function;

  /** The version that took this one's place. */
  @Nullable HostedCode successor;

  private int quickLeft;
  private String loadError = "";
  private long loadPause;
  private long loadAgainAt;

  HostedCode(int number, WorkerFunction function) {
    this.number = number;
    this.function = function;
  }

  String name() {
    return function.name();
  }

  /** The version that calls go to which have not started; this one where it has no successor. */
  HostedCode latest() {
    HostedCode code = this;
    for (@Nullable HostedCode next = successor; next != null; next = code.successor) {
      code = next;
    }
    return code;
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

  WorkerException paused() {
    return failed(loadError);
  }

  WorkerException failed(String what) {
    return error(Reason.FUNCTION_FAILED, what);
  }

  WorkerException tookTooLong(Duration timeout) {
    return error(Reason.TIMED_OUT, "It took longer than " + timeout.toMillis() / 1000.0 + " s");
  }

  WorkerException tookTooMuch(String what) {
    return error(Reason.MEMORY_EXCEEDED, what);
  }

  WorkerException unavailable(String what) {
    return error(Reason.UNAVAILABLE, what);
  }

  WorkerException closed() {
    return error(Reason.CLOSED, "The twin is being stopped");
  }

  private WorkerException error(Reason reason, String what) {
    return new WorkerException(reason, name(), function.version(), what);
  }
}
