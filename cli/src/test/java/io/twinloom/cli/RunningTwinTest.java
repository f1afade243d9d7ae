package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twin over three clouds, run and asked by the commands as a user does. */
class RunningTwinTest {

  @TempDir static Path folder;

  private static CompletableFuture<CliRun> up;

  @BeforeAll
  static void start() throws Exception {
    Path twin = Files.createDirectories(folder.resolve("twin"));
    Files.writeString(
        twin.resolve("config.json"),
        """
        {"digital_twin_name": "hall", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
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
        [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
         {"id": "s2", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
        """);
    up =
        CompletableFuture.supplyAsync(
            () -> CliRun.in(folder, "up", "twin", "--json", "--retry-gaps", "50ms,50ms"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> up.isDone() || Files.exists(twin.resolve(".twinloom/endpoints.json")));
    assertThat(up).isNotDone();
  }

  @AfterAll
  static void stop() throws Exception {
    CliRun destroyed = CliRun.in(folder, "destroy", "twin", "--json");
    CliRun ended = up.get(30, TimeUnit.SECONDS);

    assertThat(destroyed.json().get("destroyed")).isEqualTo(JsonBoolean.TRUE);
    assertThat(ended.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(ended.json().members()).containsKeys("pid", "api", "clouds");
    assertThat(folder.resolve("twin/.twinloom/endpoints.json")).doesNotExist();
  }

  @Test
  void whatADeviceSendsIsReadBack() {
    CliRun sent =
        run(
            "send",
            "twin",
            "--device",
            "s1",
            "{\"t\": 21.50, \"ts\": \"2026-03-01T08:00:00+01:00\"}");

    assertThat(sent.exitCode()).isEqualTo(ExitCode.DONE);
    JsonObject item = awaitItems("s1", "2026-03-01", "2026-03-02", 1).get(0);
    assertThat(item.text("id")).contains("s1_2026-03-01T07:00:00.000000Z");
    assertThat(String.valueOf(item.get("t"))).isEqualTo("21.50");
  }

  @Test
  void aQueryGivesItemsTiersAndWhatIsPending() {
    run("send", "twin", "--device", "s1", "{\"t\": 1, \"ts\": \"2025-01-01T00:00:00Z\"}");
    awaitItems("s1", "2025-01-01", "2025-01-02", 1);

    JsonObject result = query("s1", "2025-01-01", "2025-01-02");
    assertThat(result.members()).containsKeys("items", "tiers", "pending");
    assertThat(String.valueOf(result.get("tiers"))).isEqualTo("[{\"tier\":\"hot\",\"items\":1}]");
    assertThat(String.valueOf(result.get("pending"))).isEqualTo("[]");
  }

  @Test
  void aQueryMayBeNewestFirstAndLimited() {
    for (int day = 1; day <= 3; day++) {
      run(
          "send",
          "twin",
          "--device",
          "s1",
          "{\"t\": %d, \"ts\": \"2025-02-0%d\"}".formatted(day, day));
    }
    awaitItems("s1", "2025-02-01", "2025-02-04", 3);
    JsonObject newest =
        run(
                "query",
                "twin",
                "--device",
                "s1",
                "--from",
                "2025-02-01",
                "--to",
                "2025-02-04",
                "--order",
                "desc",
                "--limit",
                "2",
                "--json")
            .json();
    assertThat(items(newest))
        .extracting(item -> String.valueOf(item.get("t")))
        .containsExactly("3", "2");
    assertThat(String.valueOf(newest.get("tiers"))).isEqualTo("[{\"tier\":\"hot\",\"items\":2}]");
    CliRun people =
        run("query", "twin", "--device", "s1", "--from", "2025-02-01", "--to", "2025-02-04");
    assertThat(people.out()).startsWith("hot\n").contains("t=1");
    assertThat(people.err()).contains("3 items: 3 hot");
    assertThat(run("query", "twin", "--device", "s1", "--limit", "0").exitCode()).isEqualTo(2);
    assertThat(run("query", "twin", "--device", "s1", "--order", "up").exitCode()).isEqualTo(2);
  }

  @Test
  void whereNothingIsArchivedThereIsNothingToRestore() {
    CliRun run =
        run("restore", "twin", "--device", "s1", "--from", "2025-01-01", "--to", "2026-01-01");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Nothing to restore");
    assertThat(run("restore", "twin", "--device", "s1").exitCode()).isEqualTo(2);
    assertThat(
            run("restore", "twin", "--device", "s1", "--from", "soon", "--to", "2026-01-01").err())
        .contains("cannot be read as a time");
  }

  @Test
  void nothingIsRestoredOfADeviceThatTheTwinHasNot() {
    CliRun run =
        run("restore", "twin", "--device", "nobody", "--from", "2025-01-01", "--to", "2026-01-01");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("There is no device \"nobody\".");
  }

  @Test
  void anyMqttClientCanBeADevice() {
    URI mqtt = URI.create(endpoint("aws").text("mqtt").orElseThrow());
    Mqtt3BlockingClient client =
        Mqtt3Client.builder()
            .identifier("any-client")
            .serverHost(mqtt.getHost())
            .serverPort(mqtt.getPort())
            .buildBlocking();
    client.connect();
    client
        .publishWith()
        .topic("dt/hall/s2/telemetry")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload("{\"t\": 3.25, \"ts\": 1767225600}".getBytes(StandardCharsets.UTF_8))
        .send();
    client.disconnect();

    JsonObject item = awaitItems("s2", "2026-01-01", "2026-01-02", 1).get(0);
    assertThat(item.text("timestamp")).contains("2026-01-01T00:00:00.000000Z");
  }

  @Test
  void aQueryOfManyItemsGivesAllOfThem() throws Exception {
    int more = 1_200;
    try (MqttDeviceClient publisher =
        MqttDeviceClient.connect(
            URI.create(endpoint("aws").text("mqtt").orElseThrow()),
            MqttAccess.OPEN,
            "hall",
            "many")) {
      CompletableFuture<?>[] acknowledged = new CompletableFuture<?>[more];
      for (int i = 0; i < more; i++) {
        String event = "{\"t\": " + i + ", \"ts\": " + (1_600_000_000 + i) + "}";
        acknowledged[i] =
            publisher.publish("s2", event.getBytes(StandardCharsets.UTF_8)).toCompletableFuture();
      }
      CompletableFuture.allOf(acknowledged).get(60, TimeUnit.SECONDS);
    }

    assertThat(awaitItems("s2", "2020-01-01", "2021-01-01", more)).hasSize(more);
  }

  @Test
  void simulatedDevicesAreAcknowledged() {
    CliRun run =
        run("simulate", "twin", "--rate", "50", "--for", "500ms", "--devices", "s2", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.json().get("acknowledged")).isEqualTo(run.json().get("sent"));
    assertThat(String.valueOf(run.json().get("sent"))).isNotEqualTo("0");
  }

  @Test
  void onePropertyCanBeAskedFor() {
    run("send", "twin", "--device", "s1", "{\"t\": 4, \"u\": 5, \"ts\": \"2024-01-01T00:00:00Z\"}");
    awaitItems("s1", "2024-01-01", "2024-01-02", 1);

    CliRun run =
        run(
            "query",
            "twin",
            "--device",
            "s1",
            "--property",
            "u",
            "--from",
            "2024-01-01",
            "--to",
            "2024-01-02",
            "--json");
    JsonObject item = items(run.json()).get(0);
    assertThat(item.members()).containsOnlyKeys("id", "device_id", "timestamp", "event_id", "u");
  }

  @Test
  void aQueryForAnUnknownDeviceFails() {
    CliRun run = run("query", "twin", "--device", "nobody");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("nobody");
  }

  @Test
  void whatCannotBeProcessedIsADeadLetterThatCanBeReplayed() {
    run("send", "twin", "--device", "s1", "--unchecked", "this is invalid JSON");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(deadLetters()).isNotEmpty());
    JsonObject letter = deadLetters().get(0);
    assertThat(letter.members())
        .containsOnlyKeys(
            "id", "time", "function", "cloud", "error", "attempts", "trace_id", "event");
    assertThat(letter.text("function")).contains("hall-dispatcher");
    assertThat(letter.text("cloud")).contains("aws");

    CliRun replayed = run("dead-letters", "twin", "replay", "--json");
    assertThat(String.valueOf(replayed.json().get("replayed"))).isEqualTo("1");
  }

  @Test
  void aMarkedMeasurementIsFollowedHopByHopAndLeavesNothingBehind() {
    CliRun run = run("verify", "twin", "--device", "s1", "--json");

    assertThat(run.json().get("ok")).as(run.out()).isEqualTo(JsonBoolean.TRUE);
    assertThat(objects(run.json(), "hops").stream().map(h -> h.text("function").orElse("")))
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
    assertThat(objects(run.json(), "hops"))
        .allSatisfy(
            hop -> {
              assertThat(hop.members()).containsKeys("function", "cloud", "ok", "ms");
              assertThat(hop.get("ms")).isInstanceOf(JsonNumber.class);
            });
    assertThat(items(query("s1", "2026-01-01", "2100-01-01")))
        .noneSatisfy(item -> assertThat(item.has("_verify")).isTrue());
  }

  @Test
  void theStatusNamesLayersFunctionsAndConnections() {
    JsonObject status = run("status", "twin", "--json").json();

    assertThat(status.text("target")).contains("local");
    assertThat(status.get("running")).isEqualTo(JsonBoolean.TRUE);
    assertThat(objects(status, "layers"))
        .allSatisfy(layer -> assertThat(layer.get("healthy")).isEqualTo(JsonBoolean.TRUE));
    JsonObject ingestion =
        objects(status, "functions").stream()
            .filter(f -> f.text("name").orElse("").equals("hall-ingestion"))
            .findFirst()
            .orElseThrow();
    assertThat(ingestion.members()).containsKeys("name", "cloud", "url", "invocations", "errors");
    assertThat(objects(status, "connections"))
        .isNotEmpty()
        .allSatisfy(c -> assertThat(c.text("state")).contains("ready"));
  }

  @Test
  void theUrlsOfTheStatusAskForTheirTokens() throws Exception {
    String url =
        objects(run("status", "twin", "--json").json(), "functions").stream()
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
    CliRun run = run("tokens", "twin", "--json");
    JsonObject book =
        Json.parseObject(
            Files.readAllBytes(folder.resolve("twin/.twinloom/config_inter_cloud.json")));

    assertThat(objects(run.json(), "tokens")).isNotEmpty();
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
    CliRun rotated = CliRun.in(folder, "tokens", "twin", "rotate", "aws_l1_to_azure_l2", "--json");
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
    assertThat(CliRun.in(folder, "verify", "twin", "--json").json().get("ok"))
        .isEqualTo(JsonBoolean.TRUE);
  }

  @Test
  void anUnknownConnectionIsNotRotated() {
    CliRun run = CliRun.in(folder, "tokens", "twin", "rotate", "aws_l1_to_mars_l2");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("no connection aws_l1_to_mars_l2").contains("tokens list");
  }

  /** The fingerprints of each connection's tokens. */
  private static JsonObject tokens() {
    JsonObject.Builder byId = JsonObject.builder();
    for (JsonValue token :
        CliRun.in(folder, "tokens", "twin", "--json")
            .json()
            .array("tokens")
            .orElseThrow()
            .values()) {
      JsonObject one = (JsonObject) token;
      byId.put(one.text("id").orElseThrow(), one.array("fingerprints").orElseThrow());
    }
    return byId.build();
  }

  @Test
  void theLogIsGivenAsOneObjectALine() {
    run("send", "twin", "--device", "s1", "{\"t\": 9, \"ts\": \"2023-01-01T00:00:00Z\"}");
    awaitItems("s1", "2023-01-01", "2023-01-02", 1);

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              List<String> lines =
                  run("logs", "twin", "--json", "--function", "hall-hot-writer")
                      .out()
                      .lines()
                      .toList();
              assertThat(lines).isNotEmpty();
              JsonObject line = Json.parseObject(lines.get(0).getBytes(StandardCharsets.UTF_8));
              assertThat(line.members())
                  .containsKeys("time", "level", "function", "cloud", "trace_id", "outcome", "ms");
            });
  }

  @Test
  void aSecondTwinOnTheSameDataIsToldWhoHoldsThem() {
    CliRun run = run("up", "twin");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("TL-LOCAL-HELD", "process " + ProcessHandle.current().pid());
  }

  @Test
  void deployingWhatRunsUnchangedChangesNothing() {
    CliRun run = run("deploy", "twin", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains("It runs already");
    assertThat(String.valueOf(run.json().get("pid")))
        .isEqualTo(String.valueOf(ProcessHandle.current().pid()));
  }

  @Test
  void aPlanIsComparedWithWhatIsDeployed() {
    assertThat(run("plan", "twin").out()).contains("nothing changes");
    assertThat(run("plan", "twin", "--json").json().members()).containsKey("changes");
  }

  private static CliRun run(String... args) {
    return CliRun.in(folder, args);
  }

  private static List<JsonObject> deadLetters() {
    return items(run("dead-letters", "twin", "list", "--json").json());
  }

  private static JsonObject query(String device, String from, String to) {
    return run("query", "twin", "--device", device, "--from", from, "--to", to, "--json").json();
  }

  private static List<JsonObject> awaitItems(String device, String from, String to, int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(items(query(device, from, to))).hasSizeGreaterThanOrEqualTo(count));
    return items(query(device, from, to));
  }

  private static List<JsonObject> items(JsonObject result) {
    return objects(result, "items");
  }

  private static List<JsonObject> objects(JsonObject object, String name) {
    return object.array(name).orElse(JsonArray.EMPTY).values().stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static JsonObject endpoint(String cloud) {
    try {
      return Json.parseObject(Files.readAllBytes(folder.resolve("twin/.twinloom/endpoints.json")))
          .object("clouds")
          .flatMap(c -> c.object(cloud))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
