package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices send to a twin over three clouds is read back by {@code query}. */
class StoredMeasurementsTest {

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
    twin = ForegroundTwin.start(folder, "twin", "--json", "--retry-gaps", "50ms,50ms");
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
  void whatADeviceSendsIsReadBack() {
    CliRun sent =
        twin.run(
            "send",
            "twin",
            "--device",
            "s1",
            "{\"t\": 21.50, \"ts\": \"2026-03-01T08:00:00+01:00\"}");

    assertThat(sent.exitCode()).isEqualTo(ExitCode.DONE);
    JsonObject item = twin.awaitItems("s1", "2026-03-01", "2026-03-02", 1).get(0);
    assertThat(item.text("id")).contains("s1_2026-03-01T07:00:00.000000Z");
    assertThat(String.valueOf(item.get("t"))).isEqualTo("21.50");
  }

  @Test
  void whoReadsTheTextSeesTheTierFirstAsTheQuickstartShowsIt() throws Exception {
    twin.run("send", "twin", "--device", "s1", "{\"t\": 1, \"ts\": \"2026-04-01T00:00:00Z\"}");
    twin.awaitItems("s1", "2026-04-01", "2026-04-02", 1);
    String[] range = {
      "query", "twin", "--device", "s1", "--from", "2026-04-01", "--to", "2026-04-02"
    };
    CliRun text = twin.run(range);

    assertThat(text.out()).startsWith("hot\n  2026-04-01T00:00:00.000000Z  t=1");
    assertThat(text.err()).contains("1 item: 1 hot");
    assertThat(Files.readString(Path.of("../docs/quickstart.md")))
        .containsPattern("```\nhot\n  2026[^\n]*\n1 item: 1 hot\n```");
  }

  @Test
  @DisplayName("a query is limited, and there is more")
  void aLimitedQuerySaysWhetherThereIsMore() {
    for (int i = 1; i <= 3; i++) {
      twin.run(
          "send", "twin", "--device", "s2", "{\"t\": 1, \"ts\": \"2026-05-01T00:00:0" + i + "Z\"}");
    }
    twin.awaitItems("s2", "2026-05-01", "2026-05-02", 3);
    for (int limit : new int[] {2, 3}) {
      String[] command = {
        "query",
        "twin",
        "--device",
        "s2",
        "--from",
        "2026-05-01",
        "--to",
        "2026-05-02",
        "--limit",
        String.valueOf(limit)
      };
      assertThat(twin.run(command).err().contains("there are more")).isEqualTo(limit == 2);
      String[] csv = Arrays.copyOf(command, command.length + 2);
      csv[command.length] = "--format";
      csv[command.length + 1] = "csv";
      CliRun table = twin.run(csv);
      assertThat(table.out().lines()).hasSize(limit + 1);
      assertThat(table.err().contains("there are more")).isEqualTo(limit == 2);
      csv[command.length + 1] = "json";
      CliRun json = twin.run(csv);
      assertThat(json.json().get("more")).hasToString(String.valueOf(limit == 2));
      assertThat(json.objects("items")).hasSize(limit);
    }
  }

  @Test
  void aQueryGivesItemsTiersAndWhatIsPending() {
    twin.run("send", "twin", "--device", "s1", "{\"t\": 1, \"ts\": \"2025-01-01T00:00:00Z\"}");
    twin.awaitItems("s1", "2025-01-01", "2025-01-02", 1);

    JsonObject result = twin.query("s1", "2025-01-01", "2025-01-02").json();
    assertThat(result.members()).containsKeys("items", "tiers", "pending");
    assertThat(String.valueOf(result.get("tiers"))).isEqualTo("[{\"tier\":\"hot\",\"items\":1}]");
    assertThat(String.valueOf(result.get("pending"))).isEqualTo("[]");
  }

