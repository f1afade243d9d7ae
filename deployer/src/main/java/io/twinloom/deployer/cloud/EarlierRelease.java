package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.topology.Topology;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What an earlier release has deployed, which wrote nothing of it in Terraform's state: where the
 * layers are is read from what its HCL gave out, so that one that the project has elsewhere by now
 * is moved with what it holds, and not made anew.
 */
final class EarlierRelease {

  private EarlierRelease() {}

  /** Empty where nothing was deployed. */
  static Optional<DeployedState> state(
      PreparedProject wanted, JsonObject outputs, Journal journal) {
    JsonObject clouds = outputs.object("clouds").orElse(JsonObject.EMPTY);
    if (clouds.members().isEmpty()) {
      return Optional.empty();
    }
    Placement placement = wanted.project().placement();
    for (Layer layer : ChangePlan.MOVING) {
      Optional<Provider> cloud = cloudOf(layer, wanted.topology(), clouds);
      if (cloud.isPresent() && placement.of(layer).isPresent()) {
        placement = placement.with(layer, cloud.get());
      }
    }
    String digest = journal.last().map(Journal.Entry::project).orElse("");
    return Optional.of(DeployedState.first(digest, placement));
  }

  /** A layer is where its store is, or its functions are, or its dashboards. */
  private static Optional<Provider> cloudOf(Layer layer, Topology wanted, JsonObject clouds) {
    Predicate<JsonObject> holds =
        switch (layer) {
          case L3_HOT, L3_COLD, L3_ARCHIVE, L4 -> made -> hasStore(layer, wanted, made);
          case L1, L2 -> made -> hasFunction(layer, wanted, made);
          case L5 -> made -> made.text("view").isPresent();
        };
    return clouds.members().keySet().stream()
        .filter(cloud -> clouds.object(cloud).filter(holds).isPresent())
        .flatMap(cloud -> Provider.of(cloud).stream())
        .findFirst();
  }

  private static boolean hasStore(Layer layer, Topology wanted, JsonObject made) {
    JsonObject stores = made.object("stores").orElse(JsonObject.EMPTY);
    return wanted.stores().stream()
        .filter(store -> store.kind().need().layer().equals(Optional.of(layer)))
        .anyMatch(store -> stores.text(store.name()).isPresent());
  }

  private static boolean hasFunction(Layer layer, Topology wanted, JsonObject made) {
    JsonObject functions = made.object("functions").orElse(JsonObject.EMPTY);
    return wanted.functions().stream()
        .filter(function -> function.layer() == layer)
        .anyMatch(function -> functions.object(function.name()).isPresent());
  }
}
