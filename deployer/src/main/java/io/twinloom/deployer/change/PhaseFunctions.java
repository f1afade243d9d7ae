package io.twinloom.deployer.change;

import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;

/**
 * The functions of a twin that work for a change: they are asked to run, and answer how far they
 * are. Data goes from cloud to cloud by them alone.
 *
 * @param topology of the phase
 */
public record PhaseFunctions(Topology topology, Caller caller) {

  /** Calls a function and returns its answer. */
  @FunctionalInterface
  public interface Caller {
    /**
     * @throws io.twinloom.model.TwinloomException if it cannot be called, or fails
     */
    JsonObject call(DeployedFunction function, JsonObject event);
  }

  private static final JsonObject CONTINUE = JsonObject.builder().put("continue", true).build();
  private static final JsonObject STATUS = JsonObject.builder().put("status", true).build();
  private static final PhaseOutcome DONE = new PhaseOutcome.Done();

  /**
   * Has the suspended movers carry out the plans that are open: what they have begun would be done
   * twice otherwise.
   *
   * @throws TwinloomException {@code TL-CHANGE-ANSWER} if a mover does not say whether it has one
   */
  public PhaseOutcome idleMovers() {
    for (FunctionKind kind : topology.placement().legs().suspended()) {
      for (DeployedFunction mover : topology.functions(kind)) {
        JsonObject answer = caller.call(mover, CONTINUE);
        // The mover itself knows all its plans; one that is not suspended does not say.
        if (!(answer.get("open_plan") instanceof JsonBoolean open)) {
          throw unknown(mover, answer);
        }
        if (open == JsonBoolean.TRUE) {
          return new PhaseOutcome.Waiting(
              mover.name() + " on " + mover.cloud().id() + " has not moved all that it planned");
        }
      }
    }
    return DONE;
  }

  /**
   * Runs what copies a store once.
   *
   * @throws TwinloomException {@code TL-CHANGE-ANSWER} if it does not say how far it is
   */
  public PhaseOutcome copy(Change change) {
    return copied(change, false);
  }

  /**
   * Runs what compares the stores once; what is found missing is copied by the next runs.
   *
   * @return done once all was found
   * @throws TwinloomException {@code TL-CHANGE-ANSWER} if it does not say how far it is
   */
  public PhaseOutcome verify(Change change) {
    return copied(change, true);
  }

  private PhaseOutcome copied(Change change, boolean compares) {
    DeployedFunction copier = topology.functions(FunctionKind.STORE_COPIER).getFirst();
    JsonObject.Builder order = JsonObject.builder().put("copy", name(change));
    if (compares && !state(copier, caller.call(copier, STATUS)).equals("different")) {
      order.put("verify", true);
    }
    JsonObject answer = caller.call(copier, order.build());
    String state = state(copier, answer);
    if (answer.get("busy") == JsonBoolean.TRUE) {
      return new PhaseOutcome.Waiting("another run of " + copier.name() + " is in progress");
    }
    if (state.equals("verified") || !compares && state.equals("copied")) {
      return DONE;
    }
    return answer
        .text("open")
        .<PhaseOutcome>map(PhaseOutcome.Waiting::new)
        .orElseGet(() -> new PhaseOutcome.Further(moved(answer)));
  }

  /** Another tier of the same change is another copy, and so is one after it was taken back. */
  private static String name(Change change) {
    return change.id() + "-" + change.phase().layer().name();
  }

  private static String state(DeployedFunction copier, JsonObject answer) {
    return answer.text("state").orElseThrow(() -> unknown(copier, answer));
  }

  private static TwinloomException unknown(DeployedFunction function, JsonObject answer) {
    return new TwinloomException(
        ChangeError.CHANGE_ANSWER,
        function.name() + " answered " + Json.text(answer) + ", which does not say how far it is.",
        function.name() + " on " + function.cloud().id());
  }

  private static String moved(JsonObject answer) {
    return answer.get("items")
        + " items and "
        + answer.get("chunks")
        + " chunks so far, "
        + answer.get("itemsPerSecond")
        + " a second";
  }
}
