package io.twinloom.aws.deploy;

import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.CloudStep;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.functions.port.TwinGraph.Definition;
import io.twinloom.functions.twin.GraphDefinition;
import io.twinloom.json.JsonObject;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.Store;
import java.util.Optional;

/** The component types and entities of a twin whose layer 4 is on AWS. */
final class TwinEntities {

  /** The step's name in the journal. */
  static final String ID = "aws-twin-entities";

  private TwinEntities() {}

  /** The step, where there is a workspace. */
  static Optional<CloudStep> step(AwsDeployClients clients, Deployment deployment) {
    boolean here =
        deployment.project().topology().stores().stream()
            .anyMatch(s -> s.kind() == Store.Kind.TWIN_GRAPH && s.cloud() == KnownClouds.AWS);
    return here ? Optional.of(new Step(clients, deployment)) : Optional.empty();
  }

  private record Step(AwsDeployClients clients, Deployment deployment) implements CloudStep {

    @Override
    public String id() {
      return ID;
    }

    @Override
    public void make(Progress progress) {
      Definition definition = GraphDefinition.of(deployment.project().project().hierarchy());
      TwinReaders readers = TwinReaders.of(deployment);
      new Workspace(clients, workspace(deployment.outputs()).orElseThrow(), progress)
          .define(definition, readers);
    }
  }

  /** Removes all entities and component types that this product made; the workspace stays. */
  static void remove(AwsDeployClients clients, JsonObject outputs, Progress progress) {
    workspace(outputs).ifPresent(id -> new Workspace(clients, id, progress).clear());
  }

  private static Optional<String> workspace(JsonObject outputs) {
    return outputs.object("twin").flatMap(twin -> twin.text("workspace"));
  }
}
