package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.CloudAccount;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.deployer.device.DeviceAccess;
import io.twinloom.deployer.terraform.TerraformPart;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.bundle.SystemArtifact;
import java.time.InstantSource;

/** AWS, for the deployer. */
public final class AwsSupport implements CloudSupport {

  @Override
  public Provider provider() {
    return KnownClouds.AWS;
  }

  @Override
  public CloudAccount open(CloudCredentials credentials, InstantSource clock) {
    return new AwsAccount(credentials, clock);
  }

  @Override
  public SystemArtifact artifact() {
    return new SystemArtifact("java21", "io.twinloom.aws.FunctionHandler");
  }

  @Override
  public TerraformPart terraform() {
    return AwsTerraform.PART;
  }

  @Override
  public DeviceAccess devices() {
    return new AwsDevices();
  }
}
