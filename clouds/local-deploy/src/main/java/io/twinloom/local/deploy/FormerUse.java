package io.twinloom.local.deploy;

import io.twinloom.deployer.change.ChangeError;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether what a layer has on a former cloud is still used. */
record FormerUse(LocalClouds clouds, InstantSource clock) {

  private static final Duration LATELY = Duration.ofDays(7);

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
    List<Provider> former = state.layout(placement).legs().of(Layer.L1).read();
    if (order.anyway() || former.isEmpty() || !order.tier().equals(Optional.of(Layer.L1))) {
      return;
    }
    Instant since = clock.instant().minus(LATELY);
    List<String> lately =
        clouds.lastSeen(former.getFirst()).entrySet().stream()
            .filter(seen -> seen.getValue().isAfter(since))
            .map(Map.Entry::getKey)
            .toList();
    if (!lately.isEmpty()) {
      throw new TwinloomException(
          ChangeError.LAYER_IN_USE,
          Count.of(lately.size(), "device has", "devices have")
              + " used the former endpoint on "
              + former.getFirst().id()
              + " within seven days: "
              + String.join(", ", lately.subList(0, Math.min(lately.size(), 10)))
              + ".",
          Layer.L1.configKey(),
          ChangeError.LAYER_IN_USE.fix());
    }
  }
}
