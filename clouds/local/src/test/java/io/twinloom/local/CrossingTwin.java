package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
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
import java.util.function.UnaryOperator;

/**
 * A twin whose measurements cross two times (L1 on aws, L2 on google, L3 on azure), with a proxy
 * that can fail before each receiver, and one device.
 */
final class CrossingTwin implements AutoCloseable {

  static final String TWIN = "outage";
  private static final String PRODUCTION = "\"mode\": \"PRODUCTION\"";
  static final String TOKEN = "a-token-of-more-than-thirty-two-characters";

  /** Waits that a test can wait for. */
  static final List<Duration> SOON = List.of(Duration.ofSeconds(2), Duration.ofSeconds(4));

  final LocalClouds clouds;
  private final List<FaultProxy> proxies = new ArrayList<>();
  private final UnaryOperator<URI> front;
  private Connections connections = Connections.NONE;

  private CrossingTwin(
      Path folder,
      String config,
      UnaryOperator<LocalOptions> configured,
      Optional<UnaryOperator<URI>> front)
      throws IOException {
    this.front = front.orElse(this::failing);
    LocalOptions options = configured.apply(LocalOptions.defaults(folder.resolve("data")));
    Project project = project(Files.createDirectories(folder.resolve("project")), config);
    clouds =
        LocalClouds.start(
            new LocalTwinSpec(project, Topology.of(project), List.of(), this::throughProxies),
            options);
  }

  /** Starts it; what waits for a second and a third attempt waits for a short while only. */
  static CrossingTwin start(Path folder) throws IOException {
    return start(folder, options -> options.withRetryGaps(SOON));
  }

  /**
   * Starts it.
   *
   * @param config further members of its {@code config.json}
   * @param gaps how long what failed waits
   */
  static CrossingTwin start(Path folder, String config, List<Duration> gaps) throws IOException {
    return new CrossingTwin(
        folder, config, options -> options.withRetryGaps(gaps), Optional.empty());
  }

  /** Starts it with other options than users have. */
  static CrossingTwin start(Path folder, UnaryOperator<LocalOptions> configured)
      throws IOException {
    return new CrossingTwin(folder, PRODUCTION, configured, Optional.empty());
  }

  /**
   * Starts it.
   *
   * @param front given the address of a receiver, what senders call instead
   */
  static CrossingTwin behind(Path folder, UnaryOperator<URI> front) throws IOException {
    return new CrossingTwin(
        folder, PRODUCTION, options -> options.withRetryGaps(SOON), Optional.of(front));
  }

  private static Project project(Path folder, String config) throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"digital_twin_name": "%s", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, %s}
        """
            .formatted(TWIN, config));
    Files.writeString(
        folder.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "google", "layer_3_hot_provider": "azure",
         "layer_3_cold_provider": "azure", "layer_3_archive_provider": "azure",
         "layer_4_provider": "none", "layer_5_provider": "none"}
        """);
    Files.writeString(
        folder.resolve("config_iot_devices.json"),
        """
        [{"id": "sensor", "properties": [{"name": "count", "dataType": "INTEGER"}]}]
        """);
    return ProjectReader.read(folder).project().orElseThrow();
  }

  private Connections throughProxies(Topology topology, Map<Provider, URI> endpoints) {
    Map<String, Connections.Connection> all = new LinkedHashMap<>();
    for (Connection connection : topology.connections()) {
      URI receiver =
          URI.create(endpoints.get(connection.to()) + "/" + connection.receiver().name());
      all.put(
          connection.id(),
          new Connections.Connection(
              connection.to(),
              connection.receiver().kind().id(),
              front.apply(receiver),
              TOKEN,
              connection.receiverTakesLists()));
    }
    connections = new Connections(all);
    return connections;
  }

  private URI failing(URI receiver) {
    try {
      FaultProxy proxy = FaultProxy.before(receiver);
      proxies.add(proxy);
      return proxy.uri();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The connections as they are, with another token for each. */
  Connections connectionsWith(String tokens) {
    Map<String, Connections.Connection> all = new LinkedHashMap<>();
    connections.byId().forEach((id, c) -> all.put(id, c.withToken(tokens)));
    return new Connections(all);
  }

  /** From now on all receivers fail in this way. */
  void set(Fault fault) {
    proxies.forEach(proxy -> proxy.set(fault));
  }

  /** How many requests the receiver that was asked most has seen. */
  long mostRequests() {
    return proxies.stream().mapToLong(FaultProxy::requests).max().orElse(0);
  }

  /** Publishes messages of as many microseconds; returns when all are acknowledged. */
  void publish(int first, int messages) {
    Mqtt3AsyncClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("sensor")
            .serverHost("127.0.0.1")
            .serverPort(clouds.endpoints().get(KnownClouds.AWS).mqtt().getPort())
            .buildAsync();
    client.connect().join();
    List<CompletableFuture<?>> acknowledged = new ArrayList<>();
    for (int i = first; i < first + messages; i++) {
      acknowledged.add(
          client
              .publishWith()
              .topic("dt/" + TWIN + "/sensor/telemetry")
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

  /** Waits until all is done, and expects each message stored once and no dead letter. */
  void expectEachOnce(int messages, Duration patience) {
    // A message may cross from one cloud to the next while the clouds' queues are looked at in
    // turn.
    await()
        .atMost(patience)
        .untilAsserted(() -> assertThat(times()).hasSize(messages).doesNotHaveDuplicates());
    await().atMost(patience).until(() -> clouds.backlog() == 0);
    assertThat(times()).hasSize(messages);
    assertThat(clouds.deadLetters()).isZero();
  }

  private List<String> times() {
    JsonObject answer =
        (JsonObject)
            clouds.call(
                TWIN + "-hot-reader",
                JsonObject.builder()
                    .put("entityId", "sensor")
                    .put("componentName", "sensor")
                    .put("selectedProperties", JsonArray.ofTexts(List.of("count")))
                    .put("startTime", "2026-01-01T00:00:00Z")
                    .put("endTime", "2026-12-31T00:00:00Z")
                    .put("maxResults", 10_000)
                    .build());
    JsonArray series = answer.array("propertyValues").orElseThrow();
    if (series.size() == 0) {
      return List.of();
    }
    JsonArray values = ((JsonObject) series.values().get(0)).array("values").orElseThrow();
    return values.values().stream()
        .map(JsonObject.class::cast)
        .map(v -> v.text("time").orElseThrow())
        .toList();
  }

  /** How often a function has run, and how often that failed. */
  LocalClouds.FunctionCounts counts(String function) {
    return clouds.functions().stream()
        .filter(f -> f.name().equals(TWIN + "-" + function))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    clouds.close();
    proxies.forEach(FaultProxy::close);
  }
}
