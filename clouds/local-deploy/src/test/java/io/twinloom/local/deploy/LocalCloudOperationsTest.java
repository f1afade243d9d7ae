package io.twinloom.local.deploy;

import io.twinloom.deployer.CloudOperations;
import io.twinloom.deployer.CloudOperationsContract;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.LocalTwinSpec;
import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A cloud on this machine does what clouds do. */
class LocalCloudOperationsTest implements CloudOperationsContract {

  @TempDir Path folder;

  private LocalClouds clouds;
  private LocalCloud cloud;
  private DeployedFunction function;
  private CloudOperations operations;

  @BeforeEach
  void start() {
    Project project = ProjectBuilder.of("hall").readFrom(folder.resolve("hall"));
    Topology topology = Topology.of(project);
    clouds =
        LocalClouds.start(
            new LocalTwinSpec(project, topology, List.of(), (t, e) -> Connections.NONE),
            LocalOptions.defaults(folder.resolve("data")));
    function = topology.function(FunctionKind.DISPATCHER).orElseThrow();
    cloud = Objects.requireNonNull(clouds.byProvider().get(function.cloud()));
    operations =
        new LocalCloudOperations(
            cloud, project, clouds.moverOrders(), clouds.twinService(), InstantSource.system());
  }

  @AfterEach
  void stop() {
    clouds.close();
  }

  @Override
  public CloudOperations operations() {
    return operations;
  }

  @Override
  public Provider cloud() {
    return function.cloud();
  }

  @Override
  public DeployedFunction function() {
    return function;
  }

  @Override
  public void deadLetter(JsonObject event) {
    cloud.deadLetters().keep(new DeadLetter(function.name(), event, "why", 3, "t"));
  }
}
