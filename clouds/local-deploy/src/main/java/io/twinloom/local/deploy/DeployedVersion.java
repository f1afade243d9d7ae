package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.NextState;
import io.twinloom.deployer.change.ProjectChange;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The version of a project that is deployed, beside which others are held.
 *
 * @param project empty where none is deployed, or only the plan of one is known
 * @param twin the name of the twin that is deployed; empty where none is
 */
record DeployedVersion(Optional<PreparedProject> project, Optional<String> twin) {

  /** What deploying another version would change; empty where none is deployed. */
  Optional<ProjectChange> change(PreparedProject wanted) {
    return project.map(before -> ProjectChange.between(before, wanted));
  }

  /**
   * What that would do to data that is stored.
   *
   * @param modes what becomes of the data of tiers that move
   * @param folder of the data
   * @param day how long a day lasts
   */
  List<TouchedData> touched(
      PreparedProject wanted, Map<Layer, StoreMode> modes, Path folder, Duration day, Instant now) {
    return project
        .map(before -> new ChangeImpact(before, wanted, modes, folder, day, now).touched())
        .orElse(List.of());
  }

  /**
   * Refuses a version of another twin, whose stores and topics have other names.
   *
   * @throws TwinloomException if it is one
   */
  void refuseRenamed(PreparedProject wanted) {
    String name = wanted.topology().twin();
    String former = twin.orElse(name);
    if (!former.equals(name)) {
      throw new TwinloomException(
          DeployerError.TWIN_RENAMED,
          "The twin that is deployed is " + former + ", and the project's is " + name + ".",
          "config.json",
          DeployerError.TWIN_RENAMED.fix());
    }
  }

  /**
   * Refuses what no start would do, before anything is ended for it.
   *
   * @param state what is written of the version that is deployed
   * @throws TwinloomException if it is such a thing
   */
  void refuseImpossible(
      Optional<DeployedState> state,
      PreparedProject wanted,
      ChangeOrder order,
      LocalWiring wiring) {
    var unused =
        NextState.of(
            ChangePlan.MOVING,
            state,
            project,
            wanted,
            order.with(wanted.digest()),
            wiring.newId(),
            wiring.clock().instant());
  }
}
