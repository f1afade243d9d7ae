package io.twinloom.functions.port;

import io.twinloom.functions.FunctionsError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A function could not be called, or failed. */
public final class InvocationException extends TwinloomException {

  /** Why. */
  public enum Reason {
    /** There is no function of that name. */
    UNKNOWN_FUNCTION(FunctionsError.INVOKE_UNKNOWN_FUNCTION),
    /** The function ran and failed: its own message says why. */
    FUNCTION_FAILED(FunctionsError.INVOKE_FUNCTION_FAILED),
    /** It took longer, or more memory, than it may; or what it is given is too much. */
    LIMIT_EXCEEDED(FunctionsError.INVOKE_LIMIT_EXCEEDED),
    /** It could not be reached, is throttled, or the event could not be kept. */
    UNAVAILABLE(FunctionsError.INVOKE_UNAVAILABLE);

    private final ErrorCode error;

    Reason(ErrorCode error) {
      this.error = error;
    }
  }

  private final Reason reason;

  private InvocationException(
      Reason reason, String what, String where, String fix, @Nullable Throwable cause) {
    super(reason.error, what, where, fix, cause);
    this.reason = reason;
  }

  /** There is no function of this name on the cloud. */
  public static InvocationException unknownFunction(String function) {
    return unknownFunction(function, null);
  }

  /** The same, as another error said. */
  public static InvocationException unknownFunction(String function, @Nullable Throwable cause) {
    return unknown(
        "There is no function " + function + " on this cloud",
        function,
        "Compare the name with those that `plan` lists.",
        cause);
  }

  /** What is to be invoked does not exist; trying again does not help. */
  public static InvocationException unknown(String what, String where, String fix) {
    return unknown(what, where, fix, null);
  }

  /** The same, as another error said. */
  public static InvocationException unknown(
      String what, String where, String fix, @Nullable Throwable cause) {
    return new InvocationException(Reason.UNKNOWN_FUNCTION, what, where, fix, cause);
  }

  /** The function ran and failed. */
  public static InvocationException failed(String what, String function, String fix) {
    return failed(what, function, fix, null);
  }

  /** The same, because of another error. */
  public static InvocationException failed(
      String what, String function, String fix, @Nullable Throwable cause) {
    return new InvocationException(Reason.FUNCTION_FAILED, what, function, fix, cause);
  }

  /**
   * The function returned something other than an object.
   *
   * @param kind what it returned, such as {@code a list}
   */
  public static InvocationException returned(String kind, String function) {
    return failed("It returned " + kind + ", not an object", function, "Return an object.");
  }

  /** A limit was exceeded. */
  public static InvocationException limitExceeded(String what, String where, String fix) {
    return limitExceeded(what, where, fix, null);
  }

  /** The same, as another error said. */
  public static InvocationException limitExceeded(
      String what, String where, String fix, @Nullable Throwable cause) {
    return new InvocationException(Reason.LIMIT_EXCEEDED, what, where, fix, cause);
  }

  /** It cannot be invoked now: trying again later may help. */
  public static InvocationException unavailable(String what, String where, String fix) {
    return unavailable(what, where, fix, null);
  }

  /** The same, because of another error. */
  public static InvocationException unavailable(
      String what, String where, String fix, @Nullable Throwable cause) {
    return new InvocationException(Reason.UNAVAILABLE, what, where, fix, cause);
  }

  /** A failure for a reason that its host found out. */
  public static InvocationException of(Reason reason, String what, String where, String fix) {
    return new InvocationException(reason, what, where, fix, null);
  }

  public Reason reason() {
    return reason;
  }
}
