package io.twinloom.local.mqtt;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.mqtt.MqttLimits;
import io.twinloom.mqtt.MqttSecurity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A channel with an intake that remembers, on a database that outlives its restarts. */
final class ChannelFixture implements AutoCloseable {

  static final String TWIN = "house";

  final List<String> taken = new CopyOnWriteArrayList<>();
  final Path file;
  MqttLimits limits = MqttLimits.DEFAULT;
  CloudDatabase database;
  LocalDeviceChannel channel;

  ChannelFixture(Path folder) {
    file = folder.resolve("cloud.db");
  }

  ChannelFixture start() {
    database = CloudDatabase.open(file, SqliteSessionStore.SCHEMA);
    channel = start(new LocalDeviceChannel.Listen("127.0.0.1", 0, MqttSecurity.NONE));
    return this;
  }

  LocalDeviceChannel start(LocalDeviceChannel.Listen listen) {
    LocalDeviceChannel opened = open(listen);
    opened.listen();
    return opened;
  }

  LocalDeviceChannel open(LocalDeviceChannel.Listen listen) {
    return LocalDeviceChannel.open(
        TWIN,
        listen,
        (device, payload) -> {
          taken.add(device + " " + new String(payload, StandardCharsets.UTF_8));
          return CompletableFuture.completedFuture(null);
        },
        Contacts.ONLY_HERE,
        new LocalDeviceChannel.Host(
            database,
            InvocationLog.SILENT,
            InstantSource.system(),
            () -> UUID.randomUUID().toString()),
        limits);
  }

  int port() {
    return channel.uri().getPort();
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
  }
}
