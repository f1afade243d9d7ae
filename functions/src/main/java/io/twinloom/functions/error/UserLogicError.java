package io.twinloom.functions.error;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.model.TwinloomException;

/**
 * How every failure of user code is reported: {@code [USER_LOGIC_ERROR]}, the device, the trace.
 */
public final class UserLogicError {

  private UserLogicError() {}

  /**
   * The failure of user code.
   *
   * @param why the code's own error, or what is wrong with what it returned
   * @param where the code, such as {@code processors/sensor-1}
   */
  public static TwinloomException of(String device, String trace, String why, String where) {
    return new TwinloomException(
        FunctionsError.USER_LOGIC,
        "[USER_LOGIC_ERROR] device " + Quoted.name(device) + ", trace " + trace + ": " + why,
        where,
        "Correct the code, deploy, and replay the dead letter.");
  }

  /** What a call of user code failed with, blamed on the code where it is to blame. */
  public static TwinloomException of(
      InvocationException failure, String device, String trace, String where) {
    return switch (failure.reason()) {
      case FUNCTION_FAILED, LIMIT_EXCEEDED -> of(device, trace, failure.what(), where);
      case UNKNOWN_FUNCTION, UNAVAILABLE -> failure;
    };
  }
}
