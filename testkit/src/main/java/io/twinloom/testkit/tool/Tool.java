package io.twinloom.testkit.tool;

import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds programs that a user's machine may not have. Tests that need one which is not there are
 * skipped with a word, unless the environment says {@code TWINLOOM_REQUIRE_TOOLS=1}.
 */
public final class Tool {

  private Tool() {}

  /** A command on the PATH. */
  public static Path command(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Optional<Path> found =
        Stream.of((path + File.pathSeparator + "/usr/sbin").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(file -> Files.isExecutable(file))
            .findFirst();
    return require(found, name + " is on the PATH");
  }

  /**
   * A program from npm, in the folder that {@code TWINLOOM_TEST_TOOLS} names, else in {@code
   * target/test-tools} of the project.
   */
  public static Path module(String file) {
    Path folder =
        Optional.ofNullable(System.getenv("TWINLOOM_TEST_TOOLS"))
            .map(Path::of)
            .orElseGet(() -> root().resolve("target").resolve("test-tools"));
    Path program = folder.resolve("node_modules").resolve(file);
    return require(
        Optional.of(program).filter(Files::exists), file + " is in node_modules of " + folder);
  }

  /** The project's folder: tests run in that of their module, at whatever depth it is. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    Path root = folder;
    for (Path above = folder; above != null; above = above.getParent()) {
      if (Files.exists(above.resolve("pom.xml"))) {
        root = above;
      }
    }
    return root;
  }

  private static Path require(Optional<Path> found, String what) {
    if (found.isEmpty() && "1".equals(System.getenv("TWINLOOM_REQUIRE_TOOLS"))) {
      fail("It is not true that " + what);
    }
    assumeThat(found).as(what).isPresent();
    return found.orElseThrow();
  }
}
