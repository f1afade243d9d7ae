package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code package}: what would be uploaded. */
class PackageTest {

  @TempDir Path folder;

  @BeforeEach
  void project() throws IOException {
    CliRun.in(folder, "init", "twin");
    Files.createDirectories(folder.resolve("clouds"));
    Files.writeString(folder.resolve("clouds").resolve("twinloom-aws.jar"), "a jar");
  }

  private void on(String cloud) throws IOException {
    StringBuilder providers = new StringBuilder("{");
    for (String layer : List.of("1", "2", "3_hot", "3_cold", "3_archive")) {
      providers.append("\"layer_%s_provider\": \"%s\", ".formatted(layer, cloud));
    }
    Files.writeString(
        folder.resolve("twin").resolve("config_providers.json"),
        providers.append("\"layer_4_provider\": \"none\"}"));
  }

  private CliRun run(String... more) {
    List<String> words = new java.util.ArrayList<>(List.of("package", "twin", "--out", "out"));
    words.addAll(List.of(more));
    return CliRun.in(
        folder,
        Map.of("TWINLOOM_ARTIFACTS", folder.resolve("clouds").toString()),
        words.toArray(String[]::new));
  }

  @Test
  void whatWouldBeUploadedIsListedAndLiesThere() throws IOException {
    on("aws");

    CliRun json = run("--json");
    CliRun text = run();

    assertThat(json.exitCode()).as(json.err()).isEqualTo(ExitCode.DONE);
    List<JsonObject> packages =
        json.json().array("packages").orElse(JsonArray.EMPTY).values().stream()
            .map(JsonObject.class::cast)
            .toList();
    assertThat(packages)
        .extracting(p -> p.text("cloud").orElse("") + " " + p.text("name").orElse(""))
        .containsExactly("aws system", "aws my-twin-sensor-1-processor");
    for (JsonObject one : packages) {
      Path file = Path.of(one.text("file").orElseThrow());
      assertThat(file).startsWith(folder.resolve("out").resolve("aws"));
      assertThat(Long.toString(Files.size(file))).isEqualTo(String.valueOf(one.get("bytes")));
      assertThat(text.out())
          .contains(folder.resolve("out").relativize(file) + " ")
          .contains(one.text("sha256").orElseThrow());
    }
    assertThat(json.json().array("missing")).contains(JsonArray.EMPTY);
    assertThat(text.out().lines()).hasSize(2);
    assertThat(text.err()).isEmpty();
  }

  @Test
  void whereACloudsSystemFunctionsAreNotThereYetUserPackagesAreMadeAndTheRestIsSaid()
      throws IOException {
    on("azure");

    CliRun run = run();

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out().lines()).hasSize(1).allMatch(line -> line.startsWith("azure "));
    assertThat(run.err()).contains("warning: ").contains("no system functions for azure yet");
  }

  @Test
  void aBuildWithoutTheArtifactThatItShouldHaveFails() throws IOException {
    on("aws");
    Files.delete(folder.resolve("clouds").resolve("twinloom-aws.jar"));

    CliRun run = run("--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("TL-PACKAGE-NOT-BUILT").contains("fix: Build Twinloom again");
    assertThat(run.json().array("packages").orElseThrow().size()).isEqualTo(1);
    assertThat(run.json().array("missing").orElseThrow().toString()).contains("\"cloud\":\"aws\"");
  }

  @Test
  void archivesOfAnEarlierRunAreNamed() throws IOException {
    on("aws");
    run();
    Files.copy(
        folder.resolve("out/aws/system.zip"), folder.resolve("out/aws/my-twin-old-processor.zip"));

    assertThat(run().err())
        .contains("aws/my-twin-old-processor.zip is not a package of this twin (any more).");
  }

  @Test
  void anInvalidProjectIsNotPackaged() throws IOException {
    Files.delete(folder.resolve("twin").resolve("config.json"));

    assertThat(run().exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void withoutAFolderToPutThemItIsBadUsage() {
    CliRun run = CliRun.in(folder, "package", "twin");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--out=DIR");
  }
}
