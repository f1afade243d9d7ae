package io.twinloom.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive, unpacked in an empty home, with nothing around it but a JDK and the system's tools.
 */
@Tag("full")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class ReleaseTest {

  @TempDir Path home;

  private Path release;

  @BeforeEach
  void unpack() throws Exception {
    Path archive = only(Path.of("target"), ".tar.gz");
    Ran tar = run(List.of("tar", "xzf", archive.toAbsolutePath().toString()));
    assertThat(tar.exitCode).as(tar.said).isZero();
    release = only(home, "");
    assertThat(archive.getFileName()).hasToString(release.getFileName() + ".tar.gz");
  }

  @Test
  void theDemoRuns() throws Exception {
    Ran demo = twinloom("demo", "--for", "6s");

    assertThat(demo.exitCode).as(demo.said).isZero();
    assertThat(demo.said).contains("measurements came all the way").doesNotContain("building");
  }

  @Test
  void aProjectIsMadeAndIsValid() throws Exception {
    Ran init = twinloom("init", "my-twin");
    Ran validate = twinloom("validate", "my-twin");

    assertThat(init.exitCode).as(init.said).isZero();
    assertThat(validate.exitCode).as(validate.said).isZero();
  }

  @Test
  void itHoldsWhatReadersEditorsAndCloudsNeed() throws Exception {
    String version = release.getFileName().toString().substring("twinloom-".length());

    assertThat(List.of("LICENSE", "README.md", "docs/quickstart.md", "sbom.json", "Dockerfile"))
        .allMatch(file -> Files.isRegularFile(release.resolve(file)));
    assertThat(List.of("", "-sources", "-javadoc"))
        .allMatch(
            kind ->
                Files.isRegularFile(
                    release.resolve("editor/twinloom-api-" + version + kind + ".jar")));
    assertThat(release.resolve("clouds/twinloom-aws.jar")).isRegularFile();
    assertThat(Files.readString(release.resolve("sbom.json")))
        .contains("twinloom-cli", "sqlite-jdbc")
        .doesNotContain("junit");
  }

  private record Ran(int exitCode, String said) {}

  private Ran twinloom(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(release.resolve("twinloom").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Ran run(List<String> command) throws Exception {
    Path said = Path.of("target", "said").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", "/usr/bin:/bin",
                "HOME", home.toString(),
                "JAVA_HOME", System.getProperty("java.home")));
    Process process = builder.start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return new Ran(process.exitValue(), Files.readString(said));
  }

  private static Path only(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).toList();
      assertThat(found).as("%s in %s", end, folder).hasSize(1);
      return found.get(0);
    }
  }
}
