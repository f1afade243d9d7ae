package io.twinloom.deployer.cloud;

import io.twinloom.deployer.CloudOperations;
import io.twinloom.deployer.CloudOperationsContract;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in of a cloud does what clouds do. */
class RecordedOperationsTest implements CloudOperationsContract {

  @TempDir Path folder;

  private final RecordedOperations operations = new RecordedOperations(KnownClouds.AWS);
  private DeployedFunction function;

  @BeforeEach
  void deploy() {
    function =
        Topology.of(ProjectBuilder.of("hall").readFrom(folder.resolve("hall")))
            .function(FunctionKind.DISPATCHER)
            .orElseThrow();
  }

  @Override
  public CloudOperations operations() {
    return operations;
  }

  @Override
  public Provider cloud() {
    return KnownClouds.AWS;
  }

  @Override
  public DeployedFunction function() {
    return function;
  }

  @Override
  public void deadLetter(JsonObject event) {
    int number = operations.letters.size() + 1;
    String id = "aws-" + number;
    operations.letters.put(
        id,
        DeadLetterEntry.of(id, KnownClouds.AWS, Instant.EPOCH.plusSeconds(number))
            .function(function.name())
            .event(event)
            .build());
  }
}
