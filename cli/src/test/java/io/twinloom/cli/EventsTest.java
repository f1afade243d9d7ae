package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of the example, as a user meets them in the commands. */
class EventsTest {

  @TempDir static Path folder;

  private static ForegroundTwin twin;

  @BeforeAll
  static void start() throws Exception {
    assertThat(CliRun.in(folder, "init", "farm", "--from", "greenhouse").exitCode())
        .isEqualTo(ExitCode.DONE);
    Files.writeString(
        folder.resolve("farm/event_actions/gardener/process.py"),
        """
        def process(given):
            print("dry:", given["event"]["soil_moisture"])
            if given["event"]["soil_moisture"] < 5:
                raise ValueError("a desert")
        """);
    Files.writeString(
        folder.resolve("farm/config_optimization.json"),
        """
        {"result": {"inputParamsUsed": {
          "useEventChecking": true, "triggerNotificationWorkflow": true,
          "returnFeedbackToDevice": true, "integrateErrorHandling": true}}}
        """);
    twin = ForegroundTwin.start(folder, "farm", "--json", "--retry-gaps", "50ms,50ms");
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(twin.destroy().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(twin.ended().exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void theStatusCountsHowOftenEachRuleFiredAndWasSkipped() {
    long fired = number(rule(1), "fired");
    long skipped = number(rule(1), "skipped");
    send("{\"soil_moisture\": 20, \"valve_open\": false}");
    send("{\"soil_moisture\": 20}");
    await()
        .untilAsserted(
            () -> {
              assertThat(number(rule(1), "fired")).isGreaterThan(fired);
              assertThat(number(rule(1), "skipped")).isGreaterThan(skipped);
            });
    assertThat(rule(1).text("does")).contains("function gardener, command to irrigation");
    assertThat(rule(2).text("does"))
        .contains("workflow water_used, then diary, command to irrigation");
    CliRun text = twin.run("status", "farm");
    assertThat(text.out())
        .contains("rule 1", "fired", "function gardener")
        .doesNotContain("rule-1");
  }

  @Test
  void aWorkflowRunsItsTwoFunctionsInTurnWhateverTheyAreWrittenIn() {
    send("{\"soil_moisture\": 40, \"valve_open\": true}");
    await()
        .untilAsserted(
            () ->
                assertThat(twin.run("logs", "farm", "--function", "greenhouse-diary").out())
                    .contains("watered with 126 litres"));
  }

  @Test
  void whatAnActionPrintsIsInTheLog() {
    send("{\"soil_moisture\": 19.75, \"valve_open\": false}");
    await()
        .untilAsserted(
            () ->
                assertThat(twin.run("logs", "farm", "--function", "greenhouse-gardener").out())
                    .contains("dry: 19.75"));
  }

  @Test
  void anActionThatFailsIsADeadLetterWithItsErrorAndTrace() {
    send("{\"soil_moisture\": 1, \"valve_open\": false}");
    await().untilAsserted(() -> assertThat(deadLetter("greenhouse-gardener")).isPresent());
    JsonObject letter = deadLetter("greenhouse-gardener").orElseThrow();
    assertThat(letter.text("cloud")).contains("azure");
    assertThat(letter.text("error").orElseThrow())
        .contains("[USER_LOGIC_ERROR]", "irrigation", "ValueError: a desert (process.py:4)");
    assertThat(letter.text("trace_id").orElseThrow()).hasSize(36);
    assertThat(letter.object("event").orElseThrow().members())
        .containsOnlyKeys("e", "event", "trace_id");
  }

  @Test
  void aDeadLetterRaisesAnAlarmInTheStatusWhereTheProjectAsksForIt() {
    send("{\"soil_moisture\": 2, \"valve_open\": false}");
    await().untilAsserted(() -> assertThat(deadLetter("greenhouse-gardener")).isPresent());
    assertThat(twin.run("status", "farm", "--json").json().array("alarms").orElseThrow().values())
        .hasSize(1);
    assertThat(twin.run("status", "farm").out())
        .containsPattern("alarm: \\d+ dead letters? waits?");
  }

  @Test
  void simulatedDevicesShowTheCommandsThatTheyGet() {
    CliRun run =
        twin.run(
            "simulate", "farm", "--rate", "20", "--for", "1s", "--devices", "irrigation", "--json");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(number(run.json(), "commands")).isPositive();

    CliRun lines =
        twin.run("simulate", "farm", "--rate", "20", "--for", "1s", "--devices", "irrigation");
    assertThat(lines.out())
        .contains("irrigation <- {\"valve\":\"open\",\"litres\":103.6}", "commands received");
  }

  private static void send(String measurement) {
    assertThat(twin.run("send", "farm", "--device", "irrigation", measurement).exitCode())
        .isEqualTo(ExitCode.DONE);
  }

  private static JsonObject rule(int number) {
    return twin.run("status", "farm", "--json").objects("rules").get(number - 1);
  }

  private static Optional<JsonObject> deadLetter(String function) {
    return twin.run("dead-letters", "farm", "--json").objects("items").stream()
        .filter(letter -> letter.text("function").equals(Optional.of(function)))
        .findFirst();
  }

  private static long number(JsonObject object, String name) {
    return object.get(name) instanceof JsonNumber n ? n.asDecimal().longValue() : -1;
  }
}
