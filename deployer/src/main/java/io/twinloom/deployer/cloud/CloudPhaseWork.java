package io.twinloom.deployer.cloud;

import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Phase;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.Map;
import java.util.Optional;

/**
 * What the phases of a change do on the clouds beside bringing the twin into their layouts, and
 * until when. The data goes from cloud to cloud by their functions: here they are only asked to
 * run.
 *
 * @param clouds those that carry anything of the twin
 * @param topology of the phase
 */
record CloudPhaseWork(Map<Provider, AccountOperations> clouds, Topology topology) {

  /** How far a phase is. */
  sealed interface Outcome {
    /** It is over. */
    record Done() implements Outcome {}

    /** It has come further, and goes on at once; for people. */
    record Further(String how) implements Outcome {}

    /** It waits for something; for people. */
    record Waiting(String why) implements Outcome {}
  }

  private static final JsonObject CONTINUE = JsonObject.builder().put("continue", true).build();
  private static final Outcome DONE = new Outcome.Done();

  /** Does it, or some of it. */
  Outcome run(Change change) {
    Phase phase = change.phase();
    return switch (phase.kind()) {
      // The movers are suspended with the phase that follows, in one apply.
      case IDLE_MOVERS, EXPAND -> idle(phase);
      case COPY -> copy(change, false);
      case VERIFY -> copy(change, true);
      case DRAIN -> throw new IllegalStateException(phase.layer().title() + " moves at once here");
      case SWITCH_READS, SWITCH_WRITES, FENCE, NARROW_READS, CONTRACT, RESUME_MOVERS -> DONE;
    };
  }

  /** A plan that is open is carried out: what it has begun would be done twice otherwise. */
  private Outcome idle(Phase phase) {
    for (FunctionKind kind : phase.layout().legs().suspended()) {
      for (DeployedFunction mover : topology.functions(kind)) {
        if (call(mover, CONTINUE).get("open_plan") == JsonBoolean.TRUE) {
          return new Outcome.Waiting(
              mover.name() + " on " + mover.cloud().id() + " has not moved all that it planned");
        }
      }
    }
    return DONE;
  }

  /** Runs what copies once; what a comparison finds missing is copied by the next runs. */
  private Outcome copy(Change change, boolean compares) {
    DeployedFunction copier = topology.functions(FunctionKind.STORE_COPIER).getFirst();
    JsonObject.Builder order = JsonObject.builder().put("copy", name(change));
    boolean different =
        compares
            && state(copier, call(copier, JsonObject.builder().put("status", true).build()))
                .equals("different");
    if (compares && !different) {
      order.put("verify", true);
    }
    JsonObject answer = call(copier, order.build());
    String state = state(copier, answer);
    if (answer.get("busy") == JsonBoolean.TRUE) {
      return new Outcome.Waiting("another run of " + copier.name() + " is in progress");
    }
    if (state.equals("verified") || !compares && state.equals("copied")) {
      return DONE;
    }
    return answer
        .text("open")
        .<Outcome>map(Outcome.Waiting::new)
        .orElseGet(() -> new Outcome.Further(moved(answer)));
  }

  /** Another tier of the same change is another copy, and so is one after it was taken back. */
  private static String name(Change change) {
    return change.id() + "-" + change.phase().layer().name();
  }

  private JsonObject call(DeployedFunction function, JsonObject order) {
    AccountOperations cloud =
        Optional.ofNullable(clouds.get(function.cloud()))
            .orElseThrow(
                () -> new IllegalStateException(function.cloud().id() + " has no account here"));
    return cloud.call(function, order) instanceof JsonObject answer ? answer : JsonObject.EMPTY;
  }

  private static String state(DeployedFunction copier, JsonObject answer) {
    return answer
        .text("state")
        .orElseThrow(() -> new IllegalStateException(copier.name() + " answered " + answer));
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
