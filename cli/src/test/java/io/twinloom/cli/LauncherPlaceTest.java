package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where the launcher stands. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherPlaceTest {

  @TempDir Path folder;

  @Test
  void aColonInItsPathIsNamedInsteadOfAClassThatIsNotFound() throws Exception {
    Path root = Path.of("..").toAbsolutePath().normalize();
    Path release = folder.resolve("twin:loom");
    Files.createDirectories(release.resolve("lib"));
    Files.copy(
        root.resolve("twinloom"), release.resolve("twinloom"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(root.resolve(".mvn/jvm.sh"), release.resolve("lib/jvm.sh"));

    ProcessBuilder builder =
        new ProcessBuilder(release.resolve("twinloom").toString(), "version")
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(said).contains("has a colon", release.toString()).doesNotContain("Exception");
  }
}
