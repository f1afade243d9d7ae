package io.twinloom.bench;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.http.EventLoops;
import io.twinloom.local.http.FunctionEndpoint;
import io.twinloom.local.http.VertxRemoteCloud;
import io.twinloom.local.mqtt.Contacts;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A floor of the pipeline: what an event cannot do without, by the same libraries, and nothing
 * else; what that is depends on its {@link FloorKind}. Over three clouds: one MQTT publish that is
 * acknowledged after a durable write, two POSTs of its 300 bytes, each answered after a durable
 * write. In one cloud: the publish and two writes.
 *
 * <p>Arguments: the kind, the number of clouds, a folder. Prints its addresses as one line, then
 * serves until its standard input ends. {@code GET /stored} of its last endpoint answers with the
 * number of events that went all the way.
 */
final class FloorServer {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private final Vertx vertx = EventLoops.start();
  private final RemoteCloud remote = new VertxRemoteCloud(vertx);
  private final AtomicLong stored = new AtomicLong();

  public static void main(String[] args) throws IOException {
    new FloorServer()
        .serve(FloorKind.valueOf(args[0]), Integer.parseInt(args[1]), Path.of(args[2]));
  }

  private void serve(FloorKind kind, int clouds, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<CloudDatabase> databases = new ArrayList<>();
    for (int cloud = 0; cloud < clouds; cloud++) {
      List<String> schema = new ArrayList<>(FloorStore.TABLES);
      schema.addAll(SqliteSessionStore.SCHEMA);
      databases.add(CloudDatabase.open(folder.resolve(cloud + ".db"), schema));
    }
    Optional<FloorEvents.Next> next = Optional.empty();
    FloorEvents events = FloorEvents.of(kind, store(databases.getLast()), next, clouds == 1);
    URI last = endpoint(events);
    URI following = last;
    for (int cloud = clouds - 2; cloud >= 0; cloud--) {
      URI to = following.resolve("/writer");
      next = Optional.of(body -> post(to, body));
      events = FloorEvents.of(kind, store(databases.get(cloud)), next, cloud > 0);
      following = cloud == 0 ? following : endpoint(events);
    }
    FloorEvents first = events;
    LocalDeviceChannel channel =
        LocalDeviceChannel.open(
            "floor",
            new LocalDeviceChannel.Listen("127.0.0.1", 0, MqttSecurity.NONE),
            first::published,
            Contacts.ONLY_HERE,
            new LocalDeviceChannel.Host(
                databases.getFirst(),
                InvocationLog.SILENT,
                InstantSource.system(),
                () -> UUID.randomUUID().toString()));
    channel.listen();
    System.out.println(channel.uri() + " " + last.resolve("/stored"));
    while (System.in.read() >= 0) {
      // The process that started this one ends it by closing its input.
      continue;
    }
    System.exit(0);
  }

  private FloorStore store(CloudDatabase database) {
    return new FloorStore(database, stored);
  }

  private URI endpoint(FloorEvents events) {
    Writer writer = new Writer(events);
    return FunctionEndpoint.start(vertx, "127.0.0.1", 0, name -> Optional.of(writer)).uri();
  }

  private byte[] post(URI to, byte[] payload) {
    try {
      RemoteCloud.Answer answer =
          remote.send("POST", to, Map.of("content-type", "application/json"), payload, TIMEOUT);
      if (answer.status() != 200) {
        throw new IllegalStateException("The floor answered " + answer.status());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what it is given, and answers. */
  private final class Writer implements HostedFunction {
    private final FloorEvents events;

    Writer(FloorEvents events) {
      this.events = events;
    }

    @Override
    public HttpAnswer receive(HttpHead head, byte[] body) {
      if (head.method().equals("GET")) {
        return new HttpAnswer(200, Long.toString(stored.get()).getBytes(StandardCharsets.UTF_8));
      }
      return new HttpAnswer(200, events.received(body));
    }

    @Override
    public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later) {
      throw new IllegalStateException("it is called over HTTP");
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
