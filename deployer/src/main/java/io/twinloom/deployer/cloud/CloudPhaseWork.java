package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.LeavingFunctions;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.change.PhaseFunctions;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Provider;
import io.twinloom.topology.DeployedFunction;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a phase of a change does on the clouds beside bringing the twin into its layout, and until
 * when. The data goes from cloud to cloud by their functions: here they are only asked to run.
 */
final class CloudPhaseWork {

  private static final PhaseOutcome DONE = new PhaseOutcome.Done();

  private final Map<Provider, AccountOperations> clouds;
  private final PhaseFunctions functions;
  private final CloudDrain drain;
  private final StorePreparation preparation;

  /**
   * @param clouds those that carry anything of the twin
   * @param project in the layout of the phase
   * @param connections as they were made with it
   * @param random of what is sent
   */
  CloudPhaseWork(
      Map<Provider, AccountOperations> clouds,
      PreparedProject project,
      Change change,
      Connections connections,
      RandomGenerator random) {
    this.clouds = clouds;
    this.functions = new PhaseFunctions(project.topology(), this::call);
    this.drain = new CloudDrain(clouds, LeavingFunctions.of(change, project));
    this.preparation = new StorePreparation(clouds, change, project, connections, random);
  }

  /** Does it, or some of it. */
  PhaseOutcome run(Change change) {
    Phase phase = change.phase();
    return switch (phase.kind()) {
      // The movers are suspended with the phase that follows, in one apply.
      case IDLE_MOVERS, EXPAND -> {
        PhaseOutcome idle = functions.idleMovers();
        yield idle instanceof PhaseOutcome.Done ? preparation.go() : idle;
      }
      case COPY -> functions.copy(change);
      // Of layer 4: updates that began before both graphs were kept up are over by now.
      case VERIFY -> functions.verify(change);
      case DRAIN -> drain.look();
      case SWITCH_READS, SWITCH_WRITES, FENCE, NARROW_READS, CONTRACT, RESUME_MOVERS -> DONE;
    };
  }

  private JsonObject call(DeployedFunction function, JsonObject order) {
    AccountOperations cloud =
        Optional.ofNullable(clouds.get(function.cloud()))
            .orElseThrow(
                () -> new IllegalStateException(function.cloud().id() + " has no account here"));
    return cloud.call(function, order) instanceof JsonObject answer ? answer : JsonObject.EMPTY;
  }
}
