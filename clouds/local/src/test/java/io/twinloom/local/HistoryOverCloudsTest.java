package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.history.Restoration;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.functions.twin.TwinOperation;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.model.Connections;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.topology.Connection;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The twin and its history with the tiers on three clouds: hot on azure, cold on google, archive on
 * aws, and layer 4 on each of them or nowhere.
 */
class HistoryOverCloudsTest {

  private static final String TOKEN = "a-token-of-more-than-thirty-two-characters";
  private static final String HIERARCHY =
      """
      [{"type": "entity", "id": "hall", "children": [
         {"type": "component", "name": "sensor", "componentTypeId": "probe"}]},
       {"type": "entity", "id": "yard", "children": []}]
      """;

  @TempDir Path folder;

  private LocalClouds start(String l4, String hierarchy, Optional<Duration> restore)
      throws IOException {
    Path files = Files.createDirectories(folder.resolve("project/twin_hierarchy")).getParent();
    Files.writeString(
        files.resolve("config.json"),
        """
        {"digital_twin_name": "mill", "hot_storage_size_in_days": 20000,
         "cold_storage_size_in_days": 20000, "mode": "PRODUCTION"}
        """);
    Files.writeString(
        files.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "aws", "layer_3_hot_provider": "azure",
         "layer_3_cold_provider": "google", "layer_3_archive_provider": "aws",
         "layer_4_provider": "%s", "layer_5_provider": "none"}
        """
            .formatted(l4));
    Files.writeString(
        files.resolve("config_iot_devices.json"),
        """
        [{"id": "sensor", "properties": [{"name": "count", "dataType": "INTEGER"}]}]
        """);
    Files.writeString(files.resolve("twin_hierarchy/hierarchy.json"), hierarchy);
    Project project = ProjectReader.read(files).project().orElseThrow();
    LocalOptions usual = LocalOptions.defaults(folder.resolve("data"));
    return LocalClouds.start(
        new LocalTwinSpec(
            project, Topology.of(project), List.of(), HistoryOverCloudsTest::connections),
        usual.withArchiveRestore(restore));
  }

  private static Connections connections(Topology topology, Map<Provider, URI> endpoints) {
    Map<String, Connections.Connection> all = new LinkedHashMap<>();
    for (Connection c : topology.connections()) {
      URI url = URI.create(endpoints.get(c.to()) + "/" + c.receiver().name());
      all.put(c.id(), new Connections.Connection(c.to(), c.receiver().kind().id(), url, TOKEN));
    }
    return new Connections(all);
  }

  private static String at(int second) {
    return "2026-01-01T00:00:%02d.000000Z".formatted(second);
  }

  private static JsonObject item(int second) {
    return JsonObject.builder()
        .put("id", "sensor_" + at(second))
        .put("device_id", "sensor")
        .put("timestamp", at(second))
        .put("event_id", "event-" + second)
        .put("count", second)
        .build();
  }

  /** Puts a chunk into a tier of a cloud that does not run yet. */
  private void store(Provider cloud, String tier, int... seconds) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (CloudDatabase database =
        CloudDatabase.open(data.resolve(cloud.id() + ".db"), LocalObjectStore.SCHEMA)) {
      List<JsonValue> items =
          Arrays.stream(seconds).<JsonValue>mapToObj(HistoryOverCloudsTest::item).toList();
      byte[] chunk = Json.bytes(new JsonArray(items));
      ChunkKey key =
          new ChunkKey("sensor", at(seconds[0]), at(seconds[seconds.length - 1]), 1, false);
      new LocalObjectStore(
              database,
              data.resolve(cloud.id()).resolve(tier),
              tier,
              Optional.empty(),
              InstantSource.system())
          .put(key.text(), chunk, new Content(sha256(chunk), chunk.length));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void measure(LocalClouds clouds, int second) {
    clouds.call(
        "mill-persister",
        JsonObject.builder()
            .put("payload", item(second))
            .put("event_id", "event-" + second)
            .build());
  }

  private static JsonObject history(LocalClouds clouds) {
    return (JsonObject)
        clouds.call("mill-history-reader", JsonObject.builder().put("device_id", "sensor").build());
  }

  private static List<String> counts(JsonObject answer) {
    return answer.array("items").orElseThrow().values().stream()
        .map(item -> String.valueOf(((JsonObject) item).get("count")))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google", "none"})
  @DisplayName("a device's clock is years ahead")
  void aMeasurementOfTheFutureIsCountedAndWarnedOfWhereverLayerFourIs(String l4)
      throws IOException {
    try (LocalClouds clouds = start(l4, HIERARCHY, Optional.empty())) {
      JsonObject ahead =
          item(1).toBuilder()
              .put("timestamp", "2100-01-01T00:00:00.000000Z")
              .put("id", "sensor_2100-01-01T00:00:00.000000Z")
              .build();
      for (String event : List.of("one", "two")) {
        clouds.call(
            "mill-persister",
            JsonObject.builder().put("payload", ahead).put("event_id", event).build());
      }
      assertThat(clouds.counters()).containsEntry("time-in-the-future", 2L);
    }
    try (Stream<Path> log = Files.walk(folder.resolve("data/log"))) {
      String said = "";
      for (Path file : log.filter(Files::isRegularFile).toList()) {
        said += Files.readString(file);
      }
      assertThat(said.lines().filter(line -> line.contains("newer than now by")))
          .singleElement()
          .asString()
          .contains("\"device\":\"sensor\"", "days", "does not show as the newest value");
    }
  }

  private void everyTier() throws IOException {
    store(KnownClouds.AWS, "archive", 1, 2);
    store(KnownClouds.GOOGLE, "cold", 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google", "none"})
  void theHistoryIsTheSameWhereverLayerFourIs(String l4) throws IOException {
    everyTier();
    try (LocalClouds clouds = start(l4, HIERARCHY, Optional.empty())) {
      measure(clouds, 5);
      JsonObject answer = history(clouds);
      assertThat(counts(answer)).containsExactly("1", "2", "3", "4", "5");
      assertThat(answer.get("parts"))
          .hasToString(
              "[{\"tier\":\"archive\",\"items\":1},{\"tier\":\"cold\",\"items\":3},"
                  + "{\"tier\":\"hot\",\"items\":1}]");
      assertThat(clouds.twinService().isPresent()).isEqualTo(!l4.equals("none"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google"})
  void theTwinHasItsNewestValuesAndTheirHistoryWhereverItIs(String l4) throws IOException {
    everyTier();
    try (LocalClouds clouds = start(l4, HIERARCHY, Optional.empty())) {
      measure(clouds, 7);
      measure(clouds, 6);
      JsonObject request =
          JsonObject.builder().put("entityId", "hall").put("componentName", "sensor").build();
      await()
          .untilAsserted(
              () ->
                  assertThat(ask(clouds, TwinOperation.GET_PROPERTY_VALUE, request).toString())
                      .contains("{\"integerValue\":7}"));
      JsonObject page =
          ask(
              clouds,
              TwinOperation.GET_PROPERTY_VALUE_HISTORY,
              request.toBuilder().put("orderByTime", "DESCENDING").put("maxResults", 4).build());
      JsonObject rest =
          ask(
              clouds,
              TwinOperation.GET_PROPERTY_VALUE_HISTORY,
              request.toBuilder()
                  .put("orderByTime", "DESCENDING")
                  .put("nextToken", page.text("nextToken").orElseThrow())
                  .build());
      assertThat(values(page)).containsExactly("7", "6", "4", "3");
      assertThat(values(rest)).containsExactly("2", "1");
    }
  }

  private static JsonObject ask(LocalClouds clouds, TwinOperation operation, JsonObject request) {
    return clouds.twinService().orElseThrow().answer(operation, request);
  }

  private static List<String> values(JsonObject answer) {
    JsonObject property =
        (JsonObject) answer.array("propertyValues").orElseThrow().values().getFirst();
    return property.array("values").orElseThrow().values().stream()
        .map(
            v -> String.valueOf(((JsonObject) v).object("value").orElseThrow().get("integerValue")))
        .toList();
  }

  private static Restoration.Asked restore(LocalClouds clouds) {
    return Restoration.of(
        clouds.byProvider().get(KnownClouds.AWS).archiveStore(),
        "sensor"::equals,
        "sensor",
        at(0),
        at(9));
  }

  @Test
  void whatMustBeRestoredFirstIsPendingUntilItWasAskedForAndItsTimeIsOver() throws IOException {
    everyTier();
    try (LocalClouds clouds = start("google", HIERARCHY, Optional.of(Duration.ofSeconds(2)))) {
      JsonObject before = history(clouds);
      assertThat(counts(before)).containsExactly("2", "3", "4");
      assertThat(before.get("pending"))
          .asString()
          .contains("sensor/" + at(1), "\"since\":null", "PT2S");
      assertThat(restore(clouds).pending())
          .singleElement()
          .satisfies(chunk -> assertThat(chunk.since()).isPresent());
      await().untilAsserted(() -> assertThat(counts(history(clouds))).hasSize(4));
      assertThat(history(clouds).get("pending")).hasToString("[]");
    }
  }

  @Test
  void aHierarchyThatHasChangedIsChangedInTheTwin() throws IOException {
    JsonObject hall = JsonObject.builder().put("entityId", "hall").build();
    JsonObject yard = JsonObject.builder().put("entityId", "yard").build();
    try (LocalClouds clouds = start("google", HIERARCHY, Optional.empty())) {
      measure(clouds, 7);
      assertThat(ask(clouds, TwinOperation.GET_ENTITY, yard).text("entityId")).contains("yard");
    }
    String without = HIERARCHY.replace(", \"id\": \"yard\"", ", \"id\": \"attic\"");
    try (LocalClouds clouds = start("google", without, Optional.empty())) {
      assertThatThrownBy(() -> ask(clouds, TwinOperation.GET_ENTITY, yard))
          .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.status()).isEqualTo(404));
      assertThat(
              ask(
                      clouds,
                      TwinOperation.GET_PROPERTY_VALUE,
                      hall.toBuilder().put("componentName", "sensor").build())
                  .toString())
          .as("what is still there keeps its values")
          .contains("{\"integerValue\":7}");
    }
  }
}
