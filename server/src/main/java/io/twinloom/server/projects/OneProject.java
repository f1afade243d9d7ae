package io.twinloom.server.projects;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.twin.RunningTwins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The project of the twin that runs in this process, with its files as they are by now. */
public final class OneProject implements Projects {

  private static final int LOOKS = 50;
  private static final long LOOK_MILLIS = 100;

  private final RunningTwins twins;
  private final Workspace workspace;

  public OneProject(RunningTwins twins, Workspace workspace) {
    this.twins = twins;
    this.workspace = workspace;
  }

  @Override
  public List<String> ids() {
    return twins.byId().keySet().stream().sorted().toList();
  }

  @Override
  public Path source(String id) {
    RunningProject twin = twins.of(id);
    return Files.exists(twin.home()) ? twin.home() : twin.project().source();
  }

  @Override
  public Path folder(String id) {
    // Never the copy that is deployed: it is known by the digest of its files.
    Path home = twins.of(id).home();
    if (!Files.isDirectory(home)) {
      throw serveOnly();
    }
    return home;
  }

  @Override
  public Path data(String id) {
    return twins.of(id).data();
  }

  @Override
  public Workspace workspace() {
    return workspace;
  }

  @Override
  public Target target(String id, String name) {
    Target target = twins.of(id).target();
    if (!target.name().equals(name)) {
      throw serveOnly();
    }
    return target;
  }

  @Override
  public boolean isOnClouds(String id) {
    return false;
  }

  /** A twin that runs here looks at its project's files by itself, unless that is switched off. */
  @Override
  public boolean apply(String id, PreparedProject former) {
    if (!twins.of(id).project().digest().equals(former.digest())) {
      return false;
    }
    String wanted = valid(id).digest();
    for (int look = 0; look < LOOKS; look++) {
      if (twins.of(id).project().digest().equals(wanted)) {
        return true;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  @Override
  public Preparation.Outcome check(String id) {
    return Preparation.of(source(id), workspace.checker());
  }

  @Override
  public Optional<Running> running(String id) {
    RunningProject twin = twins.of(id);
    return Optional.of(
        new Running(twin.target().name(), Optional.of(twin.project().digest()), twin.control()));
  }

  @Override
  public Optional<PreparedProject> deployed(String id) {
    return Optional.of(twins.of(id).project());
  }

  @Override
  public ProjectFolders folders() {
    throw serveOnly();
  }

  private static TwinloomException serveOnly() {
    return new TwinloomException(
        ServerError.API_ONE_PROJECT, ServerError.API_ONE_PROJECT.facts().meaning(), "");
  }
}
