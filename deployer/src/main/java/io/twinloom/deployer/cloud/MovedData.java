package io.twinloom.deployer.cloud;

import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored in the tiers that a change moves.
 *
 * @param clouds those that carry anything of the twin
 * @param topology in the layout that the change begins in
 */
record MovedData(Map<Provider, AccountOperations> clouds, Topology topology) {

  /**
   * What becomes of it.
   *
   * @param from the layout that the change begins in
   * @param counted whether all of it is counted; else as much as the clouds say of it
   */
  List<TouchedData> of(Change change, Layout from, boolean counted, Instant now) {
    Placement to = change.phases().getLast().layout().placement();
    List<TouchedData> moved = new ArrayList<>();
    for (Layer tier : ChangePlan.TIERS) {
      Provider cloud = from.placement().of(tier).orElseThrow();
      AccountOperations operations = clouds.get(cloud);
      if (operations == null || to.of(tier).equals(Optional.of(cloud))) {
        continue;
      }
      TouchedData.Stored stored = operations.held(tier, name(tier), counted);
      boolean copied = change.modes().getOrDefault(tier, StoreMode.LEAVE) == StoreMode.COPY;
      if (stored.held().count() > 0) {
        moved.add(TouchedData.ofMove(tier, stored, now, to.of(tier), copied));
      }
    }
    return moved;
  }

  private String name(Layer tier) {
    return topology.stores().stream()
        .filter(store -> store.kind().need().layer().equals(Optional.of(tier)))
        .map(Store::name)
        .findFirst()
        .orElseGet(tier::title);
  }
}
