package io.twinloom.cli.command;

import io.twinloom.cli.example.Examples;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.local.deploy.LocalSnapshots;
import io.twinloom.packaging.bundle.PackageMaker;
import io.twinloom.packaging.bundle.TwinPackages;
import io.twinloom.server.projects.ProjectOutputs;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What this installation makes of projects. */
record InstalledOutputs(Map<String, String> environment, InstantSource clock)
    implements ProjectOutputs {

  @Override
  public List<String> examples() {
    return Examples.NAMES;
  }

  @Override
  public void example(String example, Path folder) {
    var unused = Examples.copy(example, folder);
  }

  @Override
  public void packages(PreparedProject project, Path folder) {
    var unused =
        TwinPackages.build(
            project.topology(),
            project.code(),
            Installation.artifacts(environment, CloudSupport.all()),
            project.project(),
            folder,
            PackageMaker.of(
                environment, Path.of(System.getProperty("user.home", "")), clock, step -> {}));
  }

  @Override
  public void snapshot(Path data, Path file, boolean secrets) {
    LocalSnapshots.write(data, file, secrets);
  }
}
