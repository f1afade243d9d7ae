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
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/** What deploys to the clouds that are found. */
final class Clouds {

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
                            terminal.clock(),
                            progress::step)))
            .provisioner(new TerraformProvisioner(environment, parts(clouds)))
            .confirmation(confirmation)
            .pause(
                Pause.sleeping(
                    "Waiting for the clouds was interrupted.",
                    "Run the command again: it goes on from here; the tokens of a rotation that was"
                        + " begun are all valid."))
            .clock(terminal.clock())
            .random(new SecureRandom())
            .environment(environment)
            .build());
  }

  private static TerraformParts parts(SortedMap<Provider, CloudSupport> clouds) {
    return TerraformParts.of(clouds.values().stream().map(CloudSupport::terraform).toList());
  }
}
