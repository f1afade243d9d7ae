package io.twinloom.server.projects;

import io.twinloom.deployer.PreparedProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that say what they would be. */
public final class TestOutputs implements ProjectOutputs {

  @Override
  public List<String> examples() {
    return List.of("smallest");
  }

  @Override
  public void example(String example, Path folder) {
    var unused = ServedFolder.project(example).writeTo(folder);
  }

  @Override
  public void packages(PreparedProject project, Path folder) {
    write(folder.resolve("aws/system.zip"), "packages of " + project.topology().twin());
  }

  @Override
  public void snapshot(Path data, Path file, boolean secrets) {
    write(file, data.getFileName() + (secrets ? " with" : " without") + " secrets");
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
