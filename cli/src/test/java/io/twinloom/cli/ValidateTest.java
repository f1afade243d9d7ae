package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} says, and by which exit code. */
class ValidateTest {

  @TempDir Path folder;

  @Test
  @DisplayName("a project has mistakes in its configuration and in its code")
  void codeAndConfigurationAreCheckedAtOnce() throws IOException {
    init();
    change("config.json", "\"PRODUCTION\"", "\"PROD\"");
    Files.writeString(folder.resolve("twin/processors/sensor-1/process.py"), "def process(:\n");
    CliRun run = validate("twin");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(codes(run)).contains("TL-VALUE-UNKNOWN", "TL-CODE-SYNTAX");
  }

  @Test
  void aProjectWithErrorsForItsTargetIsInvalid() throws IOException {
    init();
    CliRun run = validate("twin", "--target", "cloud");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(run.json().get("valid")).isEqualTo(JsonBoolean.FALSE);
    assertThat(codes(run)).contains("TL-CLOUD-NOT-THERE");
    assertThat(CliRun.in(folder, "validate", "twin", "--target", "cloud").out())
        .contains("The project is invalid: ");
    assertThat(validate("twin").exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whatOnlyTheCloudsReadIsAnErrorThereAndAWarningHere() throws IOException {
    init();
    Files.writeString(folder.resolve("twin/config_inter_cloud.json"), "{\"connections\": [");
    CliRun here = validate("twin");
    CliRun there = validate("twin", "--target", "cloud");

    assertThat(here.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(codes(here)).containsExactly("TL-JSON-SYNTAX");
    assertThat(there.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(codes(there)).containsOnlyOnce("TL-JSON-SYNTAX");
  }

  @Test
  void aZipThatIsRefusedIsAnInvalidProjectAlsoForAMachine() throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("p.zip")))) {
      zip.putNextEntry(new ZipEntry("../../evil"));
    }
    Files.writeString(folder.resolve("q.zip"), "no ZIP");

    for (String file : List.of("p.zip", "q.zip")) {
      CliRun run = validate(file);
      assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID);
      assertThat(run.json().get("valid")).isEqualTo(JsonBoolean.FALSE);
      assertThat(codes(run)).hasSize(1).allMatch(code -> code.startsWith("TL-ZIP-"));
    }
  }

  @Test
  void anArgumentThatBeginsWithAnAtSignIsAPath() throws IOException {
    Files.writeString(folder.resolve("secret"), "hunter2");
    CliRun run = CliRun.in(folder, "validate", "@" + folder.resolve("secret"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out() + run.err()).contains("TL-PROJECT-MISSING").doesNotContain("hunter2");
  }

  @Test
  void anEmptyPathIsBadUsage() {
    CliRun run = CliRun.in(folder, "validate", "");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("the path is empty");
  }

  @Test
  void aPathThatTheLocaleCannotWriteIsBadUsageInPlainWords() {
    CliRun run = CliRun.in(folder, "validate", "a\0b");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("\"a\\x00b\" cannot be a path").doesNotContain("java.");
  }

  @Test
  void aCharacterOutsideTheFirstPlaneIsShownAsItIs() throws IOException {
    init();
    change("config_iot_devices.json", "\"sensor-1\"", "\"😀\"");

    assertThat(validate("twin").out()).contains("😀");
    assertThat(CliRun.in(folder, "validate", "twin").out()).contains("\"😀\" cannot be the id");
  }

  private void init() {
    assertThat(CliRun.in(folder, "init", "twin").exitCode()).isEqualTo(ExitCode.DONE);
  }

  private void change(String file, String from, String to) throws IOException {
    Path path = folder.resolve("twin").resolve(file);
    String text = Files.readString(path, StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  private CliRun validate(String... args) {
    List<String> all = new ArrayList<>(List.of("validate", "--json"));
    all.addAll(List.of(args));
    return CliRun.in(folder, all.toArray(String[]::new));
  }

  private static List<String> codes(CliRun run) {
    return run.json().array("problems").orElse(JsonArray.EMPTY).values().stream()
        .map(problem -> ((JsonObject) problem).text("code").orElse(""))
        .toList();
  }
}
