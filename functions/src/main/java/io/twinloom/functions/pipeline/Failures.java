package io.twinloom.functions.pipeline;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.StoreException;
import io.twinloom.model.TwinloomException;

/** What a failure means for the event that met it. The one place that decides it. */
public final class Failures {

  private Failures() {}

  /** The outcome of an event that failed with this. */
  public static Outcome outcome(TwinloomException why) {
    if (isRefusal(why)) {
      return new Outcome.GivenUp(why, attempts(why));
    }
    return isPutOff(why) ? new Outcome.PutOff(why) : new Outcome.Failed(why);
  }

  /** Whether an event was refused, here or by the receiver on another cloud, for what it is. */
  static boolean isRefusal(TwinloomException e) {
    return e instanceof Refused || e instanceof RemoteException remote && remote.isRefusal();
  }

  /** Whether it says something of the moment, and nothing of the event. */
  static boolean isPutOff(TwinloomException e) {
    return switch (e) {
      case InvocationException invoked -> invoked.reason() == Reason.UNAVAILABLE;
      case RemoteException remote -> remote.isPutOff();
      case StoreException store -> store.isUnavailable();
      default -> false;
    };
  }

  /** How often it was tried, as far as the failure knows. */
  static int attempts(TwinloomException why) {
    return why instanceof RemoteException sent ? sent.attempts() : 1;
  }

  /** The outcome of an event whose function ended with this. */
  public static Outcome outcome(String function, Throwable thrown) {
    return thrown instanceof TwinloomException known
        ? outcome(known)
        : new Outcome.Failed(unexpected(function, thrown));
  }

  /** Without the error's own text, and without the error itself: either may hold a secret. */
  static TwinloomException unexpected(String function, Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return new TwinloomException(
        FunctionsError.INTERNAL,
        "The function failed unexpectedly: " + e.getClass().getName() + where + ".",
        function,
        "This is a fault of the product: please report it.");
  }
}
