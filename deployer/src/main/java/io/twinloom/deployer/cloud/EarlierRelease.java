package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.topology.Store;
import java.util.Optional;

/**
 * What an earlier release has deployed, which wrote nothing of it in Terraform's state: where the
 * tiers are is read from what its HCL gave out, so that a tier that the project has elsewhere by
 * now is moved with its data, and not made anew.
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
    for (Store store : wanted.topology().stores()) {
      Optional<Layer> tier = store.kind().need().layer().filter(Layer::isTier);
      Optional<Provider> cloud = cloudOf(store.name(), clouds);
      if (tier.isPresent() && cloud.isPresent()) {
        placement = placement.with(tier.get(), cloud.get());
      }
    }
    String digest = journal.last().map(Journal.Entry::project).orElse("");
    return Optional.of(DeployedState.first(digest, placement));
  }

  private static Optional<Provider> cloudOf(String store, JsonObject clouds) {
    return clouds.members().keySet().stream()
        .filter(
            cloud ->
                clouds
                    .object(cloud)
                    .flatMap(made -> made.object("stores"))
                    .flatMap(stores -> stores.text(store))
                    .isPresent())
        .flatMap(cloud -> Provider.of(cloud).stream())
        .findFirst();
  }
}
