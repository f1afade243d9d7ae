package io.twinloom.deployer.change;

import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How operators name the stores of tiers: {@code CLOUD:NAME}. */
public final class StoreNames {

  private StoreNames() {}

  /** The names of a store, as {@link #stores} reads them. */
  static Set<String> of(Topology topology, StoreId store) {
    return topology.stores().stream()
        .filter(s -> s.kind().need().layer().equals(Optional.of(store.tier())))
        .map(s -> store.cloud().id() + ":" + s.name())
        .filter(id -> store.tier().isTier())
        .collect(Collectors.toSet());
  }

  /**
   * Refuses names that no store of a tier has on any cloud: with them something else was meant.
   *
   * @throws TwinloomException {@code TL-STORE-UNKNOWN}
   */
  public static void refuseUnknown(Topology topology, Set<String> named) {
    Set<String> unknown = new TreeSet<>(named);
    unknown.removeIf(name -> !stores(topology, Set.of(name)).isEmpty());
    if (!unknown.isEmpty()) {
      throw new TwinloomException(
          DeployerError.STORE_UNKNOWN,
          "The twin has no store " + String.join(", ", unknown) + ".",
          "--delete-data",
          "See 'twinloom status' for the names of stores, and give them as CLOUD:NAME.");
    }
  }

  /** The stores of tiers that are named by {@code CLOUD:NAME}. */
  public static Set<StoreId> stores(Topology topology, Set<String> named) {
    Set<StoreId> stores = new HashSet<>();
    for (Store store : topology.stores()) {
      for (Provider cloud : Provider.all()) {
        Optional<Layer> tier = store.kind().need().layer().filter(Layer::isTier);
        if (tier.isPresent() && named.contains(cloud.id() + ":" + store.name())) {
          stores.add(new StoreId(tier.get(), cloud));
        }
      }
    }
    return stores;
  }
}
