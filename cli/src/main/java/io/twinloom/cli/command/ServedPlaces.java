package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Terminal;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.change.DataImpact;
import io.twinloom.deployer.cloud.Confirmation;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.json.JsonObject;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.server.projects.TwinPlaces;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The targets of the projects that a server has. */
record ServedPlaces(Terminal terminal) implements TwinPlaces {

  @Override
  public Target local(Path project) {
    return LocalTargets.again(project, LocalTarget.dataOf(project), terminal);
  }

  @Override
  public Path data(Path project) {
    return LocalTarget.dataOf(project);
  }

  private LocalTarget asked(Path project) {
    return LocalTargets.asked(LocalTarget.dataOf(project), terminal);
  }

  @Override
  public Optional<Address> running(Path project) {
    LocalTarget target = asked(project);
    JsonObject endpoints = target.endpointsJson();
    return endpoints
        .text("api")
        .map(
            api ->
                new Address(
                    URI.create(api), endpoints.text("twin").orElse(""), target.projectDigest()));
  }

  @Override
  public Optional<PreparedProject> deployed(Path project) {
    return asked(project).deployedProject();
  }

  @Override
  public Optional<DataImpact> impact(Path project, PreparedProject wanted) {
    return asked(project).impact(wanted);
  }

  @Override
  public StatusReport stopped(Path project, PreparedProject deployed) {
    LocalTarget target = asked(project);
    return DeployedTwin.stopped(deployed, target.stopped(target.warnings()));
  }

  @Override
  public Target clouds(
      Path project, Supplier<PreparedProject> prepared, Confirmation confirmation) {
    return Clouds.target(project, LocalTarget.dataOf(project), prepared, confirmation, terminal);
  }

  @Override
  public boolean isOnClouds(Path project) {
    return Clouds.target(
            project,
            LocalTarget.dataOf(project),
            () -> {
              throw new IllegalStateException("nothing is asked of it");
            },
            changes -> false,
            terminal)
        .isBegun();
  }
}
