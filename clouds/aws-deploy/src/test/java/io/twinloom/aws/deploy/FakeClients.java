package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.model.Provider;
import io.twinloom.testkit.aws.FakeAws;
import java.nio.file.Path;

/** Clients that ask a stand-in. */
final class FakeClients {

  private FakeClients() {}

  static AwsDeployClients of(FakeAws aws, Path project) {
    return new AwsDeployClients(
        new AwsAccess(CloudCredentials.of(project, Provider.AWS, aws.environment())));
  }
}
