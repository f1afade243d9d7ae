package io.twinloom.server.twin;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Project;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A project of one device, without user code. */
final class HallProject {

  private HallProject() {}

  static PreparedProject prepared(String twin) throws IOException {
    Path folder = Files.createTempDirectory("hall").resolve("project");
    Project project = ProjectBuilder.of(twin).readFrom(folder);
    return new PreparedProject(folder, "d1", project, Topology.of(project), List.of());
  }
}
