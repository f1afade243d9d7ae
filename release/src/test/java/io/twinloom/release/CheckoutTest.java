package io.twinloom.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a newcomer does with a fresh clone: nothing is built, the environment is empty but for a
 * PATH, and the folder's name has a blank. The launcher finds a JDK and Maven by itself.
 */
@Tag("full")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class CheckoutTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void theLauncherBuildsAFreshCloneAndRunsTheDemo() throws Exception {
    Path clone = cloneOfTrackedFiles();

    String said = run(clone, 0, clone.resolve("twinloom").toString(), "demo", "--for", "6s");

    assertThat(said).contains("building", "measurements came all the way");
  }

  /** The tracked files as they are now, with what is not committed yet. */
  private Path cloneOfTrackedFiles() throws Exception {
    assumeTrue(Files.exists(ROOT.resolve(".git")), "these sources are no checkout of Git");
    Path clone = Files.createDirectory(folder.resolve("a clone"));
    String files =
        run(ROOT, 0, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
    for (String file : files.split("\0", -1)) {
      Path source = ROOT.resolve(file);
      if (!file.isEmpty() && Files.isRegularFile(source)) {
        Path target = clone.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return clone;
  }

  private String run(Path directory, int exitCode, String... command) throws Exception {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
    // Maven's repository is there, from which the build of these tests has what it needs.
    environment.put("HOME", System.getProperty("user.home"));
    environment.put("MAVEN_ARGS", "-o");
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isEqualTo(exitCode);
    return said;
  }
}
