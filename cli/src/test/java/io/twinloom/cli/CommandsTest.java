package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.command.Catalogue;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

  @TempDir Path folder;

  @Test
  void helpNamesEveryCommand() {
    CliRun run = CliRun.in(folder, "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains(Catalogue.names());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandSaysWhatItDoesAndHasTheCommonOptions(String command) {
    CliRun run = CliRun.in(folder, command, "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("twinloom " + command, "--json", "--quiet", "--help");
    assertThat(run.out())
        .as("an example")
        .containsPattern("Examples:\n(.*\n)*.*twinloom " + command + "\\b");
  }

  static List<String> commands() {
    return Catalogue.names();
  }

  @Test
  void withoutACommandTheUsageIsSaidAndTheCallCountsAsWrong() {
    CliRun run = CliRun.in(folder);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("Usage: twinloom");
  }

  @Test
  void aMisspelledCommandIsBadUsageWithASuggestion() {
    CliRun run = CliRun.in(folder, "valdate", "x");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("valdate", "validate", "twinloom --help");
  }

  @Test
  void aMissingProjectIsBadUsage() {
    CliRun run = CliRun.in(folder, "validate");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("PROJECT", "twinloom validate --help");
  }

  @Test
  void anUnknownOptionIsBadUsage() {
    assertThat(CliRun.in(folder, "plan", ".", "--fromat", "json").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aMisspelledOptionIsNamedAlthoughTheRightOneIsMissing() {
    CliRun run = CliRun.in(folder, "query", "x", "--devise", "y");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("no option \"--devise\"", "Did you mean '--device'?");
  }

  @Test
  void aWordThatIsNearNoCommandGetsNoSuggestion() {
    assertThat(CliRun.in(folder, "frobnicate").err())
        .contains("no command \"frobnicate\"")
        .doesNotContain("Did you mean");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validate nowhere",
        "plan nowhere",
        "package nowhere --out x",
        "up nowhere",
        "deploy nowhere",
        "verify nowhere",
        "send nowhere --device d {}",
        "simulate nowhere",
        "query nowhere --device d",
        "values nowhere",
        "restore nowhere --device d --from -2d --to now",
        "logs nowhere --target cloud",
        "dead-letters nowhere",
        "move nowhere hot-to-cold",
        "tokens nowhere rotate",
        "init nowhere --from submarine",
        "check-credentials nowhere",
        "plan"
      })
  @DisplayName("a script reads the answer of a command that failed")
  void aCommandThatFailsAnswersWithItsErrorAsJson(String call) {
    List<String> words = new ArrayList<>(List.of(call.split(" ", -1)));
    words.add("--json");
    CliRun run = CliRun.in(folder, words.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.out()).isIn(ExitCode.FAILED, ExitCode.USAGE);
    JsonObject error = run.json().object("error").orElseThrow();
    assertThat(error.members()).containsKeys("code", "message", "where", "fix", "retryable");
    assertThat(error.text("code").orElse("")).startsWith("TL-");
    assertThat(run.err()).as("people are told, too").contains("error: ");
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
  void helpSaysTheSameAsTheOption() {
    assertThat(CliRun.in(folder, "help", "query").out())
        .isEqualTo(CliRun.in(folder, "query", "--help").out());
    assertThat(CliRun.in(folder, "help").out()).contains(Catalogue.names());
    CliRun unknown = CliRun.in(folder, "help", "qurey");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("Did you mean 'query'?");
  }

  @Test
  void theVersionIsSaidByCommandAndByOption() {
    assertThat(CliRun.in(folder, "version").out()).startsWith("twinloom ");
    assertThat(CliRun.in(folder, "-V").out()).startsWith("twinloom ");
    assertThat(CliRun.in(folder, "version", "--json").json().members())
        .containsKeys("version", "java");
  }

  @Test
  void aShellCompletesEveryCommandAndItsOptions() {
    String script = CliRun.in(folder, "completion", "bash").out();

    assertThat(script).contains(Catalogue.names()).contains("--retry-gaps", "complete -F");
    assertThat(CliRun.in(folder, "completion", "zsh").out()).contains("bashcompinit");
  }

  @Test
  @DisplayName("a new project is committed to Git")
  void secretsAndMeasurementsOfANewProjectAreNotCommitted() throws Exception {
    init("twin");

    assertThat(Files.readString(folder.resolve("twin/.gitignore")))
        .contains(".twinloom/", "config_inter_cloud.json", "config_credentials.json");
  }

  @Test
  @DisplayName("data is deleted by a mistake")
  void dataIsNotDeletedWithoutAskingOrBeingToldSo() throws Exception {
    init("twin");
    Files.createDirectories(folder.resolve("twin/.twinloom"));
    Path kept = Files.writeString(folder.resolve("twin/.twinloom/journal.json"), "{}");
    CliRun refused = CliRun.in(folder, "destroy", "twin", "--delete-data");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("--yes");
    assertThat(kept).exists();

    assertThat(CliRun.in(folder, "destroy", "twin", "--delete-data", "--yes").exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(kept).doesNotExist();
  }

  @Test
  void optionsOfThisMachineAreNotIgnoredOnTheClouds() {
    init("twin");
    CliRun run = CliRun.in(folder, "deploy", "twin", "--target", "cloud", "--port-base", "4000");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--port-base");
  }

  @Test
  void aDurationThatIsNoneIsBadUsageAndShowsTheForm() {
    CliRun run = CliRun.in(folder, "up", ".", "--retry-gaps", "1s,soon");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("'soon'", "500ms");
  }

  @Test
  void aProjectThatIsNotThereFailsWithoutAStackTrace() {
    CliRun run = CliRun.in(folder, "validate", "nowhere");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("TL-PROJECT-MISSING", "fix:").doesNotContain("\tat ");
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
  void anInvalidProjectIsNotPlanned() throws Exception {
    init("twin");
    Files.delete(folder.resolve("twin/config.json"));

    CliRun run = CliRun.in(folder, "plan", "twin");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("config.json");
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

  @Test
  void theStatusOfATwinThatNeverRanSaysThatItDoesNotRun() {
    init("twin");
    CliRun run = CliRun.in(folder, "status", "twin", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.json().members())
        .containsKeys("target", "layers", "functions", "connections", "deadLetters", "warnings");
    assertThat(run.json().get("running")).isEqualTo(JsonBoolean.FALSE);
    JsonObject layer =
        (JsonObject) run.json().array("layers").orElse(JsonArray.EMPTY).values().get(0);
    assertThat(layer).isEqualTo(json("{\"layer\":\"L1\",\"cloud\":\"aws\",\"healthy\":false}"));
  }

  @Test
  void askingATwinThatDoesNotRunFailsAndSaysHowToStartIt() {
    init("twin");
    for (String command : List.of("verify", "simulate", "dead-letters")) {
      CliRun run = CliRun.in(folder, command, "twin");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("TL-LOCAL-NOT-RUNNING", "twinloom up twin");
    }
  }

  @Test
  void endingWhatDoesNotRunIsDoneAtOnce() {
    init("twin");
    CliRun run = CliRun.in(folder, "destroy", "twin", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.json()).isEqualTo(json("{\"destroyed\":false,\"dataDeleted\":false}"));
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    init("twin");
    CliRun run = CliRun.in(folder, "up", "twin", "--mqtt-cert", "c.pem");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("TL-OPTION-MQTT-CERT", "--mqtt-key");
  }

  @Test
  void aFileOfUsersIsCheckedLineByLineAndNoPasswordIsShown() throws Exception {
    init("twin");
    Files.writeString(folder.resolve("users"), "anna:s3cret\nbert s3cret2\n");
    CliRun run = CliRun.in(folder, "up", "twin", "--mqtt-users", "users");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("Line 2").doesNotContain("s3cret");
  }

  private void init(String name) {
    assertThat(CliRun.in(folder, "init", name).exitCode()).isEqualTo(ExitCode.DONE);
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
