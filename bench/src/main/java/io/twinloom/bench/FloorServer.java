package io.twinloom.bench;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.http.EventLoops;
import io.twinloom.local.http.FunctionEndpoint;
import io.twinloom.local.http.VertxRemoteCloud;
import io.twinloom.local.mqtt.LocalDeviceChannel;
import io.twinloom.local.mqtt.SqliteSessionStore;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.mqtt.MqttSecurity;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The floor of the pipeline: what an event cannot do without, by the same libraries, and nothing
 * else. Over three clouds: one MQTT publish that is acknowledged after a durable write, two POSTs
 * of its 300 bytes, each answered after a durable write. In one cloud: the publish and two writes.
 *
 * <p>Arguments: the number of clouds, a folder. Prints its addresses as one line, then serves until
 * its standard input ends. {@code GET /stored} of its last endpoint tells how many events went all
 * the way.
 */
final class FloorServer {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final byte[] OK = "{\"status\":\"Success\"}".getBytes(StandardCharsets.UTF_8);
  private final Vertx vertx = EventLoops.start();
  private final RemoteCloud remote = new VertxRemoteCloud(vertx);
  private final AtomicLong keys = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();

  public static void main(String[] args) throws IOException {
    new FloorServer().serve(Integer.parseInt(args[0]), Path.of(args[1]));
  }

  private void serve(int clouds, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<CloudDatabase> databases = new ArrayList<>();
    for (int cloud = 0; cloud < clouds; cloud++) {
      List<String> schema =
          new ArrayList<>(
              List.of("CREATE TABLE IF NOT EXISTS kept(key INTEGER PRIMARY KEY, value BLOB)"));
      schema.addAll(SqliteSessionStore.SCHEMA);
      databases.add(CloudDatabase.open(folder.resolve(cloud + ".db"), schema));
    }
    FunctionEndpoint last =
        FunctionEndpoint.start(
            vertx,
            "127.0.0.1",
            0,
            name -> Optional.of(new Writer(databases.get(clouds - 1), Optional.empty())));
    Optional<URI> next = Optional.empty();
    if (clouds == 3) {
      Writer middle = new Writer(databases.get(1), Optional.of(last.uri().resolve("/writer")));
      next =
          Optional.of(
              FunctionEndpoint.start(vertx, "127.0.0.1", 0, name -> Optional.of(middle))
                  .uri()
                  .resolve("/writer"));
    }
    CloudDatabase first = databases.get(0);
    Optional<URI> onward = next;
    LocalDeviceChannel channel =
        LocalDeviceChannel.open(
            "floor",
            new LocalDeviceChannel.Listen("127.0.0.1", 0, MqttSecurity.NONE),
            (device, payload) ->
                keep(first, payload).thenAccept(done -> goOn(first, onward, payload)),
            first,
            InvocationLog.SILENT,
            InstantSource.system());
    channel.listen();
    System.out.println(channel.uri() + " " + last.uri().resolve("/stored"));
    while (System.in.read() >= 0) {
      // Whoever started this process ends it by closing its input.
      continue;
    }
    System.exit(0);
  }

  private void goOn(CloudDatabase own, Optional<URI> next, byte[] payload) {
    Thread.startVirtualThread(
        () -> {
          if (next.isPresent()) {
            post(next.get(), payload);
          } else {
            keep(own, payload).join();
            stored.incrementAndGet();
          }
        });
  }

  private CompletableFuture<Void> keep(CloudDatabase database, byte[] payload) {
    long key = keys.incrementAndGet();
    return database.change(
        statements -> {
          PreparedStatement put = statements.of("INSERT INTO kept(key, value) VALUES(?,?)");
          put.setLong(1, key);
          put.setBytes(2, payload);
          put.executeUpdate();
        });
  }

  private void post(URI to, byte[] payload) {
    try {
      RemoteCloud.Answer answer =
          remote.send("POST", to, Map.of("content-type", "application/json"), payload, TIMEOUT);
      if (answer.status() != 200) {
        throw new IllegalStateException("The floor answered " + answer.status());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what it is given, answers, and passes it on. */
  private final class Writer implements HostedFunction {
    private final CloudDatabase database;
    private final Optional<URI> next;

    Writer(CloudDatabase database, Optional<URI> next) {
      this.database = database;
      this.next = next;
    }

    @Override
    public HttpAnswer receive(HttpHead head, byte[] body) {
      if (head.method().equals("GET")) {
        return new HttpAnswer(200, Long.toString(stored.get()).getBytes(StandardCharsets.UTF_8));
      }
      keep(database, body).join();
      if (next.isPresent()) {
        Thread.startVirtualThread(() -> post(next.get(), body));
      } else {
        stored.incrementAndGet();
      }
      return new HttpAnswer(200, OK);
    }

    @Override
    public JsonValue invoke(JsonObject event, AsyncInvoker later) {
      return invoke(event);
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpHead head) {
      return Optional.empty();
    }

    @Override
    public JsonValue invoke(JsonObject event) {
      return event;
    }

    @Override
    public boolean isReceiver() {
      return true;
    }
  }
}
