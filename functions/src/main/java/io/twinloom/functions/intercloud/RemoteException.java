package io.twinloom.functions.intercloud;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.http.Redaction;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.text.Count;
import java.net.URI;

/** A request to a function of another cloud failed. Names it without query, and never a token. */
public final class RemoteException extends TwinloomException {

  private final int status;
  private final int attempts;

  private RemoteException(
      ErrorCode error, String what, URI url, String fix, int status, int attempts) {
    super(error, what, Redaction.of(url), fix);
    this.status = status;
    this.attempts = attempts;
  }

  /** The last answer was not a success. */
  static RemoteException answered(URI url, int status, int attempts, String trace) {
    boolean retryable = RetryPolicy.isRetried(status);
    return new RemoteException(
        retryable ? FunctionsError.REMOTE_UNAVAILABLE : FunctionsError.REMOTE_REFUSED,
        Redaction.of(url) + " answered " + status + " " + after(attempts, trace),
        url,
        retryable
            ? "See the receiver's log; the call is tried again by itself."
            : "See the receiver's log for why it refused; then replay the dead letter.",
        status,
        attempts);
  }

  /** No answer came. */
  static RemoteException unreachable(URI url, String why, int attempts, String trace) {
    return new RemoteException(
        FunctionsError.REMOTE_UNAVAILABLE,
        Redaction.of(url) + " gave no answer (" + why + ") " + after(attempts, trace),
        url,
        "Check that the receiver runs and can be reached; the call is tried again by itself.",
        0,
        attempts);
  }

  /** The receiver answered, but not to what it was asked: it counts as no answer. */
  static RemoteException malformed(URI url, int attempts, String trace) {
    return unreachable(
        url, "it did not say what became of each of the events that it was sent", attempts, trace);
  }

  /** The receiver said of one of several events that it did not take it. */
  static RemoteException ofEvent(URI url, int status, String why, String trace) {
    boolean retryable = RetryPolicy.isRetried(status);
    return new RemoteException(
        retryable ? FunctionsError.REMOTE_UNAVAILABLE : FunctionsError.REMOTE_REFUSED,
        Redaction.of(url) + " answered " + status + " for this event (trace " + trace + "): " + why,
        url,
        retryable
            ? "See the receiver's log; the event is sent again by itself."
            : "See the receiver's log for why it refused; then replay the dead letter.",
        status,
        1);
  }

  /** Nothing was sent, since most of the last requests to the receiver failed. */
  static RemoteException circuitOpen(URI url, String trace) {
    return new RemoteException(
        FunctionsError.REMOTE_CIRCUIT_OPEN,
        Redaction.of(url)
            + ": circuit breaker open, since most of the last requests failed (trace "
            + trace
            + ").",
        url,
        "Check the receiver; the call is made by itself once it answers again.",
        0,
        0);
  }

  private static String after(int attempts, String trace) {
    return "after " + Count.of(attempts, "attempt") + " (trace " + trace + ").";
  }

  /** The status of the last answer, or 0 where none came. */
  public int status() {
    return status;
  }

  /** How often it was tried. */
  public int attempts() {
    return attempts;
  }

  /** Whether nothing was sent: what it was about is put off, and has not failed yet. */
  public boolean isCircuitOpen() {
    return attempts == 0;
  }

  /**
   * Whether this says something of the receiver, and nothing of what was sent: no answer came, or
   * one that says so.
   */
  public boolean isPutOff() {
    return status == 0 || RetryPolicy.isUnavailable(status);
  }

  /** Whether the receiver refused what was sent: sending it again as it is cannot help. */
  public boolean isRefusal() {
    return !retryable();
  }
}
