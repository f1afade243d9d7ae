package io.twinloom.functions.tier;

import io.twinloom.functions.catalog.CloudPorts;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.time.Timestamps;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The clouds that the tiers of a twin are on, with the ways between them, and what is in them. */
final class TierClouds implements RemoteCloud {

  static final String COLD_URL = "https://cold.example/plant-cold-writer";
  static final String ARCHIVE_URL = "https://archive.example/plant-archive-writer";

  /** What the tests' chunks hold at most, so that a few items fill several. */
  static final int SMALL = 400;

  final FakeCloud hot = new FakeCloud(KnownClouds.AWS);
  final FakeCloud cold;
  final FakeCloud archive;
  final List<Request> requests = new CopyOnWriteArrayList<>();
  final TwinInfo twin;
  private final String twinJson;
  private final boolean coldRemote;
  private final boolean archiveRemote;

  /** The requests whose answers are lost after they were worked on, by number from 1. */
  private final Set<Integer> lostAnswers = new HashSet<>();

  /** The requests that are refused without being looked at, by number from 1, and how. */
  private final Map<Integer, Integer> refusals = new HashMap<>();

  /** Receives each request while it is under way. */
  private Consumer<JsonObject> watching = body -> {};

  /** The receiver's process; when it dies another one takes its place. */
  private Mortal receiver = Mortal.never();

  TierClouds(boolean coldRemote, boolean archiveRemote, boolean compressed) {
    this.coldRemote = coldRemote;
    this.archiveRemote = archiveRemote;
    this.cold = coldRemote ? new FakeCloud(KnownClouds.AZURE) : hot;
    this.archive = archiveRemote ? new FakeCloud(KnownClouds.GOOGLE) : cold;
    String coldCloud = coldRemote ? "azure" : "aws";
    this.twinJson =
        new Twin()
            .tiers("aws", coldCloud, archiveRemote ? "google" : coldCloud)
            .config("compress_chunks", JsonBoolean.of(compressed))
            .json();
    this.twin = new TwinInfoSource().read(environment(Map.of()));
  }

  Environment environment(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("DIGITAL_TWIN_INFO", twinJson);
    return new Environment(all);
  }

  void loseAnswer(int number) {
    lostAnswers.add(number);
  }

  void refuse(int number, int status) {
    refusals.put(number, status);
  }

  void watch(Consumer<JsonObject> watcher) {
    watching = watcher;
  }

  void receiverIs(Mortal mortal) {
    receiver = mortal;
  }

  /** The ports of a cloud as one process on it sees them. */
  CloudPorts ports(FakeCloud cloud, Mortal mortal) {
    return new MortalPorts(cloud, mortal, mortal.sees(RemoteCloud.class, this));
  }

  /** Runs the hot-to-cold mover, which nobody kills. */
  JsonObject move(JsonObject event) {
    return hotToCold(Mortal.never(), event);
  }

  /** Runs the hot-to-cold mover in a process of its own. */
  JsonObject hotToCold(Mortal process, JsonObject event) {
    return hotToCold(process, event, Runnable::run, SMALL);
  }

  JsonObject hotToCold(Mortal process, JsonObject event, Executor aside, int chunkBytes) {
    Map<String, String> settings =
        coldRemote
            ? Map.of("REMOTE_COLD_WRITER_URL", COLD_URL, "INTER_CLOUD_TOKEN", Twin.TOKEN)
            : Map.of();
    HotToColdMover mover =
        hotToColdMover(
            HotToColdMover.Settings.of(environment(settings), twin),
            twin,
            ports(hot, process),
            aside,
            chunkBytes);
    return mover.run(event, invocation("plant-hot-to-cold-mover", hot.log, event));
  }

  /** Runs the cold-to-archive mover in a process of its own. */
  JsonObject coldToArchive(Mortal process, JsonObject event) {
    Map<String, String> settings =
        archiveRemote
            ? Map.of("REMOTE_ARCHIVE_WRITER_URL", ARCHIVE_URL, "INTER_CLOUD_TOKEN", Twin.TOKEN)
            : Map.of();
    CloudPorts ports = ports(cold, process);
    ColdToArchiveMover mover =
        new ColdToArchiveMover(
            ColdToArchiveMover.Settings.of(environment(settings), twin),
            twin,
            ports.coldStore().orElseThrow(),
            ports.archiveStore(),
            ports.movePlans().orElseThrow(),
            ports.senders());
    return mover.run(event, invocation("plant-cold-to-archive-mover", cold.log, event));
  }

