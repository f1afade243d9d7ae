package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.command.Catalogue;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, version and completion, and what a call that is written wrongly is answered. */
class CommandLineTest {

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
    assertThat(run.err()).as("people read it, too").contains("error: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cost . --budget x",
        "cost . --budget ",
        "query . --device d --limit x",
        "query . --device d --limit 1.5",
        "logs . --tail 99999999999999999999",
        "simulate . --rate x",
        "simulate . --rate NaN",
        "why . --device ",
        "query . --device ",
        "traces . ",
        "up . --new-store x",
        "deploy . --delete-data=x",
        "deploy . --delete-data=x:y",
        "deploy . --delete-data=aws:",
      })
  void anArgumentThatIsNoneOfItsKindIsNamedInPlainWords(String call) {
    CliRun run = CliRun.in(folder, call.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .containsAnyOf(
            "is not a number", "is not a whole number", "is not empty", "is none of", "CLOUD:STORE")
        .doesNotContain("java.", "BigDecimal", "an int", "a long", "a double", "address");
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
  void aDurationThatIsNoneIsBadUsageAndShowsTheForm() {
    CliRun run = CliRun.in(folder, "up", ".", "--retry-gaps", "1s,soon");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("'soon'", "500ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "l4",
        "l1 --delete-data",
        "l5 --copy",
        "l5 --anyway",
        "l3_hot --anyway",
      })
  void whatALayerDoesNotHaveCannotBeRetired(String layer) {
    CliRun run = CliRun.in(folder, ("retire twin " + layer).split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("l1");
  }
}
