package io.twinloom.worker;

/** A function returned no result. The message says why: where its code failed, its own error. */
public final class WorkerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why there is no result. */
  public enum Reason {
    /** There is no function of this name. */
    UNKNOWN_FUNCTION,
    /**
     * The code failed, cannot be loaded, ended its process, or returned something else than a JSON
     * object.
     */
    FUNCTION_FAILED,
    /** It took longer than {@link WorkerLimits#timeout}. */
    TIMED_OUT,
    /** It used more memory or threads than it may. */
    MEMORY_EXCEEDED,
    /** No process could be started, or all are busy: calling again later may help. */
    UNAVAILABLE,
    /** The pools are closed. */
    CLOSED
  }

  private final Reason reason;
  private final String function;
  private final String version;

  WorkerException(Reason reason, String function, String version, String message) {
    super(message);
    this.reason = reason;
    this.function = function;
    this.version = version;
  }

  public Reason reason() {
    return reason;
  }

  /** What the code that ran is known by; empty where none did. */
  public String version() {
    return version;
  }

  /** The name of the function that was called. */
  public String function() {
    return function;
  }
}
