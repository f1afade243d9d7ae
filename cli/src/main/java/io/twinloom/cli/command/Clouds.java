package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Terminal;
import io.twinloom.deployer.Pause;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.deployer.cloud.Confirmation;
import io.twinloom.deployer.cloud.PackagedVariables;
import io.twinloom.deployer.cloud.TargetWiring;
import io.twinloom.deployer.cloud.TerraformProvisioner;
import io.twinloom.deployer.terraform.TerraformParts;
import io.twinloom.model.Provider;
import io.twinloom.packaging.bundle.PackageMaker;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/** What deploys to the clouds that are found. */
final class Clouds {

  /** A sender's request takes 30 seconds at most, is tried four times, and waits in between. */
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(150);

  private Clouds() {}

  static CloudTarget target(
      Path project,
      Path data,
      Supplier<PreparedProject> prepared,
      Confirmation confirmation,
      Terminal terminal) {
    Map<String, String> environment = terminal.environment();
    SortedMap<Provider, CloudSupport> clouds = CloudSupport.all();
    return new CloudTarget(
        project,
        data,
        prepared,
        TargetWiring.builder()
            .clouds(clouds)
            .variables(
                new PackagedVariables(
                    Installation.artifacts(environment, clouds),
                    progress ->
                        PackageMaker.of(
                            environment,
                            Path.of(System.getProperty("user.home", "")),
                            InstantSource.system(),
                            progress::step)))
            .provisioner(new TerraformProvisioner(environment, parts(clouds)))
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

  private static TerraformParts parts(SortedMap<Provider, CloudSupport> clouds) {
    return TerraformParts.of(clouds.values().stream().map(CloudSupport::terraform).toList());
  }
}