  @Test
  void aQueryMayBeNewestFirstAndLimited() {
    for (int day = 1; day <= 3; day++) {
      twin.run(
          "send",
          "twin",
          "--device",
          "s1",
          "{\"t\": %d, \"ts\": \"2025-02-0%d\"}".formatted(day, day));
    }
    twin.awaitItems("s1", "2025-02-01", "2025-02-04", 3);
    CliRun newest =
        twin.run(
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
            "--json");
    assertThat(newest.objects("items"))
        .extracting(item -> String.valueOf(item.get("t")))
        .containsExactly("3", "2");
    assertThat(String.valueOf(newest.json().get("tiers")))
        .isEqualTo("[{\"tier\":\"hot\",\"items\":2}]");
    CliRun people =
        twin.run("query", "twin", "--device", "s1", "--from", "2025-02-01", "--to", "2025-02-04");
    assertThat(people.out()).startsWith("hot\n").contains("t=1");
    assertThat(people.err()).contains("3 items: 3 hot");
    assertThat(twin.run("query", "twin", "--device", "s1", "--limit", "0").exitCode()).isEqualTo(2);
    assertThat(twin.run("query", "twin", "--device", "s1", "--order", "up").exitCode())
        .isEqualTo(2);
  }

  @Test
  void onePropertyCanBeAskedFor() {
    twin.run(
        "send", "twin", "--device", "s1", "{\"t\": 4, \"u\": 5, \"ts\": \"2024-01-01T00:00:00Z\"}");
    twin.awaitItems("s1", "2024-01-01", "2024-01-02", 1);

    CliRun run =
        twin.run(
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
    JsonObject item = run.objects("items").get(0);
    assertThat(item.members()).containsOnlyKeys("id", "device_id", "timestamp", "event_id", "u");
  }

  @Test
  void aQueryForAnUnknownDeviceFails() {
    CliRun run = twin.run("query", "twin", "--device", "nobody");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("nobody");
  }

  @Test
  void anyMqttClientCanBeADevice() throws Exception {
    URI mqtt = twin.mqtt();
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

    JsonObject item = twin.awaitItems("s2", "2026-01-01", "2026-01-02", 1).get(0);
    assertThat(item.text("timestamp")).contains("2026-01-01T00:00:00.000000Z");
  }

  @Test
  void aQueryOfManyItemsGivesAllOfThem() throws Exception {
    int more = 1_200;
    try (MqttDeviceClient publisher =
        MqttDeviceClient.connect(twin.mqtt(), MqttAccess.OPEN, "hall", "many")) {
      CompletableFuture<?>[] acknowledged = new CompletableFuture<?>[more];
      for (int i = 0; i < more; i++) {
        String event = "{\"t\": " + i + ", \"ts\": " + (1_600_000_000 + i) + "}";
        acknowledged[i] =
            publisher.publish("s2", event.getBytes(StandardCharsets.UTF_8)).toCompletableFuture();
      }
      CompletableFuture.allOf(acknowledged).get(60, TimeUnit.SECONDS);
    }

    assertThat(twin.awaitItems("s2", "2020-01-01", "2021-01-01", more)).hasSize(more);
  }

  @Test
  void whereNothingIsArchivedThereIsNothingToRestore() {
    CliRun run =
        twin.run("restore", "twin", "--device", "s1", "--from", "2025-01-01", "--to", "2026-01-01");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Nothing to restore");
    assertThat(twin.run("restore", "twin", "--device", "s1").exitCode()).isEqualTo(2);
    assertThat(
            twin.run("restore", "twin", "--device", "s1", "--from", "soon", "--to", "2026-01-01")
                .err())
        .contains("cannot be read as a time");
  }

  @Test
  void nothingIsRestoredOfADeviceThatTheTwinHasNot() {
    CliRun run =
        twin.run(
            "restore", "twin", "--device", "nobody", "--from", "2025-01-01", "--to", "2026-01-01");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("There is no device \"nobody\".");
  }
}
