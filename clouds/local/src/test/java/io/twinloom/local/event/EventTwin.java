package io.twinloom.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.LocalClouds.FunctionCounts;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.LocalTwinSpec;
import io.twinloom.local.worker.UserFunction;
import io.twinloom.model.Connections;
import io.twinloom.model.Device;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.UserCode;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.testkit.faults.FaultProxy;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ToLongFunction;

/** A twin whose devices and rules a test works with; its user code notes what it is given. */
final class EventTwin implements AutoCloseable {

  /** What a test waits for at most. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  /** So often that what fails is tried again until the test lets it succeed. */
  static final List<Duration> MANY_RETRIES = Collections.nCopies(100, Duration.ofSeconds(1));

  final LocalClouds clouds;
  private final Path folder;
  private final Provider devices;
  private final LocalTwinSpec present;
  private final Map<String, FaultProxy> proxies = new LinkedHashMap<>();
  private final List<Mqtt3AsyncClient> clients = new ArrayList<>();

  private EventTwin(
      Path folder, ProjectBuilder builder, List<ProjectBuilder> former, List<Duration> retryGaps) {
    this.folder = folder;
    this.present = spec(builder, former.isEmpty() ? "project" : "present");
    LocalTwinSpec alone =
        new LocalTwinSpec(
            present.project(),
            present.topology(),
            present.userFunctions(),
            present.connecting(),
            Map.of(),
            List.of(),
            former.stream().map(version -> spec(version, "former")).toList());
    LocalTwinSpec twin =
        alone.former().isEmpty() ? alone : retiring(alone, alone.former().getFirst().project());
    this.devices = twin.project().placement().l1();
    LocalOptions defaults = LocalOptions.defaults(folder.resolve("data"));
    this.clouds =
        LocalClouds.start(
            twin, defaults.withRetryGaps(retryGaps).withUserCodeTimeout(Duration.ofMillis(1_500)));
  }

  /**
   * The twin of a project.
   *
   * @param name of the project's folder
   */
  private LocalTwinSpec spec(ProjectBuilder builder, String name) {
    Path path = builder.writeTo(folder.resolve(name));
    Project project = ProjectReader.read(path).project().orElseThrow();
    Topology topology = Topology.of(project);
    return new LocalTwinSpec(project, topology, functions(project, topology, path), this::connect);
  }

  /**
   * Has it be another version while it runs.
   *
   * @return completes when nothing is under way any more that began before
   */
  CompletableFuture<Void> become(ProjectBuilder next) {
    LocalTwinSpec version = spec(next, "next");
    return clouds.change(retiring(version, present.project())).former();
  }

  /** A version in which the devices are retired that it has no more. */
  private static LocalTwinSpec retiring(LocalTwinSpec version, Project before) {
    List<Device> gone =
        before.devices().stream()
            .filter(device -> !version.project().hasDevice(device.id()))
            .toList();
    SortedMap<String, Instant> since = new TreeMap<>();
    gone.forEach(device -> since.put(device.id(), Instant.now()));
    return new LocalTwinSpec(
        version.project().withRetired(gone, since),
        version.topology(),
        version.userFunctions(),
        version.connecting(),
        Map.of(),
        List.of(),
        version.former());
  }

  static EventTwin start(Path folder, ProjectBuilder project) {
    return start(folder, project, List.of(), List.of(Duration.ofMillis(50)));
  }

  /**
   * A twin that was another version before.
   *
   * @param former those versions, the latest first
   * @param retryGaps after which what has failed is tried again
   */
  static EventTwin start(
      Path folder, ProjectBuilder project, List<ProjectBuilder> former, List<Duration> retryGaps) {
    return new EventTwin(folder, project, former, retryGaps);
  }

  /** Code that notes what it is given under a name, and returns an object. */
  static String noting(Path folder, String name, String result) {
    return """
    import json

    def process(event):
        with open(%s, "a") as notes:
            notes.write(json.dumps(event) + "\\n")
        return %s
    """
        .formatted("\"" + folder.resolve(name + ".notes") + "\"", result);
  }

  private static List<UserFunction> functions(Project project, Topology topology, Path path) {
    List<UserFunction> functions = new ArrayList<>();
    for (DeployedFunction function : topology.functions()) {
      function.userCode().ifPresent(code -> functions.add(function(function.name(), code, path)));
    }
    for (String name : Topology.foreignActions(project)) {
      project.userCode().stream()
          .filter(c -> c.role() == UserCode.Role.EVENT_ACTION && c.name().equals(name))
          .forEach(code -> functions.add(function(name, code, path)));
    }
    return functions;
  }

  private static UserFunction function(String name, UserCode code, Path project) {
    Path path = project.resolve(code.folder());
    return new UserFunction(name, code, List.of(path), code.form().file(), List.of());
  }

  private Connections connect(Topology topology, Map<Provider, URI> endpoints) {
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
                "a-token-of-more-than-thirty-two-characters",
                connection.receiverTakesLists()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Connections(connections);
  }

  /** The names of the functions that are there, also those of former versions. */
  List<String> functions() {
    return clouds.functions().stream().map(FunctionCounts::name).toList();
  }

  /** A number of a function, which is none where it is not there. */
  long count(String function, ToLongFunction<FunctionCounts> number) {
    return clouds.functions().stream()
        .filter(counts -> counts.name().equals(function))
        .mapToLong(number)
        .sum();
  }

  /** Returns once a function of a former version has gone; nothing was lost of what waited. */
  void awaitGone(String function) {
    await().atMost(LONGEST).until(() -> !functions().contains(function));
    assertThat(clouds.deadLetters()).isZero();
  }

  FaultProxy proxy(String connection) {
    return Optional.ofNullable(proxies.get(connection)).orElseThrow();
  }

  /** What code was given so far, oldest first. */
  List<String> notes(String name) {
    Path notes = folder.resolve(name + ".notes");
    try {
      return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Publishes a measurement of a device, and returns when it is acknowledged. */
  void measure(String device, String json) {
    Mqtt3AsyncClient client = client(device + "-sender");
    client.connect().join();
    client
        .publishWith()
        .topic("dt/events/" + device + "/telemetry")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(json.getBytes(StandardCharsets.UTF_8))
        .send()
        .join();
    client.disconnect().join();
  }

  /** A device with a persistent session: connected, and listening to its commands. */
  BlockingQueue<String> listen(String device) {
    BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    Mqtt3AsyncClient client = client(device);
    client.publishes(
        com.hivemq.client.mqtt.MqttGlobalPublishFilter.ALL,
        p -> commands.add(new String(p.getPayloadAsBytes(), StandardCharsets.UTF_8)));
    client.connectWith().cleanSession(false).send().join();
    client
        .subscribeWith()
        .topicFilter("dt/events/" + device + "/commands")
        .qos(MqttQos.AT_LEAST_ONCE)
        .send()
        .join();
    clients.add(client);
    return commands;
  }

  /** All listening devices go away; their sessions stay. */
  void leave() {
    clients.forEach(client -> client.disconnect().join());
    clients.clear();
  }

  private Mqtt3AsyncClient client(String id) {
    return MqttClient.builder()
        .useMqttVersion3()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(mqttPort())
        .buildAsync();
  }

  private int mqttPort() {
    return Optional.ofNullable(clouds.endpoints().get(devices)).orElseThrow().mqtt().getPort();
  }

  @Override
  public void close() {
    leave();
    clouds.close();
    proxies.values().forEach(FaultProxy::close);
  }
}
