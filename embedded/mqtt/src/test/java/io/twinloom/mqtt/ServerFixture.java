package io.twinloom.mqtt;

import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of a twin's devices with a consumer that remembers, on a store that outlives its
 * restarts.
 */
final class ServerFixture implements AutoCloseable, TopicRouter {

  /** A message that the consumer was given. */
  record Taken(String device, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  /** Takes devices' messages. */
  interface Intake {
    CompletionStage<Void> accept(String device, byte[] payload);
  }

  static final String TWIN = "house";
  static final int MAX_COMMAND_BYTES = 60 * 1024;

  private static final Pattern TOPIC =
      Pattern.compile("dt/" + TWIN + "/([^/]+)/(telemetry|commands)");

  final List<Taken> taken = new CopyOnWriteArrayList<>();
  final List<String> notes = new CopyOnWriteArrayList<>();
  final Clock clock = new Clock();
  final Subscribers clients = new Subscribers(this);
  final MemorySessionStore store;
  Intake intake = this::remember;

  /** Takes what was read together; by default each message by itself. */
  TopicRoute.Consumer consumer =
      messages ->
          messages.stream().map(one -> intake.accept(one.address(), one.payload())).toList();

  MqttSecurity security = MqttSecurity.NONE;
  MqttLimits limits = MqttLimits.DEFAULT;
  MqttServer server;

  ServerFixture() {
    this(new MemorySessionStore());
  }

  ServerFixture(MemorySessionStore store) {
    this.store = store;
  }

  /** A clock that is moved by the test. */
  static final class Clock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void forward(Duration by) {
      now = now.plus(by);
    }
  }

  private CompletionStage<Void> remember(String device, byte[] payload) {
    taken.add(new Taken(device, payload));
    return CompletableFuture.completedFuture(null);
  }

  MqttServerOptions.Builder options() {
    return MqttServerOptions.builder(
            this,
            store,
            new MqttServerOptions.Host(
                (message, fields, cause) -> notes.add(message + " " + fields),
                clock,
                () -> "client-" + UUID.randomUUID()))
        .security(security)
        .limits(limits);
  }

  ServerFixture start() throws IOException {
    server = MqttServer.start(options().build());
    return this;
  }

  /** Stops the server and starts it anew with other limits. */
  void restartWith(MqttLimits other) throws IOException {
    stop();
    limits = other;
    start();
  }

  @Override
  public Optional<TopicRoute> route(String topic) {
    Matcher known = TOPIC.matcher(topic);
    if (!known.matches()) {
      return Optional.empty();
    }
    String device = known.group(1);
    return Optional.of(
        known.group(2).equals("commands")
            ? new TopicRoute.ToSubscribers(MAX_COMMAND_BYTES)
            : new TopicRoute.ToConsumer(consumer, device));
  }

  @Override
  public String allowed() {
    return "A topic is dt/" + TWIN + "/{device}/telemetry or …/commands";
  }

  /** Sends a device a command and waits until it is safe. */
  PublishOutcome send(String device, byte[] payload) {
    return server.publish(commands(device), payload).toCompletableFuture().join();
  }

  int port() {
    return server.uri().getPort();
  }

  RawClient raw() throws IOException {
    return new RawClient(port());
  }

  Mqtt3BlockingClient client3(String id) {
    return Mqtt3Client.builder()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(port())
        .buildBlocking();
  }

  Mqtt5BlockingClient client5(String id) {
    return Mqtt5Client.builder()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(port())
        .buildBlocking();
  }

  static String telemetry(String device) {
    return "dt/" + TWIN + "/" + device + "/telemetry";
  }

  static String commands(String device) {
    return "dt/" + TWIN + "/" + device + "/commands";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void stop() {
    server.close();
  }

  @Override
  public void close() {
    if (server != null) {
      stop();
    }
  }
}
