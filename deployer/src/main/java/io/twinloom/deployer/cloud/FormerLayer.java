package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.ChangeError;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether what a layer has on a former cloud is still used, or holds anything. */
record FormerLayer(Map<Provider, AccountOperations> clouds, Instant now) {

  private static final Duration LATELY = Duration.ofDays(7);

  /** Whether there is nothing there any more; of layers without a store there never is. */
  boolean isEmpty(StoreId former) {
    return !former.tier().isTier() || StoredSizes.isEmpty(clouds, former);
  }

  /**
   * Refuses to end a device endpoint that devices have used lately. Which ones did no cloud says.
   *
   * @param project in its layout
   * @throws TwinloomException if they have, and the order is not to do it anyway
   */
  void refuseUsed(PreparedProject project, ChangeOrder order) {
    List<Provider> former = project.project().legs().of(Layer.L1).read();
    if (order.anyway() || former.isEmpty() || !order.tier().equals(Optional.of(Layer.L1))) {
      return;
    }
    Provider cloud = former.getFirst();
    Instant since = now.minus(LATELY);
    project.topology().functions(FunctionKind.DISPATCHER).stream()
        .filter(dispatcher -> dispatcher.cloud() == cloud)
        .flatMap(dispatcher -> lastEvent(dispatcher, since).stream())
        .findFirst()
        .ifPresent(
            last -> {
              throw new TwinloomException(
                  ChangeError.LAYER_IN_USE,
                  "Devices have used the former endpoint on "
                      + cloud.id()
                      + " within seven days, last at "
                      + last
                      + ".",
                  Layer.L1.configKey(),
                  ChangeError.LAYER_IN_USE.fix());
            });
  }

  private Optional<String> lastEvent(DeployedFunction dispatcher, Instant since) {
    AccountOperations cloud = clouds.get(dispatcher.cloud());
    return cloud == null ? Optional.empty() : cloud.lastEvent(dispatcher, since);
  }
}
