package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.aws.FakeAws;
import java.nio.file.Path;
import java.util.Map;

/** Clients that ask a stand-in. */
final class StandInClients {

  private StandInClients() {}

  static AwsDeployClients of(FakeAws aws, Path project) {
    return of(aws.environment(), project);
  }

  /**
   * @param environment with the stand-ins' addresses
   */
  static AwsDeployClients of(Map<String, String> environment, Path project) {
    return new AwsDeployClients(
        new AwsAccess(CloudCredentials.of(project, KnownClouds.AWS, environment)));
  }
}
