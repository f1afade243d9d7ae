package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code init}, {@code validate} and {@code plan} say of a new project and of mistakes in it.
 */
class NewProjectTest {

  @TempDir Path folder;

  @Test
  @DisplayName("a new project is committed to Git")
  void secretsAndMeasurementsOfANewProjectAreNotCommitted() throws Exception {
    init("twin");

    assertThat(Files.readString(folder.resolve("twin/.gitignore")))
        .contains(".twinloom/", "config_inter_cloud.json", "config_credentials.json");
  }

  @Test
  void aNewProjectIsValid() {
    init("twin");
    CliRun run = CliRun.in(folder, "validate", "twin", "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.json()).isEqualTo(json("{\"valid\":true,\"problems\":[]}"));
  }

  @Test
  void theExampleOfTheDemonstrationIsValid() {
    assertThat(CliRun.in(folder, "init", "farm", "--from", "greenhouse").exitCode())
        .isEqualTo(ExitCode.DONE);
    CliRun run = CliRun.in(folder, "validate", "farm", "--json");

    assertThat(run.json()).isEqualTo(json("{\"valid\":true,\"problems\":[]}"));
  }

  @Test
  void theUsersOwnWorkflowIsSaidNotToRunHere() throws Exception {
    assertThat(CliRun.in(folder, "init", "own", "--from", "greenhouse").exitCode())
        .isEqualTo(ExitCode.DONE);
    Files.createDirectories(folder.resolve("own/state_machines"));
    Files.writeString(
        folder.resolve("own/state_machines/azure_logic_app.json"),
        "{\"definition\": {\"$schema\": \"https://schema.management.azure.com/providers/"
            + "Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#\","
            + " \"triggers\": {}, \"actions\": {}}}");
    CliRun run = CliRun.in(folder, "validate", "own");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out() + run.err())
        .contains("state_machines/azure_logic_app.json", "generated workflow");
  }

  @Test
  void aNewProjectIsNotPutOverSomethingElse() throws Exception {
    Files.createDirectories(folder.resolve("full"));
    Files.writeString(folder.resolve("full/notes.txt"), "mine");

    CliRun run = CliRun.in(folder, "init", "full");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("TL-INIT-NOT-EMPTY");
    assertThat(folder.resolve("full/config.json")).doesNotExist();
  }

  @Test
  void anUnknownExampleIsNamedWithThoseThereAre() {
    CliRun run = CliRun.in(folder, "init", "x", "--from", "submarine");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("submarine", "minimal, greenhouse");
  }

  @Test
  void anInvalidProjectEndsWithThreeAndEachProblemHasItsPlaceAndFix() throws Exception {
    init("twin");
    Path providers = folder.resolve("twin/config_providers.json");
    Files.writeString(
        providers,
        Files.readString(providers)
            .replace("\"layer_2_provider\": \"azure\"", "\"layer_2_provider\": \"amazon\""));

    CliRun run = CliRun.in(folder, "validate", "twin", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(run.json().get("valid")).isEqualTo(JsonBoolean.FALSE);
    JsonObject problem =
        (JsonObject) run.json().array("problems").orElse(JsonArray.EMPTY).values().get(0);
    assertThat(problem.members())
        .containsOnlyKeys("severity", "code", "file", "line", "pointer", "message", "fix");
    assertThat(problem.text("severity")).contains("error");
    assertThat(problem.text("file")).contains("config_providers.json");
    assertThat(problem.text("pointer")).contains("/layer_2_provider");
    assertThat(String.valueOf(problem.get("line"))).isEqualTo("5");
  }

  @Test
  void forPeopleTheProblemsAreGroupedByTheirFiles() throws Exception {
    init("twin");
    Path config = folder.resolve("twin/config.json");
    Files.writeString(config, Files.readString(config).replace("\"PRODUCTION\"", "\"TESTING\""));

    CliRun run = CliRun.in(folder, "validate", "twin");

    assertThat(run.out()).startsWith("config.json\n  error  line 6  /mode");
    assertThat(run.out()).contains("fix: ", "The project is invalid: 1 error, 0 warnings.");
  }

  @Test
  void theErrorOfAnInvalidProjectHasItsProblems() throws Exception {
    init("twin");
    Files.writeString(folder.resolve("twin/config.json"), "{}");
    CliRun run = CliRun.in(folder, "plan", "twin", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID);
    JsonObject error = run.json().object("error").orElseThrow();
    assertThat(error.text("code")).contains("TL-PROJECT-INVALID");
    assertThat(error.array("problems").orElseThrow().values()).isNotEmpty();
  }

  @Test
  void anInvalidProjectIsNotPlanned() throws Exception {
    init("twin");
    Files.delete(folder.resolve("twin/config.json"));

    CliRun run = CliRun.in(folder, "plan", "twin");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("config.json");
  }

  @Test
  void aProjectThatIsNotThereFailsWithoutAStackTrace() {
    CliRun run = CliRun.in(folder, "validate", "nowhere");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("TL-PROJECT-MISSING", "fix:").doesNotContain("\tat ");
  }

  @Test
  void aPlanNamesFunctionsStoresSchedulesAndConnections() {
    init("twin");
    JsonObject plan = CliRun.in(folder, "plan", "twin", "--json").json();

    assertThat(plan.members()).containsKeys("functions", "stores", "schedules", "connections");
    JsonObject dispatcher =
        (JsonObject) plan.array("functions").orElse(JsonArray.EMPTY).values().get(0);
    assertThat(dispatcher.members())
        .containsKeys("name", "function", "cloud", "layer", "exposed", "why");
    assertThat(plan).isEqualTo(CliRun.in(folder, "plan", "twin", "--format", "json").json());
  }

  @Test
  void aPlanCanBeAPicture() {
    init("twin");

    assertThat(CliRun.in(folder, "plan", "twin", "--format", "mermaid").out())
        .contains("flowchart");
  }

  private void init(String name) {
    assertThat(CliRun.in(folder, "init", name).exitCode()).isEqualTo(ExitCode.DONE);
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
