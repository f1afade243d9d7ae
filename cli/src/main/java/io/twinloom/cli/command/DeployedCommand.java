package io.twinloom.cli.command;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.deployer.cloud.Confirmation;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What all commands have that are about a twin which is deployed somewhere. */
abstract class DeployedCommand extends ProjectCommand {

  /** Where a twin can be. */
  enum Place {
    local,
    cloud
  }

  @Option(
      names = "--target",
      paramLabel = "local|cloud",
      defaultValue = "local",
      description = "Where the twin is: local (the default: on this machine) or cloud.")
  private Place place = Place.local;

  @Override
  boolean isForClouds() {
    return isCloud();
  }

  @Override
  Optional<Path> deployedCopy() {
    return isCloud() ? Optional.empty() : super.deployedCopy();
  }

  final boolean isCloud() {
    return place == Place.cloud;
  }

  /** Where the twin is, as the user says. */
  final Target target() {
    return isCloud() ? cloudTarget(changes -> false) : localTarget();
  }

  final LocalTarget localTarget() {
    return LocalTargets.asked(data(), terminal());
  }

  /** The clouds; what would change anything there is confirmed first. */
  final CloudTarget cloudTarget(Confirmation confirmation) {
    return Clouds.target(project(), data(), this::valid, confirmation, terminal());
  }

  final PreparedProject valid() {
    return Preparation.of(project(), codeChecker())
        .project()
        .orElseThrow(
            () ->
                new TwinloomException(
                    DeployerError.PROJECT_INVALID,
                    "The project is invalid.",
                    named(),
                    "'twinloom validate " + named() + "' says all that is wrong with it."));
  }

  /**
   * The twin that runs.
   *
   * @throws TwinloomException if it does not
   */
  final TwinControl running() {
    Target target = target();
    return target.deployed().orElseThrow(() -> target.absent(named()));
  }
}
