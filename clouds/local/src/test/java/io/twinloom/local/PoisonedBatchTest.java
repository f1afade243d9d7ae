package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import io.twinloom.functions.port.HotStore;
import io.twinloom.local.store.SqliteDeadLetters;
import io.twinloom.local.worker.UserFunction;
import io.twinloom.model.Connections;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.UserCode.Role;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.topology.Connection;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bad measurement among a hundred that cross two clouds, run user code and are stored. */
class PoisonedBatchTest {

  private static final String CODE =
      """
      import os, time
      def process(event):
          poison = event.get('poison')
          if poison == 'throws':
              raise ValueError('poison')
          if poison == 'ends':
              os._exit(3)
          if poison == 'hangs':
              time.sleep(60)
          if poison == 'large':
              event['large'] = 'x' * 200 * 1024
          return event
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"throws", "ends", "hangs", "large", "deep"})
  @DisplayName("user code fails on one of many measurements that are processed together")
  void theOthersAreStoredAndItIsTheOnlyDeadLetter(String poison) throws Exception {
    LocalOptions options =
        LocalOptions.defaults(folder.resolve("data"))
            .withRetryGaps(List.of(Duration.ofMillis(50), Duration.ofMillis(50)))
            .withUserCodeTimeout(Duration.ofSeconds(1));
    Project project = project();
    try (LocalClouds clouds =
        LocalClouds.start(
            new LocalTwinSpec(
                project, Topology.of(project), List.of(userFunction()), this::connections),
            options)) {
      publish(clouds, poison);
      await()
          .untilAsserted(
              () -> {
                assertThat(clouds.deadLetters()).isEqualTo(1);
                assertThat(stored(clouds)).isEqualTo(99);
                assertThat(clouds.backlog()).isZero();
              });
      assertThat(letters(clouds)).singleElement().asString().contains(poison);
    }
  }

  private static long stored(LocalClouds clouds) {
    return clouds
        .byProvider()
        .get(KnownClouds.AZURE)
        .hotStore()
        .range(
            "sensor",
            "2026-01-01T00:00:00.000000Z",
            "2026-12-31T00:00:00.000000Z",
            1_000,
            HotStore.Order.ASCENDING)
        .items()
        .size();
  }

  private static List<String> letters(LocalClouds clouds) {
    List<String> all = new ArrayList<>();
    for (LocalCloud cloud : clouds.byProvider().values()) {
      for (SqliteDeadLetters.Kept kept : cloud.deadLetters().list(0, 10)) {
        all.add(kept.letter().event().toString());
      }
    }
    return all;
  }

  private static void publish(LocalClouds clouds, String poison) {
    Mqtt3AsyncClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("sensor")
            .serverHost("127.0.0.1")
            .serverPort(clouds.endpoints().get(KnownClouds.AWS).mqtt().getPort())
            .buildAsync();
    client.connect().join();
    List<CompletableFuture<?>> acknowledged = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String more =
          i != 63
              ? ""
              : ",\"poison\":\""
                  + poison
                  + "\""
                  + (poison.equals("deep") ? ",\"n\":" + "[".repeat(199) + "]".repeat(199) : "");
      acknowledged.add(
          client
              .publishWith()
              .topic("dt/poisoned/sensor/telemetry")
              .qos(MqttQos.AT_LEAST_ONCE)
              .payload(
                  "{\"timestamp\":\"2026-06-01T00:00:00.%06dZ\",\"count\":%d%s}"
                      .formatted(i, i, more)
                      .getBytes(StandardCharsets.UTF_8))
              .send());
    }
    acknowledged.forEach(CompletableFuture::join);
    client.disconnect().join();
  }

  private UserFunction userFunction() {
    return new UserFunction(
        "poisoned-default-processor",
        new UserCode(
            Role.DEFAULT_PROCESSOR,
            "default_processor",
            "processors/default_processor",
            Form.PYTHON_PROCESS,
            Optional.empty()),
        List.of(folder.resolve("project/processors/default_processor")),
        "process.py",
        List.of());
  }

  private Project project() throws IOException {
    Path project = folder.resolve("project");
    Path code = Files.createDirectories(project.resolve("processors/default_processor"));
    Files.writeString(code.resolve("process.py"), CODE);
    Files.writeString(
        project.resolve("config.json"),
        """
        {"digital_twin_name": "poisoned", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
        """);
    Files.writeString(
        project.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "google", "layer_3_hot_provider": "azure",
         "layer_3_cold_provider": "azure", "layer_3_archive_provider": "azure",
         "layer_4_provider": "none", "layer_5_provider": "none"}
        """);
    Files.writeString(
        project.resolve("config_iot_devices.json"),
        """
        [{"id": "sensor", "properties": [{"name": "count", "dataType": "INTEGER"}]}]
        """);
    return ProjectReader.read(project).project().orElseThrow();
  }

  private Connections connections(Topology topology, Map<Provider, URI> urls) {
    Map<String, Connections.Connection> all = new LinkedHashMap<>();
    for (Connection c : topology.connections()) {
      all.put(
          c.id(),
          new Connections.Connection(
              c.to(),
              c.receiver().kind().id(),
              URI.create(urls.get(c.to()) + "/" + c.receiver().name()),
              "a-token-of-more-than-thirty-two-characters",
              c.receiverTakesLists()));
    }
    return new Connections(all);
  }
}
