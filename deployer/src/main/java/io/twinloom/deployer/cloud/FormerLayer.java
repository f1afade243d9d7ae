package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.change.FormerEndpoint;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whether what a layer has on a former cloud is still used, or holds anything. */
record FormerLayer(Map<Provider, AccountOperations> clouds, Instant now) {

  /** Whether there is nothing there any more; of layers without a store there never is. */
  boolean isEmpty(StoreId former) {
    return !former.tier().isTier() || StoredSizes.isEmpty(clouds, former);
  }

  /**
   * Refuses to end a device endpoint that devices have used lately.
   *
   * @param project in its layout
   * @throws TwinloomException if they have, and the order is not to do it anyway
   */
  void refuseUsed(PreparedProject project, ChangeOrder order) {
    FormerEndpoint.endedBy(order, project.project().legs(), now)
        .ifPresent(
            endpoint -> {
              endpoint.refuseUsedBy(lastSeen(clouds, project.project(), endpoint.cloud()));
              // What is noted at most once an hour may lack the last one.
              project.topology().functions(FunctionKind.DISPATCHER).stream()
                  .filter(dispatcher -> dispatcher.cloud() == endpoint.cloud())
                  .forEach(
                      dispatcher -> endpoint.refuseUsedAt(lastEvent(dispatcher, endpoint.since())));
            });
  }

  /** When devices were last seen at the endpoint of a former cloud. */
  static Map<String, Instant> lastSeen(
      Map<Provider, AccountOperations> clouds, Project project, Provider former) {
    AccountOperations cloud = clouds.get(former);
    return cloud == null
        ? Map.of()
        : cloud.lastSeen(project.devices().stream().map(Device::id).toList());
  }

  private Optional<String> lastEvent(DeployedFunction dispatcher, Instant since) {
    AccountOperations cloud = clouds.get(dispatcher.cloud());
    return cloud == null ? Optional.empty() : cloud.lastEvent(dispatcher, since);
  }
}
