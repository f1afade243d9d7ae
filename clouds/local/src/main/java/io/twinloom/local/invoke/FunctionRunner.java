package io.twinloom.local.invoke;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs functions on the events of a queue. */
public interface FunctionRunner {

  /**
   * Runs a function on events that wait for it; one outcome for each, in order.
   *
   * @param scope takes what they pass on
   */
  List<Outcome> run(String function, List<JsonObject> events, AsyncInvoker scope);

  /**
   * What an event of a function must have in common with those that it may run with; empty for most
   * functions.
   *
   * @param event read only where it is asked for
   */
  String lane(String function, Supplier<JsonObject> event);

  /** How a function is given the events that wait for it. */
  LaneRule rule(String function);

  /** Why a function cannot be invoked; empty where there is one of this name. */
  Optional<InvocationException> unknown(String function);

  /** The outcome of an event whose function ended with this. */
  Outcome failure(String function, Throwable thrown);
}
