package io.twinloom.deployer.cloud;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Connections.Connection;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A twin with its measurements on AWS and its store on Google Cloud, on clouds that record what
 * they are given.
 */
final class HallOnClouds {

  /** Where Python is, for the user's code. */
  private static final String PATH = System.getenv().getOrDefault("PATH", "");

  final Path project;
  final RecordedClouds clouds = new RecordedClouds();

  /** What the deployment and the removal have reported of their progress. */
  final List<String> said = new ArrayList<>();

  private final Path folder;

  HallOnClouds(Path folder) {
    this.folder = folder;
    project = folder.resolve("hall");
    ProjectBuilder.of("hall")
        .on(Layer.L3_HOT, KnownClouds.GOOGLE)
        .on(Layer.L3_COLD, KnownClouds.GOOGLE)
        .on(Layer.L3_ARCHIVE, KnownClouds.GOOGLE)
        .without(Layer.L4)
        .writeTo(project);
    clouds.steps.put("twin-entities", "aws");
  }

  PreparedProject prepared() {
    return Preparation.of(
            project, UserCodeChecker.of(folder.resolve("cache"), PATH, InstantSource.system()))
        .project()
        .orElseThrow();
  }

  CloudTarget target(Confirmation confirmation) {
    Map<Provider, CloudSupport> accounts = new TreeMap<>();
    accounts.put(KnownClouds.AWS, clouds.support(KnownClouds.AWS));
    accounts.put(KnownClouds.GOOGLE, clouds.support(KnownClouds.GOOGLE));
    return target(accounts, confirmation);
  }

  CloudTarget target(Map<Provider, CloudSupport> accounts, Confirmation confirmation) {
    return new CloudTarget(
        project,
        data(),
        this::prepared,
        TargetWiring.builder()
            .clouds(accounts)
            .variables(clouds.variables())
            .provisioner(clouds.provisioner())
            .confirmation(confirmation)
            .pause(time -> {})
            .clock(InstantSource.system())
            .random(new SecureRandom())
            .environment(Map.of("PATH", PATH))
            .build());
  }

  Path data() {
    return project.resolve(".twinloom");
  }

  void deploy() {
    target(changes -> true).deploy(prepared(), said::add);
  }

  CloudTarget.Removed destroy(DataRemoval removal) {
    return target(changes -> true).destroy(removal, said::add);
  }

  boolean destroy() {
    return target(changes -> true).destroy(true, said::add);
  }

  Map<String, Connection> connections() {
    return new ConnectionStore(project.resolve(ConnectionStore.FILE)).read().byId();
  }

  State state() {
    return new Journal(data().resolve("cloud/journal.json"), InstantSource.system())
        .last()
        .orElseThrow()
        .state();
  }
}
