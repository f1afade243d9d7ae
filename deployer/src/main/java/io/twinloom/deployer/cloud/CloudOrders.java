package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.LockFile;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Carries out what is wanted of a deployed twin: reads what is deployed from Terraform's state,
 * opens the accounts of all clouds that it is about, and has it done.
 *
 * @param open opens the accounts of clouds
 */
record CloudOrders(
    CloudDataFolder folder,
    TargetWiring wiring,
    Journal journal,
    CloudChange change,
    Function<Set<Provider>, Accounts> open) {

  /**
   * Has the twin be what is wanted of it, and returns when it is, or when somebody stops that.
   *
   * @param project what the project's folder holds
   * @param counted whether what is stored in the tiers that move is counted for the confirmation
   * @return what is deployed then, in the layout that it is in
   */
  PreparedProject carryOut(
      PreparedProject project, ChangeOrder order, boolean counted, Progress progress) {
    return work(
        project,
        order,
        progress,
        (deployment, wanted, whole, outputs) -> {
          PreparedProject deployed = deployment.run(wanted, whole, outputs, counted);
          journal.enter(State.DEPLOYED, deployed.digest());
          return deployed;
        });
  }

  /**
   * What deploying a project would change at first, and the phases that follow.
   *
   * @param counted whether what is stored in the tiers that move is counted
   */
  PlannedChanges plan(PreparedProject project, boolean counted, Progress progress) {
    return work(
        project,
        ChangeOrder.of(project.digest()),
        progress,
        (deployment, wanted, order, outputs) -> deployment.plan(wanted, order, outputs, counted));
  }

  /** Something that is done with a deployment. */
  @FunctionalInterface
  private interface Work<T> {
    T of(CloudDeployment deployment, PreparedProject wanted, ChangeOrder order, JsonObject outputs);
  }

  private <T> T work(PreparedProject project, ChangeOrder order, Progress progress, Work<T> work) {
    try (LockFile lock = DeploymentLock.take(folder)) {
      JsonObject outputs;
      try (Accounts accounts = open.apply(CloudTarget.cloudsOf(project.topology()))) {
        outputs = change.recorded(project, accounts, progress);
      }
      try (Accounts accounts = open.apply(clouds(project, outputs))) {
        accounts.identify(change.ledger(), progress);
        return work.of(
            new CloudDeployment(
                new DeploymentContext(folder, wiring, journal, change, accounts, progress)),
            change.projects().keep(project),
            withModes(project, order, accounts, outputs),
            outputs);
      }
    }
  }

  /** All that the twin has, had or gets anything on. */
  private Set<Provider> clouds(PreparedProject project, JsonObject outputs) {
    Set<Provider> clouds = new TreeSet<>(CloudTarget.cloudsOf(project.topology()));
    clouds.addAll(change.ledger().clouds());
    JsonObject there = clouds(outputs);
    there.members().keySet().forEach(id -> Provider.of(id).ifPresent(clouds::add));
    return clouds;
  }

  private static JsonObject clouds(JsonObject outputs) {
    return outputs.object("clouds").orElse(JsonObject.EMPTY);
  }

  /** What nobody says of the data of a tier that moves follows from how much it is. */
  private ChangeOrder withModes(
      PreparedProject project, ChangeOrder order, Accounts accounts, JsonObject outputs) {
    Optional<PreparedProject> deployed =
        change
            .deployed()
            .filter(d -> moves(d.project().placement(), project.project().placement()));
    if (order.action() != ChangeOrder.Action.MAKE || deployed.isEmpty()) {
      return order;
    }
    Map<Layer, StoreMode> modes =
        new EnumMap<>(StoredSizes.modes(accounts.operations(deployed.get(), clouds(outputs))));
    modes.putAll(order.modes());
    return ChangeOrder.make(order.project(), modes, order.dataToDelete());
  }

  private static boolean moves(Placement before, Placement after) {
    return ChangePlan.TIERS.stream().anyMatch(tier -> !before.of(tier).equals(after.of(tier)));
  }
}