  /** A mover that runs what goes on beside its sending where the test says. */
  static HotToColdMover hotToColdMover(
      HotToColdMover.Settings settings,
      TwinInfo twin,
      CloudPorts ports,
      Executor aside,
      int chunkBytes) {
    ColdTier target =
        ColdTier.along(
            settings.coldWriter(), twin.tiers().compressed(), ports.coldStore(), ports.senders());
    return new HotToColdMover(
        settings,
        twin,
        new ChunkTransfer(ports.hotStore().orElseThrow(), target, aside, chunkBytes),
        ports.movePlans().orElseThrow(),
        ports.runtime());
  }

  private static Invocation invocation(String function, InvocationLog log, JsonObject event) {
    String trace = event.text("trace_id").orElse("3f0e6c1e-0000-4000-8000-000000000001");
    return new Invocation(function, log, letter -> {}, false, trace);
  }

  /** A receiver as its host has it. */
  HostedFunction receiver(FunctionKind kind, Mortal process) {
    FakeCloud cloud = kind == FunctionKind.COLD_WRITER ? cold : archive;
    return io.twinloom.functions.catalog.FunctionCatalog.create(
        kind,
        "plant-" + kind.id(),
        Map.of("DIGITAL_TWIN_INFO", twinJson, "INTER_CLOUD_TOKEN", Twin.TOKEN),
        new TwinInfoSource(),
        ports(cloud, process));
  }

  @Override
  public Answer send(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    int number;
    synchronized (requests) {
      requests.add(new Request(method, url, Map.copyOf(headers), body.clone(), timeout));
      number = requests.size();
    }
    FunctionKind kind =
        url.toString().equals(COLD_URL) ? FunctionKind.COLD_WRITER : FunctionKind.ARCHIVE_WRITER;
    Map<String, String> lower = new LinkedHashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    watching.accept(Json.parseObject(body));
    if (refusals.containsKey(number)) {
      return new Answer(refusals.get(number), Optional.empty(), new byte[0]);
    }
    HttpAnswer answer;
    try {
      answer = receiver(kind, receiver).receive(new HttpHead(method, lower, Map.of()), body);
    } catch (Mortal.Killed e) {
      receiver = Mortal.never();
      throw new IOException("connection reset");
    }
    if (lostAnswers.contains(number)) {
      throw new IOException("connection reset after the receiver worked");
    }
    return new Answer(answer.status(), Optional.empty(), answer.body());
  }

  /** Stores an item so many days and microseconds before the present of the tests. */
  void hotItem(String device, int daysAgo, int micros, String value) {
    String timestamp =
        Timestamps.of(
            FakeCloud.NOW.minus(Duration.ofDays(daysAgo)).plus(Duration.ofNanos(micros * 1_000L)));
    String eventId = device + "-" + daysAgo + "-" + micros;
    JsonObject body =
        Json.parseObject(
                ("{\"value\":" + value + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .toBuilder()
            .put("id", device + "_" + timestamp)
            .put("device_id", device)
            .put("timestamp", timestamp)
            .put("event_id", eventId)
            .build();
    hot.hotStore.put(new HotItem(device, timestamp, eventId, body));
  }

  /** The time so many days before the tests' present. */
  static String daysAgo(int days) {
    return Timestamps.of(FakeCloud.NOW.minus(Duration.ofDays(days)));
  }

  /** Everything in all tiers, one text an item; a doubled item is there twice. */
  List<String> everything() {
    List<String> all = new ArrayList<>();
    hot.hotStore.all().forEach(item -> all.add(Json.text(item.body())));
    all.addAll(items(cold.coldStore));
    all.addAll(items(archive.archiveStore));
    all.sort(null);
    return all;
  }

  static List<String> items(MemoryObjectStore store) {
    List<String> all = new ArrayList<>();
    for (String key : store.keys()) {
      try {
        for (JsonValue item : (JsonArray) Json.parse(store.text(key))) {
          all.add(Json.text(item));
        }
      } catch (JsonSyntaxException e) {
        throw new AssertionError(key, e);
      }
    }
    return all;
  }

  /** What a mover's result says of itself under this name. */
  static long number(JsonObject result, String name) {
    return ((JsonNumber) Objects.requireNonNull(result.get(name))).asDecimal().longValue();
  }

  /** Why a mover has left what it has left. */
  static List<String> left(JsonObject result) {
    List<String> left = new ArrayList<>();
    for (JsonValue one : result.array("left").orElseThrow()) {
      left.add(((JsonObject) one).text("why").orElseThrow());
    }
    return left;
  }

  static HotItem item(int daysAgo) {
    String time = daysAgo(daysAgo);
    return new HotItem("press-1", time, "e1", JsonObject.builder().put("timestamp", time).build());
  }

  static Instant now() {
    return FakeCloud.NOW;
  }
}
