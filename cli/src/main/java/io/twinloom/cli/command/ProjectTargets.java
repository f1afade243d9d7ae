package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.deploy.LocalRun;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.deploy.ServedTargets;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/** Where the projects of a server are deployed to: with the options that each was started with. */
record ProjectTargets(Terminal terminal, UserCodeChecker checker) implements ServedTargets {

  @Override
  public Target local(Path project) {
    Path data = LocalTarget.dataOf(project);
    RunChoice chosen = RunChoice.of(new TreeMap<>(), LocalTarget.optionsOf(data), false);
    LocalOptions local = chosen.local(data, Optional.empty());
    return LocalTargets.of(
        new LocalRun(
            local,
            chosen.options(),
            chosen.shown(data, Optional.empty()),
            DeployCommand.background(project, data, chosen)));
  }

  @Override
  public Target cloud(Path project) {
    return Clouds.target(
        project, LocalTarget.dataOf(project), () -> valid(project), changes -> true, terminal);
  }

  private PreparedProject valid(Path project) {
    return Preparation.of(project, checker)
        .project()
        .orElseThrow(
            () ->
                new TwinloomException(
                    CliError.PROJECT_INVALID, "The project is invalid.", project.toString()));
  }

  @Override
  public Optional<Running> running(Path project) {
    JsonObject endpoints = LocalTargets.asked(LocalTarget.dataOf(project)).endpointsJson();
    return endpoints
        .text("api")
        .map(api -> new Running(URI.create(api), endpoints.text("twin").orElse("")));
  }
}
