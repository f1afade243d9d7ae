package io.twinloom.deployer.cloud;

import io.twinloom.deployer.TargetState;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a twin on the clouds is known for beside its functions and stores, for its status. */
record CloudState(
    CloudDataFolder folder,
    Project project,
    Topology topology,
    Map<Provider, AccountOperations> clouds) {

  TargetState get() {
    JsonObject outputs = folder.outputs().read();
    Map<String, ConnectionState> connections = new HashMap<>();
    // Each function on a cloud knows of its own calls alone: this says what has address and token.
    folder
        .connections()
        .read()
        .byId()
        .keySet()
        .forEach(id -> connections.put(id, ConnectionState.READY));
    List<String> warnings = new ArrayList<>(overdue());
    warnings.addAll(emptied(outputs));
    Map<Provider, Map<String, Instant>> seen = lastSeen(outputs, warnings);
    return TargetState.of(CloudTarget.NAME)
        .urls(CloudOutputs.endpoints(outputs))
        .connections(connections)
        .warnings(warnings)
        .change(
            DeploymentRecord.read(outputs)
                .flatMap(DeployedState::change)
                .map(change -> StandingJson.read(folder.standing().read(), change).status()))
        .lastSeen(seen)
        .dashboards(
            project
                .placement()
                .l5()
                .flatMap(cloud -> outputs.object(cloud.id()))
                .flatMap(made -> made.text("view")))
        .build();
  }

  /**
   * The devices that were seen on former clouds which still let them in.
   *
   * @param warnings takes where that cannot be read
   */
  private Map<Provider, Map<String, Instant>> lastSeen(JsonObject outputs, List<String> warnings) {
    Map<Provider, Map<String, Instant>> seen = new HashMap<>();
    List<Provider> former =
        DeploymentRecord.read(outputs)
            .map(state -> state.layout(project.placement()).legs().of(Layer.L1).read())
            .orElse(List.of());
    for (Provider cloud : former) {
      try {
        seen.put(cloud, FormerLayer.lastSeen(clouds, project, cloud));
      } catch (TwinloomException e) {
        warnings.add(
            "Which devices still use the former endpoint on "
                + cloud.id()
                + " is not known: "
                + e.what()
                + " "
                + e.fix());
      }
    }
    return seen;
  }

  /** The stores that were left, are read, and hold nothing any more. */
  private List<String> emptied(JsonObject outputs) {
    Optional<DeployedState> deployed =
        DeploymentRecord.read(outputs).filter(state -> state.change().isEmpty());
    List<String> warnings = new ArrayList<>();
    for (Layer tier : ChangePlan.TIERS) {
      List<Provider> left =
          deployed
              .map(state -> state.layout(project.placement()).legs().of(tier).read())
              .orElse(List.of());
      for (Provider cloud : left) {
        if (StoredSizes.isEmpty(clouds, new StoreId(tier, cloud))) {
          warnings.add(
              "The former store of "
                  + tier.title()
                  + " on "
                  + cloud.id()
                  + " holds nothing any more: the next 'deploy' has it no longer read.");
        }
      }
    }
    return warnings;
  }

  private List<String> overdue() {
    List<String> warnings = new ArrayList<>();
    for (DeployedFunction mover : topology.functions(FunctionKind.HOT_TO_COLD_MOVER)) {
      AccountOperations cloud = clouds.get(mover.cloud());
      Duration late = cloud == null ? Duration.ZERO : cloud.overdue(mover);
      if (late.isPositive()) {
        warnings.add(
            mover.name()
                + " on "
                + mover.cloud().id()
                + " is behind: the oldest item in the hot store is "
                + Count.of(late.toHours(), "hour")
                + " past its time. See its log; mover_runs in terraform_settings.json divides its"
                + " work.");
      }
    }
    return warnings;
  }
}
