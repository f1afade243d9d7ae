package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.cli.terminal.Tty;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands tell of a running twin: hostile text, mistakes of the user, what failed. */
class CommandAnswersTest {

  @TempDir static Path folder;

  private static final ByteArrayOutputStream UP = new ByteArrayOutputStream();

  private static CompletableFuture<CliRun> up;

  @BeforeAll
  static void start() throws Exception {
    Path twin = Files.createDirectories(folder.resolve("twin"));
    Files.writeString(
        twin.resolve("config.json"),
        """
        {"digital_twin_name": "hall", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "DEBUG"}
        """);
    Files.writeString(
        twin.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "azure", "layer_3_hot_provider": "google",
         "layer_3_cold_provider": "google", "layer_3_archive_provider": "google"}
        """);
    Files.writeString(
        twin.resolve("config_iot_devices.json"),
        """
        [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"},
                                     {"name": "label", "dataType": "STRING"}]},
         {"id": "s2", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
         {"id": "coded", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
        """);
    Path code = Files.createDirectories(twin.resolve("processors/coded"));
    Files.writeString(
        code.resolve("process.py"),
        """
        def process(event):
            print("looked at \\x1b[31m" + str(event.get("t")))
            if event.get("t") == 13:
                raise ValueError("no \\x1b]0;thirteen\\x07 here")
            return event
        """);
    up = CliRun.goingOn(folder, false, UP, "up", "twin", "--retry-gaps", "50ms,50ms");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> up.isDone() || Files.exists(twin.resolve(".twinloom/endpoints.json")));
    assertThat(up).isNotDone();
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(run("destroy", "twin").exitCode()).isEqualTo(ExitCode.DONE);
    CliRun ended = up.get(30, TimeUnit.SECONDS);
    assertThat(ended.err())
        .as("printed lines, errors and dead letters as they happened")
        .contains("hall-coded-processor  looked at \\x1b[31m13")
        .contains("ValueError")
        .contains("new dead letter")
        .contains("dead-letters twin")
        .contains("asked for by 'twinloom destroy'");
    assertClean(ended);
  }

  private static CliRun run(String... args) {
    return CliRun.in(folder, args);
  }

  /** What only a person sees, with colours. */
  private static String seen(String... args) throws Exception {
    return CliRun.goingOn(folder, true, new ByteArrayOutputStream(), args)
        .get(60, TimeUnit.SECONDS)
        .out();
  }

  private static void assertClean(CliRun run) {
    assertThat(controls(run.out())).isEmpty();
    assertThat(controls(run.err())).isEmpty();
  }

  private static List<Integer> controls(String text) {
    return text.chars().filter(c -> Character.isISOControl(c) && c != '\n').boxed().toList();
  }

  private static JsonObject item(String device, String from, String to) {
    return (JsonObject)
        run("query", "twin", "--device", device, "--from", from, "--to", to, "--json")
            .json()
            .array("items")
            .orElse(JsonArray.EMPTY)
            .values()
            .getFirst();
  }

  private static JsonObject letters() {
    return run("dead-letters", "twin", "--json").json();
  }

  private static List<JsonObject> groups(String device) {
    return letters().array("groups").orElseThrow().values().stream()
        .map(JsonObject.class::cast)
        .filter(group -> group.text("device").orElse("").equals(device))
        .toList();
  }

  @Test
  @DisplayName("a device's values and names steer the terminal of who reads them")
  void controlCharactersOfADeviceAreShownAndSteerNoTerminal() throws Exception {
    String controls =
        IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f))
            .mapToObj(Character::toString)
            .reduce("", String::concat);
    JsonObject event =
        JsonObject.builder()
            .put("t", 1)
            .put("label", "v" + controls + "\u001b[31mred")
            .put("n" + controls + "\u001b[31mfake", 2)
            .put("ts", "2026-01-01T00:00:00Z")
            .build();
    CliRun sent = run("send", "twin", "--device", "s1", "--wait", Json.text(event));
    assertThat(sent.exitCode()).as(sent.out() + sent.err()).isEqualTo(ExitCode.DONE);
    assertClean(sent);
    String[] query = {
      "query", "twin", "--device", "s1", "--from", "2026-01-01", "--to", "2026-01-02"
    };
    CliRun text = run(query);
    assertThat(text.out()).contains("\\x1b[31mred", "\\n", "\\x07").hasLineCount(2);
    assertClean(text);
    assertThat(seen(query)).doesNotContain("\u001b[31m");
    for (String[] command :
        List.of(
            new String[] {"query", "twin", "--device", "s1", "--format", "csv"},
            new String[] {"values", "twin"},
            new String[] {"logs", "twin"},
            new String[] {"status", "twin"},
            new String[] {"dead-letters", "twin"},
            new String[] {"plan", "twin"})) {
      assertClean(run(command));
    }
  }

  @Test
  @DisplayName("a message is sent by hand for a device that there is not")
  void whatIsSentIsCheckedByTheProjectFirst() {
    CliRun device = run("send", "twin", "--device", "s9", "{}");
    assertThat(device.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(device.err()).contains("no device \"s9\"", "Did you mean \"s1\"?");
    for (String message : List.of("hello", "[1]", "5")) {
      CliRun run = run("send", "twin", "--device", "s1", message);
      assertThat(run.exitCode()).as(message).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("TL-SEND-MESSAGE", "--unchecked");
    }
    assertThat(run("send", "twin", "--device", "s1", "{\"lable\": 1, \"ts\": 1}").err())
        .contains("\"lable\" is no configured property", "did you mean \"label\"?");
    assertThat(run("simulate", "twin", "--devices", "s9", "--for", "1s").err())
        .contains("Did you mean");
  }

  @Test
  void whoWaitsForAMessageSeesWhatWasStoredOfIt() {
    CliRun run = run("send", "twin", "--device", "s2", "--wait", "{\"t\": 4.50}", "--json");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.json().get("stored")).isEqualTo(JsonBoolean.TRUE);
    assertThat(run.json().object("item").orElseThrow().get("t")).hasToString("4.50");
  }

  @Test
  @DisplayName("a message that was sent by hand is not stored")
  void whoWaitsForAMessageSeesWhyItWasNotStored() {
    CliRun run = run("send", "twin", "--device", "coded", "--wait", "{\"t\": 13}");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).contains("Not stored", "ValueError", "dead letter");
    assertClean(run);
    CliRun logs = run("logs", "twin", "--device", "coded", "--level", "warn");
    assertThat(logs.out()).contains("no \\x1b]0;thirteen\\x07 here");
    assertClean(logs);
    CliRun list = run("dead-letters", "twin");
    assertThat(list.out()).contains("device coded", "payload", "thirteen");
    assertClean(list);
  }

  @Test
  void aSimulationThatIsWaitedForSaysHowMuchWasStored() {
    CliRun run =
        run("simulate", "twin", "--devices", "s2", "--rate", "20", "--for", "500ms", "--wait");

    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).containsPattern("\\d+ stored, 0 dead letters");
  }

  @Test
  @DisplayName("a device that is not configured sends again and again")
  void messagesOfAnUnknownDeviceAreOneGroupStayOneLetterEachAndCanBeDiscarded() throws Exception {
    URI mqtt =
        URI.create(
            Json.parseObject(Files.readAllBytes(folder.resolve("twin/.twinloom/endpoints.json")))
                .object("clouds")
                .flatMap(c -> c.object("aws"))
                .flatMap(c -> c.text("mqtt"))
                .orElseThrow());
    try (MqttDeviceClient stranger =
        MqttDeviceClient.connect(mqtt, MqttAccess.OPEN, "hall", "stranger")) {
      for (int i = 0; i < 3; i++) {
        stranger
            .publish("nobody", ("{\"t\": " + i + "}").getBytes(StandardCharsets.UTF_8))
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
      }
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(groups("nobody").getFirst().get("count")).hasToString("3"));
    assertThat(run("dead-letters", "twin").out())
        .contains("3 dead letters of hall-dispatcher on aws, device nobody")
        .contains("payload  {\"t\": ");

    String ids = ids("nobody");
    CliRun replayed = run("dead-letters", "twin", "replay", "--id", ids);
    assertThat(replayed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(replayed.out()).contains("3 dead letters handed in again.", "3 came back: ");
    assertThat(groups("nobody").getFirst().get("count")).hasToString("3");

    assertThat(run("dead-letters", "twin", "discard").exitCode()).isEqualTo(ExitCode.USAGE);
    CliRun discarded = run("dead-letters", "twin", "discard", "--id", ids("nobody"));
    assertThat(discarded.out()).contains("3 dead letters discarded.");
    assertThat(groups("nobody")).isEmpty();
  }

  private static String ids(String device) {
    return String.join(
        ",",
        groups(device).getFirst().array("ids").orElseThrow().values().stream()
            .map(id -> id.toString().replace("\"", ""))
            .toList());
  }

  @Test
  void aReplayThatGoesThroughIsTold() throws Exception {
    run("send", "twin", "--device", "s1", "--unchecked", "no object at all");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(groups("s1")).isNotEmpty());
    CliRun again = run("dead-letters", "twin", "replay", "--id", ids("s1"), "--json");
    assertThat(again.json().array("cameBack").orElseThrow().values()).hasSize(1);
  }

  @Test
  void theNewestValueOfEachPropertyOfAllDevicesIsShown() {
    run("send", "twin", "--device", "s2", "--wait", "{\"t\": 7, \"ts\": \"2100-01-01\"}");

    CliRun text = run("values", "twin", "--device", "s2");
    assertThat(text.out()).containsPattern("s2 +t +7  in \\d+ d");
    JsonObject device =
        (JsonObject)
            run("values", "twin", "--device", "s2", "--json")
                .json()
                .array("devices")
                .orElseThrow()
                .values()
                .getFirst();
    assertThat(device.text("device")).contains("s2");
    assertThat(device.array("values").orElseThrow().values().getFirst())
        .hasToString("{\"property\":\"t\",\"value\":7,\"time\":\"2100-01-01T00:00:00.000000Z\"}");
  }

  @Test
  void anAnswerAsCsvHasAColumnForEachProperty() {
    run("send", "twin", "--device", "s1", "--wait", "{\"t\": 1, \"ts\": \"2025-01-01T00:00:00Z\"}");
    run(
        "send",
        "twin",
        "--device",
        "s1",
        "--wait",
        "{\"label\": \"a, \\\"b\\\"\", \"ts\": \"2025-01-01T00:00:01Z\"}");
    CliRun csv =
        run(
            "query",
            "twin",
            "--device",
            "s1",
            "--from",
            "2025-01-01",
            "--to",
            "2025-01-02",
            "--format",
            "csv");
    assertThat(csv.out())
        .isEqualTo(
            """
            timestamp,t,label
            2025-01-01T00:00:00.000000Z,1,
            2025-01-01T00:00:01.000000Z,,"a, ""b""\"
            """);
    assertThat(csv.err()).contains("2 items");
  }

  @Test
  void mistakesInAQueryAreToldInTheWordsOfTheCommand() {
    CliRun device = run("query", "twin", "--device", "code");
    assertThat(device.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(device.err()).contains("no device \"code\"", "Did you mean \"coded\"?");

    CliRun property =
        run("query", "twin", "--device", "s1", "--property", "lable", "--from", "1999-01-01");
    assertThat(property.err()).contains("0 items", "did you mean \"label\"?");

    CliRun time = run("query", "twin", "--device", "s1", "--from", "1h");
    assertThat(time.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(time.err()).contains("write -1h");
    assertThat(run("query", "twin", "--device", "s1", "--from", "now", "--to", "-1h").err())
        .contains("--from is after --to");
  }

  @Test
  @DisplayName("the log of one device's last errors is wanted")
  void theLogIsCutByTailLevelDeviceAndTime() {
    run("send", "twin", "--device", "coded", "--wait", "{\"t\": 5}");

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(run("logs", "twin", "--device", "coded").out())
                    .contains("hall-dispatcher", "hall-hot-writer", "looked at \\x1b[31m5")
                    .doesNotContain("device=s1", "device=s2"));
    assertThat(run("logs", "twin", "--function", "coded-processor").out())
        .contains("looked at \\x1b[31m5");
    assertThat(run("logs", "twin", "--tail", "3").out()).hasLineCount(3);
    assertThat(run("logs", "twin", "--since", "now").out()).isEmpty();
    assertThat(run("logs", "twin", "--level", "error").out()).doesNotContain(" INFO ");
    assertThat(run("logs", "twin", "--function", "dispatcher", "--tail", "1").out())
        .contains("hall-dispatcher");
  }

  @Test
  void anUnknownFunctionOrTraceOfTheLogIsTold() {
    CliRun function = run("logs", "twin", "--function", "dispacher");
    assertThat(function.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(function.err()).contains("Did you mean hall-dispatcher?");

    CliRun trace = run("logs", "twin", "--trace", "nope");
    assertThat(trace.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(trace.err()).contains("no line of the trace \"nope\"");
  }

  @Test
  @DisplayName("the reader of a followed log has gone")
  void whoFollowsALogEndsWhenItsReaderHasGone() throws Exception {
    PrintStream gone =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            },
            true,
            StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(gone, gone, System.getenv(), folder, false, Tty.fixed(80, 24));
    assertThat(new Cli(terminal).run("values", "twin", "--watch"))
        .as("the values, whose reader has gone, too")
        .isEqualTo(ExitCode.DONE);
    CompletableFuture<Integer> following =
        CompletableFuture.supplyAsync(
            () -> new Cli(terminal).run("logs", "twin", "--follow", "--tail", "0"),
            task -> Thread.ofPlatform().start(task));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              run("send", "twin", "--device", "s2", "{\"t\": 1, \"ts\": \"2019-01-01\"}");
              return following.isDone();
            });
    assertThat(following.get()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void theSpellingOfAStoredItemIsKept() {
    run("send", "twin", "--device", "s2", "--wait", "{\"t\": 1.10, \"ts\": \"2020-01-01\"}");
    assertThat(item("s2", "2020-01-01", "2020-01-02").get("t")).hasToString("1.10");
  }
}
