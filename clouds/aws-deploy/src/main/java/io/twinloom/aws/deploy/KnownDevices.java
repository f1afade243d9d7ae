package io.twinloom.aws.deploy;

import io.twinloom.aws.store.DynamoHotStore;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.CloudStep;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.model.Device;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.Store;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Notes the twin's devices in the hot table, where the mover finds whose items there are: DynamoDB
 * cannot list partitions. They stay noted when the twin has them no more, as long as the table is
 * there.
 *
 * @param table its name
 */
record KnownDevices(AwsDeployClients clients, Deployment deployment, String table)
    implements CloudStep {

  /** The step's name in the journal. */
  static final String ID = "aws-known-devices";

  /** The step, where there is a hot table. */
  static Optional<CloudStep> step(AwsDeployClients clients, Deployment deployment) {
    return deployment.project().topology().stores().stream()
        .filter(s -> s.kind() == Store.Kind.HOT && s.cloud() == KnownClouds.AWS)
        .findFirst()
        .flatMap(s -> deployment.outputs().object("stores").flatMap(all -> all.text(s.name())))
        .map(table -> new KnownDevices(clients, deployment, table));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public void make(Progress progress) {
    Project project = deployment.project().project();
    // What a removed device has sent moves on as all does, also to a new table.
    new DynamoHotStore(clients.dynamoDb, table)
        .note(
            Stream.of(project.devices(), project.retired())
                .flatMap(List::stream)
                .map(Device::id)
                .distinct()
                .toList());
  }
}
