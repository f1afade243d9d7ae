package io.twinloom.deployer.change;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.file.Path;
import java.time.InstantSource;

/** Projects with user code, each in a folder of its own. */
final class PreparedProjects {

  private final Path folder;
  private int made;

  PreparedProjects(Path folder) {
    this.folder = folder;
  }

  PreparedProject of(ProjectBuilder project) {
    Path place = project.writeTo(folder.resolve("p" + made++));
    return Preparation.of(
            place,
            UserCodeChecker.of(
                folder.resolve("cache"),
                System.getenv().getOrDefault("PATH", ""),
                InstantSource.system()))
        .project()
        .orElseThrow();
  }
}
