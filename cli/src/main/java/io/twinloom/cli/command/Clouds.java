package io.twinloom.cli.command;

import io.twinloom.aws.deploy.AwsAccount;
import io.twinloom.cli.Installation;
import io.twinloom.cli.Terminal;
import io.twinloom.deployer.Pause;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudAccount;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.deployer.cloud.Confirmation;
import io.twinloom.deployer.cloud.PackagedVariables;
import io.twinloom.deployer.cloud.TargetWiring;
import io.twinloom.deployer.cloud.TerraformProvisioner;
import io.twinloom.model.Provider;
import io.twinloom.packaging.bundle.PackageMaker;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/** Which clouds there are, and what deploys to them. */
final class Clouds {

  /** A sender's request takes 30 seconds at most, is tried four times, and waits in between. */
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(150);

  private Clouds() {}

  /** The ways to the clouds that Twinloom can deploy to. */
  static Map<Provider, CloudAccount.Opener> accounts() {
    return Map.of(
        KnownClouds.AWS, credentials -> new AwsAccount(credentials, InstantSource.system()));
  }

  static CloudTarget target(
      Path project,
      Path data,
      Supplier<PreparedProject> prepared,
      Confirmation confirmation,
      Terminal terminal) {
    Map<String, String> environment = terminal.environment();
    return new CloudTarget(
        project,
        data,
        prepared,
        TargetWiring.builder()
            .accounts(accounts())
            .variables(
                new PackagedVariables(
                    Installation.artifacts(environment),
                    progress ->
                        PackageMaker.of(
                            environment,
                            Path.of(System.getProperty("user.home", "")),
                            InstantSource.system(),
                            progress::step)))
            .provisioner(new TerraformProvisioner(environment))
            .confirmation(confirmation)
            .gracePeriod(
                () ->
                    Pause.sleeping(
                            "The rotation was interrupted: both tokens stay valid.",
                            "Rotate again.")
                        .of(GRACE_PERIOD))
            .clock(InstantSource.system())
            .random(new SecureRandom())
            .environment(environment)
            .build());
  }
}
