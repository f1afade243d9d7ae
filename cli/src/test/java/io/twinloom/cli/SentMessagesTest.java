package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user who sends a message learns of it: stored, refused, or a dead letter. */
class SentMessagesTest {

  @TempDir static Path folder;

  private static ForegroundTwin twin;

  @BeforeAll
  static void start() throws Exception {
    HallProject.writeWithCode(folder);
    twin = ForegroundTwin.start(folder, "twin", "--retry-gaps", "50ms,50ms");
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(twin.destroy().exitCode()).isEqualTo(ExitCode.DONE);
    CliRun ended = twin.ended();
    assertThat(ended.err())
        .as("printed lines, errors and dead letters as they happened")
        .contains("hall-coded-processor  looked at \\x1b[31m13")
        .contains("ValueError")
        .contains("new dead letter")
        .contains("dead-letters twin")
        .contains("asked for by 'twinloom destroy'");
    assertThat(ended.controlCharacters()).isEmpty();
  }

  @Test
  @DisplayName("a message is sent by hand for a device that there is not")
  void whatIsSentIsCheckedByTheProjectFirst() {
    CliRun device = twin.run("send", "twin", "--device", "s9", "{}");
    assertThat(device.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(device.err()).contains("no device \"s9\"", "Did you mean \"s1\"?");
    for (String message : List.of("hello", "[1]", "5", "[]", "[{\"t\": 1}, null]")) {
      CliRun run = twin.run("send", "twin", "--device", "s1", message);
      assertThat(run.exitCode()).as(message).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("TL-SEND-MESSAGE", "--unchecked");
    }
    assertThat(twin.run("send", "twin", "--device", "s1", "{\"lable\": 1, \"ts\": 1}").err())
        .contains("\"lable\" is no configured property", "did you mean \"label\"?");
    assertThat(twin.run("simulate", "twin", "--devices", "s9", "--for", "1s").err())
        .contains("Did you mean");
  }

  @Test
  @DisplayName("several measurements are sent in one message, by hand")
  void aListIsSentAsADeviceMaySendIt() {
    String list = "[{\"t\": 1.25, \"ts\": 100}, {\"t\": 2.25, \"ts\": 200}]";
    CliRun run = twin.run("send", "twin", "--device", "s2", list);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    await()
        .untilAsserted(
            () ->
                assertThat(twin.run("query", "twin", "--device", "s2", "--to", "1970-01-02").out())
                    .contains("t=1.25", "t=2.25"));
    CliRun waited = twin.run("send", "twin", "--device", "s2", "--wait", list);
    assertThat(waited.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(waited.err()).contains("one measurement");
  }

  @Test
  void whoWaitsForAMessageSeesWhatWasStoredOfIt() {
    CliRun run = twin.run("send", "twin", "--device", "s2", "--wait", "{\"t\": 4.50}", "--json");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.json().get("stored")).isEqualTo(JsonBoolean.TRUE);
    assertThat(run.json().object("item").orElseThrow().get("t")).hasToString("4.50");
  }

  @Test
  @DisplayName("a message that was sent by hand is not stored")
  void whoWaitsForAMessageSeesWhyItWasNotStored() {
    CliRun run = twin.run("send", "twin", "--device", "coded", "--wait", "{\"t\": 13}");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).contains("Not stored", "ValueError", "dead letter");
    assertThat(run.controlCharacters()).isEmpty();
    CliRun logs = twin.run("logs", "twin", "--device", "coded", "--level", "warn");
    assertThat(logs.out()).contains("no \\x1b]0;thirteen\\x07 here");
    assertThat(logs.controlCharacters()).isEmpty();
    CliRun list = twin.run("dead-letters", "twin");
    assertThat(list.out()).contains("device coded", "payload", "thirteen");
    assertThat(list.controlCharacters()).isEmpty();
  }

  @Test
  void aSimulationThatIsWaitedForSaysHowMuchWasStored() {
    CliRun run =
        twin.run("simulate", "twin", "--devices", "s2", "--rate", "20", "--for", "500ms", "--wait");

    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).containsPattern("\\d+ stored, 0 dead letters");
  }

  @Test
  @DisplayName("a device that is not configured sends again and again")
  void messagesOfAnUnknownDeviceAreOneGroupStayOneLetterEachAndCanBeDiscarded() throws Exception {
    try (MqttDeviceClient stranger =
        MqttDeviceClient.connect(twin.mqtt(), MqttAccess.OPEN, "hall", "stranger")) {
      for (int i = 0; i < 3; i++) {
        stranger
            .publish("nobody", ("{\"t\": " + i + "}").getBytes(StandardCharsets.UTF_8))
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
      }
    }
    await()
        .untilAsserted(() -> assertThat(groups("nobody").getFirst().get("count")).hasToString("3"));
    assertThat(twin.run("dead-letters", "twin").out())
        .contains("3 dead letters of hall-dispatcher on aws, device nobody")
        .contains("payload  {\"t\": ");

    String ids = ids("nobody");
    CliRun replayed = twin.run("dead-letters", "twin", "replay", "--id", ids);
    assertThat(replayed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(replayed.out())
        .contains("3 dead letters handed in again.", "the code that is deployed", "3 came back: ");
    assertThat(groups("nobody").getFirst().get("count")).hasToString("3");

    assertThat(twin.run("dead-letters", "twin", "discard").exitCode()).isEqualTo(ExitCode.USAGE);
    CliRun discarded = twin.run("dead-letters", "twin", "discard", "--id", ids("nobody"));
    assertThat(discarded.out()).contains("3 dead letters discarded.");
    assertThat(groups("nobody")).isEmpty();
  }

  @Test
  void aReplayThatGoesThroughIsTold() throws Exception {
    twin.run("send", "twin", "--device", "s1", "--unchecked", "no object at all");
    await().untilAsserted(() -> assertThat(groups("s1")).isNotEmpty());
    CliRun again = twin.run("dead-letters", "twin", "replay", "--id", ids("s1"), "--json");
    assertThat(again.json().array("cameBack").orElseThrow().values()).hasSize(1);
    assertThat(twin.run("dead-letters", "twin", "--json").objects("items"))
        .filteredOn(letter -> letter.text("replay_of").isPresent())
        .anySatisfy(letter -> assertThat(letter.get("event").toString()).contains("s1"));
  }

  private static List<JsonObject> groups(String device) {
    return twin.run("dead-letters", "twin", "--json").objects("groups").stream()
        .filter(group -> group.text("device").orElse("").equals(device))
        .toList();
  }

  private static String ids(String device) {
    return String.join(
        ",",
        groups(device).getFirst().array("ids").orElseThrow().values().stream()
            .map(id -> id.toString().replace("\"", ""))
            .toList());
  }
}
