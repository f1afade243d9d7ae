package io.twinloom.aws.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.AccountOperations;
import io.twinloom.deployer.cloud.CloudAccount;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.deployer.cloud.CloudStep;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** An account of AWS in one region. */
public final class AwsAccount implements CloudAccount {

  private final AwsAccess access;
  private final AwsDeployClients clients;
  private final InstantSource clock;

  /** Asks nothing yet. */
  public AwsAccount(CloudCredentials credentials, InstantSource clock) {
    this.access = new AwsAccess(credentials);
    this.clients = new AwsDeployClients(access);
    this.clock = clock;
  }

  @Override
  public Provider provider() {
    return KnownClouds.AWS;
  }

  @Override
  public Identity identity() {
    String region = clients.region().id();
    GetCallerIdentityResponse caller =
        AwsFailures.asking(
            "AWS does not say whose the credentials are",
            region,
            () -> clients.sts.get().getCallerIdentity(r -> {}));
    return new Identity(caller.account(), caller.arn(), region);
  }

  @Override
  public List<LayerPermissions> permissions(PreparedProject project) {
    Identity identity = identity();
    return new PermissionCheck(clients)
        .of(
            NeededPermissions.of(project.project(), project.topology()),
            identity,
            new TwinArns(
                project.project(), project.topology(), Optional.of(identity), identity.region()));
  }

  @Override
  public List<JsonObject> policies(PreparedProject project, Optional<Identity> identity) {
    TwinArns arns =
        new TwinArns(project.project(), project.topology(), identity, clients.region().id());
    return DeployerPolicy.documents(
        NeededPermissions.all(project.project(), project.topology()), arns);
  }

  @Override
  public Map<String, String> terraformEnvironment() {
    return access.terraformEnvironment();
  }

  @Override
  public List<CloudStep> steps(Deployment deployment) {
    return Stream.of(
            KnownDevices.step(clients, deployment),
            TwinEntities.step(clients, deployment),
            ViewDashboards.step(clients, deployment, clock))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public void undo(String step, JsonObject outputs, Progress progress) {
    if (step.equals(TwinEntities.ID)) {
      TwinEntities.remove(clients, outputs, progress);
    } else if (step.equals(ViewDashboards.ID)) {
      ViewDashboards.remove(clients, outputs, clock);
    }
  }

  @Override
  public Optional<byte[]> uploadedProject(String digest, JsonObject outputs) {
    return outputs
        .object("buckets")
        .flatMap(buckets -> buckets.text("deployment"))
        .flatMap(bucket -> UploadedProjects.read(clients.s3, bucket, digest));
  }

  @Override
  public AccountOperations operations(Deployment deployment) {
    return new AwsOperations(clients, deployment, clock);
  }

  @Override
  public void close() {
    clients.close();
  }
}
