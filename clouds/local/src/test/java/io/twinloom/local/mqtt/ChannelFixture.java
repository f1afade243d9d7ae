package io.twinloom.local.mqtt;

import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.local.LocalOptions.MqttSecurity;
import io.twinloom.local.store.CloudDatabase;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A channel with an intake that remembers, on a database that outlives its restarts. */
final class ChannelFixture implements AutoCloseable {

  /** A message that the intake was given. */
  record Taken(String device, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  static final String TWIN = "house";

  final List<Taken> taken = new CopyOnWriteArrayList<>();
  final List<String> notes = new CopyOnWriteArrayList<>();
  final Clock clock = new Clock();
  final Subscribers clients = new Subscribers(this);
  final Vertx vertx = Vertx.vertx();
  final Path file;
  Intake intake = this::remember;
  Optional<MqttSecurity> security = Optional.empty();
  Limits limits = Limits.DEFAULT;
  CloudDatabase database;
  MqttChannel channel;

  ChannelFixture(Path folder) {
    file = folder.resolve("cloud.db");
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

  ChannelFixture start() {
    database = CloudDatabase.open(file, MqttChannel.SCHEMA);
    channel =
        MqttChannel.start(
            vertx,
            TWIN,
            "127.0.0.1",
            0,
            security,
            (device, payload) -> intake.accept(device, payload),
            database,
            log(),
            clock,
            limits);
    return this;
  }

  InvocationLog log() {
    return new InvocationLog() {
      @Override
      public void invocation(
          String function,
          String sourceCloud,
          String traceId,
          String device,
          String outcome,
          Duration duration) {}

      @Override
      public void note(
          Level level,
          String function,
          String traceId,
          String message,
          Map<String, String> fields) {
        notes.add(level + " " + message + " " + fields);
      }
    };
  }

  int port() {
    return channel.uri().getPort();
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
    channel.close();
    database.close();
  }

  @Override
  public void close() {
    if (channel != null) {
      stop();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
