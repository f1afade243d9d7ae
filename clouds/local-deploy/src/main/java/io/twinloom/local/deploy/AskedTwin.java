package io.twinloom.local.deploy;

import io.twinloom.deployer.CloudOperations;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.TargetPorts;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What answers for each version of a twin on local clouds.
 *
 * @param options for the status
 */
record AskedTwin(
    LocalClouds clouds, LocalDataFolder data, LocalWiring wiring, List<OptionStatus> options) {

  /** On clouds that run as they were started. */
  static AskedTwin on(LocalClouds clouds, LocalDataFolder data, LocalWiring wiring, LocalRun run) {
    RunOptions chosen = run.chosen().withPorts(clouds, run.options());
    return new AskedTwin(clouds, data, wiring, LocalState.options(run.shown(), chosen));
  }

  /**
   * What answers for a version.
   *
   * @param change what is under way, whenever it is asked
   */
  DeployedTwin of(PreparedProject project, Supplier<Optional<Change>> change) {
    Placement placement = project.project().placement();
    String name = project.topology().twin();
    Map<Provider, CloudOperations> operations = new TreeMap<>();
    clouds
        .byProvider()
        .forEach(
            (provider, cloud) ->
                operations.put(
                    provider,
                    new LocalCloudOperations(
                        cloud,
                        project.project(),
                        clouds.moverOrders(),
                        clouds
                            .twinService()
                            .filter(t -> placement.l4().equals(Optional.of(provider))),
                        wiring.clock())));
    return new DeployedTwin(
        project,
        operations,
        new TargetPorts(
            () -> LocalState.of(clouds, options, change.get()),
            data.connections(),
            new LocalTokenSwitch(clouds, name),
            () -> LocalVerificationTarget.of(deviceChannel(placement), name, data, wiring.clock())),
        wiring.random());
  }

  private URI deviceChannel(Placement placement) {
    LocalClouds.Endpoint endpoint = clouds.endpoints().get(placement.l1());
    if (endpoint == null) {
      throw new IllegalStateException("the cloud of layer 1 does not run");
    }
    return endpoint.mqtt();
  }
}
