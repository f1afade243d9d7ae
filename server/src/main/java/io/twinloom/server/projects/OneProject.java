package io.twinloom.server.projects;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.twin.RunningTwins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The project of the twin that runs in this process, as it was deployed. */
public final class OneProject implements Projects {

  private final RunningTwins twins;

  public OneProject(RunningTwins twins) {
    this.twins = twins;
  }

  @Override
  public List<String> ids() {
    return twins.byId().keySet().stream().sorted().toList();
  }

  @Override
  public Path source(String id) {
    return twins.of(id).home();
  }

  @Override
  public Path folder(String id) {
    Path home = twins.of(id).home();
    if (!Files.isDirectory(home)) {
      throw new TwinloomException(
          ServerError.API_ONE_PROJECT, "The project is no folder whose files can be changed.", id);
    }
    return home;
  }

  @Override
  public ProjectState state(String id) {
    RunningProject twin = twins.of(id);
    PreparedProject project = twin.project();
    return new ProjectState(
        id,
        Optional.of(project.project()),
        ProjectReader.read(twin.home()).problems(),
        Optional.of(project.digest()),
        Optional.of(new ProjectState.Deployed(twin.target().name(), Optional.of(project.digest()))),
        FileTimes.newest(twin.home()));
  }
}
