package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A twin over three clouds as a whole: status, tokens, log, dead letters, and starting it again.
 */
class RunningTwinTest {

  @TempDir static Path folder;

  private static ForegroundTwin twin;

  @BeforeAll
  static void start() throws Exception {
    HallProject.write(
        folder,
        "PRODUCTION",
        """
        [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
         {"id": "s2", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
        """);
    // It would take on what a test changes in the project, and later ones would find it changed
    // back.
    twin =
        ForegroundTwin.start(folder, "twin", "--json", "--no-watch", "--retry-gaps", "50ms,50ms");
  }

  @AfterAll
  static void stop() throws Exception {
    CliRun destroyed = twin.destroy();
    CliRun ended = twin.ended();

    assertThat(destroyed.json().get("destroyed")).isEqualTo(JsonBoolean.TRUE);
    assertThat(ended.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(ended.json().members()).containsKeys("pid", "api", "clouds");
    assertThat(twin.endpoints()).doesNotExist();
  }

  @Test
  void simulatedDevicesAreAcknowledged() {
    CliRun run =
        twin.run("simulate", "twin", "--rate", "50", "--for", "500ms", "--devices", "s2", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.json().get("acknowledged")).isEqualTo(run.json().get("sent"));
    assertThat(String.valueOf(run.json().get("sent"))).isNotEqualTo("0");
  }

  @Test
  void whatCannotBeProcessedIsADeadLetterThatCanBeReplayed() {
    twin.run("send", "twin", "--device", "s1", "--unchecked", "this is invalid JSON");

    await().untilAsserted(() -> assertThat(deadLetters()).isNotEmpty());
    JsonObject letter = deadLetters().get(0);
    assertThat(letter.members())
        .containsOnlyKeys(
            "id", "time", "function", "cloud", "error", "attempts", "trace_id", "event");
    assertThat(letter.text("function")).contains("hall-dispatcher");
    assertThat(letter.text("cloud")).contains("aws");

    CliRun replayed = twin.run("dead-letters", "twin", "replay", "--json");
    assertThat(String.valueOf(replayed.json().get("replayed"))).isEqualTo("1");
  }

  @Test
  void aMarkedMeasurementIsFollowedHopByHopAndLeavesNothingBehind() {
    CliRun run = twin.run("verify", "twin", "--device", "s1", "--json");

    assertThat(run.json().get("ok")).as(run.out()).isEqualTo(JsonBoolean.TRUE);
    assertThat(run.objects("hops").stream().map(h -> h.text("function").orElse("")))
        .containsExactly(
            "device-channel",
            "hall-dispatcher",
            "hall-connector",
            "hall-ingestion",
            "hall-processor",
            "hall-persister",
            "hall-hot-writer",
            "hall-hot-reader",
            "hall-twin-updater",
            "hall-history-reader",
            "hall-hot-to-cold-mover",
            "hall-cold-to-archive-mover");
    assertThat(run.objects("hops"))
        .allSatisfy(
            hop -> {
              assertThat(hop.members()).containsKeys("function", "cloud", "ok", "ms");
              assertThat(hop.get("ms")).isInstanceOf(JsonNumber.class);
            });
    assertThat(twin.query("s1", "2026-01-01", "2100-01-01").objects("items"))
        .noneSatisfy(item -> assertThat(item.has("_verify")).isTrue());
  }

  @Test
  void theStatusNamesLayersFunctionsAndConnections() {
    CliRun status = twin.run("status", "twin", "--json");

    assertThat(status.json().text("target")).contains("local");
    assertThat(status.json().get("running")).isEqualTo(JsonBoolean.TRUE);
    assertThat(status.objects("layers"))
        .allSatisfy(layer -> assertThat(layer.get("healthy")).isEqualTo(JsonBoolean.TRUE));
    JsonObject ingestion =
        status.objects("functions").stream()
            .filter(f -> f.text("name").orElse("").equals("hall-ingestion"))
            .findFirst()
            .orElseThrow();
    assertThat(ingestion.members()).containsKeys("name", "cloud", "url", "invocations", "errors");
    assertThat(status.objects("connections"))
        .isNotEmpty()
        .allSatisfy(c -> assertThat(c.text("state")).contains("ready"));
  }

  @Test
  void theUrlsOfTheStatusAskForTheirTokens() throws Exception {
    String url =
        twin.run("status", "twin", "--json").objects("functions").stream()
            .flatMap(f -> f.text("url").stream())
            .filter(u -> u.endsWith("-ingestion"))
            .findFirst()
            .orElseThrow();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void tokensAreListedWithoutShowingThem() throws Exception {
    CliRun run = twin.run("tokens", "twin", "--json");
    JsonObject book =
        Json.parseObject(Files.readAllBytes(twin.data().resolve("config_inter_cloud.json")));

    assertThat(run.objects("tokens")).isNotEmpty();
    for (Map.Entry<String, JsonValue> entry :
        book.object("connections").orElseThrow().members().entrySet()) {
      assertThat(run.out()).contains(entry.getKey());
      assertThat(run.out())
          .doesNotContain(((JsonObject) entry.getValue()).text("token").orElseThrow());
    }
  }

  @Test
  void aRotatedTokenIsAnotherOneAndMeasurementsFlowOn() {
    JsonObject before = tokens();
    CliRun rotated = twin.run("tokens", "twin", "rotate", "aws_l1_to_azure_l2", "--json");
    assertThat(rotated.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(rotated.json().array("rotated").orElseThrow().values())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one)
                    .isEqualTo(
                        JsonObject.builder()
                            .put("id", "aws_l1_to_azure_l2")
                            .put("formerValid", false)
                            .build()));
    JsonObject after = tokens();
    assertThat(after.get("aws_l1_to_azure_l2")).isNotEqualTo(before.get("aws_l1_to_azure_l2"));
    assertThat(after.get("azure_l2_to_gcp_l3")).isEqualTo(before.get("azure_l2_to_gcp_l3"));
    assertThat(twin.run("verify", "twin", "--json").json().get("ok")).isEqualTo(JsonBoolean.TRUE);
  }

  @Test
  void anUnknownConnectionIsNotRotated() {
    CliRun run = twin.run("tokens", "twin", "rotate", "aws_l1_to_mars_l2");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("no connection aws_l1_to_mars_l2").contains("tokens list");
  }

  @Test
  void theLogIsGivenAsOneObjectALine() {
    twin.run("send", "twin", "--device", "s1", "{\"t\": 9, \"ts\": \"2023-01-01T00:00:00Z\"}");
    twin.awaitItems("s1", "2023-01-01", "2023-01-02", 1);

    await()
        .untilAsserted(
            () -> {
              List<String> lines =
                  twin.run("logs", "twin", "--json", "--function", "hall-hot-writer")
                      .out()
                      .lines()
                      .toList();
              assertThat(lines).isNotEmpty();
              JsonObject line = Json.parseObject(lines.get(0).getBytes(StandardCharsets.UTF_8));
              assertThat(line.members())
                  .containsKeys("time", "level", "function", "cloud", "trace_id", "ms");
              // A run on several events has one line that counts their outcomes.
              assertThat(line.members().keySet()).containsAnyOf("outcome", "failed");
            });
  }

  @Test
  void aSecondTwinOnTheSameDataIsToldWhoHoldsThem() {
    CliRun run = twin.run("up", "twin");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("TL-LOCAL-HELD", "process " + ProcessHandle.current().pid());
  }

  @Test
  void deployingWhatRunsUnchangedChangesNothing() {
    CliRun run = twin.run("deploy", "twin", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains("It runs already");
    assertThat(String.valueOf(run.json().get("pid")))
        .isEqualTo(String.valueOf(ProcessHandle.current().pid()));
  }

  @Test
  void aPlanIsComparedWithWhatIsDeployed() {
    assertThat(twin.run("plan", "twin").out()).contains("nothing changes");
    assertThat(twin.run("plan", "twin", "--json").json().members()).containsKey("changes");
  }

  @Test
  @DisplayName(
      "user code or configuration is changed, and a plan is asked for before it is deployed")
  void aPlanSaysThatOnlyTheContentOfTheProjectIsNew() throws Exception {
    Path config = folder.resolve("twin/config.json");
    String before = Files.readString(config);
    try {
      Files.writeString(config, before + "\n");

      assertThat(twin.run("plan", "twin").out())
          .contains("new code or configuration")
          .doesNotContain("nothing changes");
      assertThat(twin.run("plan", "twin", "--json").json().get("contentChanged"))
          .isEqualTo(JsonBoolean.TRUE);
    } finally {
      Files.writeString(config, before);
    }
  }

  /** The fingerprints of each connection's tokens. */
  private static JsonObject tokens() {
    JsonObject.Builder byId = JsonObject.builder();
    for (JsonObject token : twin.run("tokens", "twin", "--json").objects("tokens")) {
      byId.put(token.text("id").orElseThrow(), token.array("fingerprints").orElseThrow());
    }
    return byId.build();
  }

  private static List<JsonObject> deadLetters() {
    return twin.run("dead-letters", "twin", "list", "--json").objects("items");
  }
}
