package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.ExistingProject.Time;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Projects of the original system are taken as they are. */
class ExistingProjectsTest {

  /** What is untidy in them, or is reported anyway. */
  private static final List<String> WARNINGS =
      List.of(
          "TL-CODE-IMPORT",
          "TL-CODE-PACKAGE-MISSING",
          "TL-CONDITION-PATH",
          "TL-CONNECTION-MISMATCH",
          "TL-CONNECTION-UNKNOWN",
          "TL-FILE-UNKNOWN",
          "TL-HIERARCHY-OTHER-CLOUD",
          "TL-KEY-MISSING",
          "TL-KEY-UNKNOWN",
          "TL-TOKEN-SHORT",
          "TL-VALUE-BLANK",
          "TL-WORKFLOW-GENERATED",
          "TL-CODE-UNUSED",
          "TL-WORKFLOW-SHAPE");

  /** What its requirements ask for cannot be had: the functions that need it fail, and no other. */
  private static final Map<String, String> OFFLINE =
      Map.of("PIP_NO_INDEX", "1", "PIP_CONFIG_FILE", "/dev/null");

  @TempDir Path folder;

  static Stream<ExistingProject> all() {
    return Arrays.stream(Time.values()).flatMap(ExistingProject::scenarios);
  }

  static Stream<ExistingProject> some() {
    return Stream.concat(
        ExistingProject.scenarios(Time.NEWEST),
        Stream.of(Time.DECEMBER, Time.JANUARY)
            .flatMap(time -> ExistingProject.scenarios(time).skip(2).limit(2)));
  }

  static Stream<ExistingProject> one() {
    return Arrays.stream(Time.values())
        .flatMap(time -> ExistingProject.scenarios(time).skip(2L + time.ordinal()).limit(1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("one")
  @DisplayName("a project of the original system is used as it is")
  void anExistingProjectIsValidWithWarnings(ExistingProject project) throws Exception {
    isValidWithWarnings(project);
  }

  @Tag("full")
  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void everyExistingProjectIsValidWithWarnings(ExistingProject project) throws Exception {
    isValidWithWarnings(project);
  }

  private void isValidWithWarnings(ExistingProject project) throws Exception {
    project.write(folder);
    CliRun run = CliRun.in(folder, "validate", project.name(), "--json");

    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.DONE);
    assertThat(run.objects("problems"))
        .allSatisfy(
            problem -> {
              assertThat(problem.text("severity")).contains("warning");
              assertThat(problem.text("code").orElse("")).isIn(WARNINGS);
            })
        .extracting(problem -> problem.text("code").orElse(""))
        .contains("TL-TOKEN-SHORT", "TL-VALUE-BLANK");
  }

  /** Feedback code of the original publishes by itself, with a client that is not here. */
  @Tag("full")
  @ParameterizedTest(name = "{0}")
  @MethodSource("some")
  void anExistingProjectRunsAndStoresWhatItsSimulatorSends(ExistingProject project)
      throws Exception {
    Path twin = project.write(folder);
    ForegroundTwin running =
        ForegroundTwin.start(
            folder, OFFLINE, project.name(), "--json", "--retry-gaps", "50ms,50ms");
    try {
      for (JsonValue payload : payloads(twin)) {
        String device = ((JsonObject) payload).text("iotDeviceId").orElseThrow();
        assertThat(run(project, "send", "--device", device, payload.toString()).exitCode())
            .isEqualTo(ExitCode.DONE);
      }
      awaitStored(project, "temperature-sensor-1", "28", "29.5", "30");
      awaitStored(project, "temperature-sensor-2", "31.25");
      awaitStored(project, "pressure-sensor-1", "999.25", "1000.5");
      awaitFired(project);
      assertThat(run(project, "verify").exitCode()).isEqualTo(ExitCode.DONE);
      assertThat(run(project, "dead-letters", "--json").objects("items"))
          .allSatisfy(
              letter -> assertThat(letter.text("function").orElse("")).endsWith("-event-feedback"));
    } finally {
      assertThat(run(project, "destroy").exitCode()).isEqualTo(ExitCode.DONE);
      running.up().get(60, TimeUnit.SECONDS);
    }
  }

  private static List<JsonValue> payloads(Path twin) throws Exception {
    String text = Files.readString(twin.resolve("iot_device_simulator/payloads.json"));
    return Json.parse(text) instanceof JsonArray list ? list.values() : List.of();
  }

  private void awaitStored(ExistingProject project, String device, String... values) {
    String property = device.startsWith("pressure") ? "pressure" : "temperature";
    await()
        .untilAsserted(
            () ->
                assertThat(run(project, "query", "--device", device, "--json").objects("items"))
                    .extracting(item -> String.valueOf(item.get(property)))
                    .containsExactly(values));
  }

  private void awaitFired(ExistingProject project) {
    await()
        .untilAsserted(
            () ->
                assertThat(run(project, "status", "--json").objects("rules"))
                    .isNotEmpty()
                    .allSatisfy(
                        rule -> assertThat(String.valueOf(rule.get("fired"))).isEqualTo("1")));
    if (project.time() == Time.NEWEST) {
      await()
          .untilAsserted(() -> assertThat(run(project, "logs").out()).contains("reported: high"));
    }
  }

  private CliRun run(ExistingProject project, String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, project.name()));
    args.addAll(List.of(more));
    return CliRun.in(folder, args.toArray(String[]::new));
  }
}
