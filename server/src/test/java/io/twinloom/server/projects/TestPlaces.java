package io.twinloom.server.projects;

import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.change.DataImpact;
import io.twinloom.deployer.cloud.Confirmation;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.deploy.LocalRun;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.local.deploy.LocalWiring;
import io.twinloom.local.deploy.RunOptions;
import io.twinloom.local.deploy.RunningTwin;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.WebServer;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Twins that run in this process, as they would in processes of their own. */
final class TestPlaces implements TwinPlaces, AutoCloseable {

  final Set<Path> onClouds = new HashSet<>();

  /** Targets that take the place of this machine, by their projects. */
  final Map<Path, Target> others = new HashMap<>();

  /** Whether looking for a twin that runs fails unexpectedly. */
  volatile boolean failing;

  private final UserCodeChecker checker;
  private final List<RunningTwin> twins = new ArrayList<>();

  TestPlaces(UserCodeChecker checker) {
    this.checker = checker;
  }

  @Override
  public Path data(Path project) {
    return LocalTarget.dataOf(project);
  }

  private LocalTarget target(Path project) {
    return new LocalTarget(
        new LocalRun(
            LocalOptions.defaults(LocalTarget.dataOf(project)),
            RunOptions.NONE,
            List.of(),
            List.of()),
        new LocalWiring(
            WebServer.of(
                ServerOptions.loopback(Map.of(), "test", new TestOutputs()),
                InstantSource.system(),
                new SecureRandom(),
                checker,
                failure -> {}),
            InstantSource.system(),
            new SecureRandom(),
            System.getenv(),
            step -> {}));
  }

  /** Starts a project's twin. */
  RunningTwin up(Path project) {
    Preparation.Outcome outcome = Preparation.of(project, checker);
    RunningTwin twin = target(project).up(outcome.project().orElseThrow(), by -> {});
    twins.add(twin);
    return twin;
  }

  @Override
  public Target local(Path project) {
    Target other = others.get(project);
    return other == null ? target(project) : other;
  }

  @Override
  public Optional<Address> running(Path project) {
    if (failing) {
      throw new IllegalStateException("a fault");
    }
    JsonObject endpoints = target(project).endpointsJson();
    return endpoints
        .text("api")
        .map(
            api ->
                new Address(
                    URI.create(api),
                    endpoints.text("twin").orElse(""),
                    target(project).projectDigest()));
  }

  @Override
  public Optional<PreparedProject> deployed(Path project) {
    return target(project).deployedProject();
  }

  @Override
  public Optional<DataImpact> impact(Path project, PreparedProject wanted) {
    return target(project).impact(wanted);
  }

  @Override
  public StatusReport stopped(Path project, PreparedProject deployed) {
    return DeployedTwin.stopped(deployed, target(project).stopped(List.of()));
  }

  @Override
  public Target clouds(
      Path project, Supplier<PreparedProject> prepared, Confirmation confirmation) {
    Target other = others.get(project);
    return other == null ? target(project) : other;
  }

  @Override
  public boolean isOnClouds(Path project) {
    return onClouds.contains(project);
  }

  /** Ends all twins; their data stays. */
  void end() {
    twins.forEach(RunningTwin::close);
    twins.clear();
  }

  @Override
  public void close() {
    end();
  }
}
