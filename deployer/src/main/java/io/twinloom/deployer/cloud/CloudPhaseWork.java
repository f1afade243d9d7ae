package io.twinloom.deployer.cloud;

import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.change.PhaseFunctions;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.json.JsonObject;
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

  private static final PhaseOutcome DONE = new PhaseOutcome.Done();

  /** Does it, or some of it. */
  PhaseOutcome run(Change change) {
    Phase phase = change.phase();
    return switch (phase.kind()) {
      // The movers are suspended with the phase that follows, in one apply.
      case IDLE_MOVERS, EXPAND -> functions().idleMovers(phase);
      case COPY -> functions().copy(change);
      case VERIFY -> functions().verify(change);
      case DRAIN -> throw new IllegalStateException(phase.layer().title() + " moves at once here");
      case SWITCH_READS, SWITCH_WRITES, FENCE, NARROW_READS, CONTRACT, RESUME_MOVERS -> DONE;
    };
  }

  private PhaseFunctions functions() {
    return new PhaseFunctions(topology, this::call);
  }

  private JsonObject call(DeployedFunction function, JsonObject order) {
    AccountOperations cloud =
        Optional.ofNullable(clouds.get(function.cloud()))
            .orElseThrow(
                () -> new IllegalStateException(function.cloud().id() + " has no account here"));
    return cloud.call(function, order) instanceof JsonObject answer ? answer : JsonObject.EMPTY;
  }
}
