package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import io.twinloom.model.Connections;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.json.JsonArray;
import io.twinloom.model.json.JsonObject;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.testkit.faults.FaultProxy;
import io.twinloom.testkit.faults.FaultProxy.Fault;
import io.twinloom.topology.Connection;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A receiver that is away: nothing is lost, nothing is doubled, and nothing becomes a dead letter.
 * The outage is longer than a sender's own retries take, so the queue's have to help; {@code
 * -Dtwinloom.outage=60} makes it a minute, with the waits that users have.
 */
class ReceiverOutageTest {

  private static final int OUTAGE_SECONDS = Integer.getInteger("twinloom.outage", 8);
  private static final int MESSAGES = 200;

  @TempDir Path folder;

  private final Map<String, FaultProxy> proxies = new LinkedHashMap<>();

  @AfterEach
  void closeProxies() {
    proxies.values().forEach(FaultProxy::close);
  }

  @Test
  void aReceiverThatAnswers503ForAWhileLosesNothingAndLeavesNoDeadLetter() throws Exception {
    try (LocalClouds clouds = start()) {
      proxies.values().forEach(proxy -> proxy.set(Fault.UNAVAILABLE));
      publish(clouds, MESSAGES);
      CompletableFuture.delayedExecutor(OUTAGE_SECONDS, TimeUnit.SECONDS)
          .execute(() -> proxies.values().forEach(proxy -> proxy.set(Fault.NONE)));
      expectEachOnce(clouds);
    }
  }

  @Test
  void anAnswerThatIsLostAfterTheReceiverWroteDoublesNothing() throws Exception {
    try (LocalClouds clouds = start()) {
      proxies.values().forEach(proxy -> proxy.set(Fault.ANSWER_LOST));
      publish(clouds, MESSAGES);
      await().until(() -> proxies.values().stream().anyMatch(p -> p.requests() >= MESSAGES));
      proxies.values().forEach(proxy -> proxy.set(Fault.NONE));
      expectEachOnce(clouds);
    }
  }

  private void expectEachOnce(LocalClouds clouds) {
    await().atMost(Duration.ofSeconds(OUTAGE_SECONDS * 4L + 30)).until(() -> clouds.backlog() == 0);
    JsonObject answer =
        (JsonObject)
            clouds.call(
                "outage-hot-reader",
                JsonObject.builder()
                    .put("entityId", "sensor")
                    .put("componentName", "sensor")
                    .put("selectedProperties", JsonArray.ofTexts(List.of("count")))
                    .put("startTime", "2026-01-01T00:00:00Z")
                    .put("endTime", "2026-12-31T00:00:00Z")
                    .put("maxResults", 10_000)
                    .build());
    JsonArray values =
        ((JsonObject) answer.array("propertyValues").orElseThrow().values().get(0))
            .array("values")
            .orElseThrow();
    assertThat(
            values.values().stream()
                .map(JsonObject.class::cast)
                .map(v -> v.text("time").orElseThrow()))
        .hasSize(MESSAGES)
        .doesNotHaveDuplicates();
    assertThat(clouds.deadLetterCount()).isZero();
  }

  private void publish(LocalClouds clouds, int messages) {
    Mqtt3AsyncClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("sensor")
            .serverHost("127.0.0.1")
            .serverPort(clouds.endpoints().get(Provider.AWS).mqtt().getPort())
            .buildAsync();
    client.connect().join();
    List<CompletableFuture<?>> acknowledged = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      acknowledged.add(
          client
              .publishWith()
              .topic("dt/outage/sensor/telemetry")
              .qos(MqttQos.AT_LEAST_ONCE)
              .payload(
                  "{\"timestamp\":\"2026-06-01T00:00:00.%06dZ\",\"count\":%d}"
                      .formatted(i, i)
                      .getBytes(StandardCharsets.UTF_8))
              .send());
    }
    acknowledged.forEach(CompletableFuture::join);
    client.disconnect().join();
  }

  private LocalClouds start() throws IOException {
    Path source = Files.createDirectories(folder.resolve("project"));
    Files.writeString(
        source.resolve("config.json"),
        """
        {"digital_twin_name": "outage", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
        """);
    Files.writeString(
        source.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "google", "layer_3_hot_provider": "azure",
         "layer_3_cold_provider": "azure", "layer_3_archive_provider": "azure",
         "layer_4_provider": "none", "layer_5_provider": "none"}
        """);
    Files.writeString(
        source.resolve("config_iot_devices.json"),
        """
        [{"id": "sensor", "properties": [{"name": "count", "dataType": "INTEGER"}]}]
        """);
    Project project = ProjectReader.read(source).project().orElseThrow();
    LocalOptions defaults = LocalOptions.defaults(folder.resolve("data"));
    boolean asUsersHaveIt = OUTAGE_SECONDS >= 60;
    LocalOptions options =
        new LocalOptions(
            defaults.data(),
            defaults.bind(),
            Optional.empty(),
            asUsersHaveIt
                ? defaults.retryGaps()
                : List.of(Duration.ofSeconds(2), Duration.ofSeconds(4)),
            defaults.userCodeTimeout(),
            Optional.empty(),
            Optional.empty());
    return LocalClouds.start(
        new LocalTwin(project, Topology.of(project), List.of(), this::throughProxies), options);
  }

  private Connections throughProxies(Topology topology, Map<Provider, URI> endpoints) {
    Map<String, Connections.Connection> connections = new LinkedHashMap<>();
    for (Connection connection : topology.connections()) {
      try {
        FaultProxy proxy =
            FaultProxy.before(
                URI.create(endpoints.get(connection.to()) + "/" + connection.receiver().name()));
        proxies.put(connection.id(), proxy);
        connections.put(
            connection.id(),
            new Connections.Connection(
                connection.to(),
                connection.receiver().kind().id(),
                proxy.uri(),
                "a-token-of-more-than-thirty-two-characters"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Connections(connections);
  }
}
