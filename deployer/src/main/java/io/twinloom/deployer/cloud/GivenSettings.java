package io.twinloom.deployer.cloud;

import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.terraform.ApplySettings;
import io.twinloom.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** What an apply is given beside the project. */
record GivenSettings(CloudDataFolder folder, DeployedProjects projects) {

  /**
   * What the apply of a state is given.
   *
   * @param beginning of the change, where one is under way
   */
  ApplySettings of(DeployedState state, Optional<DeploymentRecord.Beginning> beginning) {
    JsonObject outputs = folder.outputs().read();
    JsonObject record = DeploymentRecord.write(state, beginning, Executor.ofThis());
    ApplySettings settings =
        new ApplySettings(
            Optional.of(record),
            CloudOutputs.endpoints(outputs),
            Set.of(),
            projects.archives(Optional.of(state)));
    // Cut off once the next phase's stores are unlocked, this one is entered again: locking them
    // would undo the only step that was made.
    return DeploymentRecord.isSame(outputs.object(DeploymentRecord.NAME), record)
        ? unlocking(settings, DeploymentRecord.unlocked(outputs))
        : settings;
  }

  /** The same by which these may be removed. */
  static ApplySettings unlocking(ApplySettings settings, Set<String> stores) {
    return settings.unprotecting(
        settings.deployment().map(record -> DeploymentRecord.unlocking(record, stores)), stores);
  }

  /** What the last apply was given. */
  ApplySettings asApplied() {
    JsonObject outputs = folder.outputs().read();
    return new ApplySettings(
        outputs.object(DeploymentRecord.NAME),
        CloudOutputs.endpoints(outputs),
        DeploymentRecord.unlocked(outputs),
        projects.archives(DeploymentRecord.read(outputs)));
  }
}
