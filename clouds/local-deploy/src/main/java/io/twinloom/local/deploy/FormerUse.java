package io.twinloom.local.deploy;

import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.FormerEndpoint;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Placement;
import io.twinloom.model.TwinloomException;
import java.time.InstantSource;

/** Whether what a layer has on a former cloud is still used. */
record FormerUse(LocalClouds clouds, InstantSource clock) {

  /** Whether there is nothing there any more; of layers without a store there never is. */
  boolean isEmpty(StoreId former) {
    return !former.tier().isTier() || FormerStore.of(clouds, former).isEmpty();
  }

  /**
   * Refuses to end a device endpoint that devices have used lately.
   *
   * @throws TwinloomException if they have, and the order is not to do it anyway
   */
  void refuseUsed(DeployedState state, Placement placement, ChangeOrder order) {
    FormerEndpoint.endedBy(order, state.layout(placement).legs(), clock.instant())
        .ifPresent(endpoint -> endpoint.refuseUsedBy(clouds.lastSeen(endpoint.cloud())));
  }
}
