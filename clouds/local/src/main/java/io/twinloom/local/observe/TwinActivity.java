package io.twinloom.local.observe;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.pace.EventPace;
import io.twinloom.local.worker.UserFunctions;
import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What a local twin has done since its start. Safe for threads. */
public final class TwinActivity {

  /** The functions on a measurement's way into the hot store. */
  private static final Set<FunctionKind> WAY =
      Set.of(
          FunctionKind.DISPATCHER,
          FunctionKind.CONNECTOR,
          FunctionKind.INGESTION,
          FunctionKind.PROCESSOR,
          FunctionKind.PERSISTER,
          FunctionKind.HOT_WRITER);

  /** User code that is called without a pipeline of its own. */
  private static final Set<FunctionKind> BARE =
      Set.of(FunctionKind.USER_PROCESSOR, FunctionKind.USER_FEEDBACK);

  private static final int MOST_DEVICES = 100_000;

  private volatile Topology topology;
  private final InstantSource clock;
  private final Instant start;
  private final Conservation conservation;
  private final Faults faults;
  private final EventPace pace = new EventPace();
  private volatile Set<String> way;
  private volatile Set<String> bare;
  private final Map<String, Activity> functions = new ConcurrentHashMap<>();
  private final Map<String, Activity> connections = new ConcurrentHashMap<>();
  private final Map<String, DeviceActivity> devices = new ConcurrentHashMap<>();
  private final RefusedTopics refusedTopics = new RefusedTopics();
  private volatile Map<Provider, Map<URI, String>> receivers = Map.of();

  public TwinActivity(Topology topology, InstantSource clock, RandomGenerator random) {
    this.topology = topology;
    this.clock = clock;
    this.start = clock.instant();
    this.conservation = new Conservation(start);
    this.faults = new Faults(clock, random);
    this.way = names(topology, WAY);
    this.bare = names(topology, BARE);
  }

  private static Set<String> names(Topology topology, Set<FunctionKind> kinds) {
    return topology.functions().stream()
        .filter(f -> kinds.contains(f.kind()))
        .map(DeployedFunction::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The twin as it is from now on, and where each connection leads, whose requests are counted. */
  public void use(Topology present, Connections known) {
    topology = present;
    way = names(present, WAY);
    bare = names(present, BARE);
    Map<Provider, Map<URI, String>> all = new HashMap<>();
    for (Connection connection : topology.connections()) {
      Connections.Connection address = known.byId().get(connection.id());
      if (address != null) {
        all.computeIfAbsent(connection.from(), p -> new HashMap<>())
            .put(address.url(), connection.id());
      }
    }
    receivers = Map.copyOf(all);
  }

  Optional<String> connectionTo(Provider from, URI url) {
    Map<URI, String> known = receivers.getOrDefault(from, Map.of());
    String id = known.get(url);
    if (id == null && url.getRawQuery() != null) {
      String text = url.toString();
      id = known.get(URI.create(text.substring(0, text.indexOf('?'))));
    }
    return Optional.ofNullable(id);
  }

  void requested(String connection, double millis, boolean ok) {
    connection(connection).add(clock.instant(), millis, ok);
  }

  /** Notes that a function has run. */
  public void ran(String function, Duration duration, boolean ok) {
    function(function).add(clock.instant(), duration.toNanos() / 1e6, ok);
  }

  /** Notes that a function has run on several events, of which so many ended so. */
  public void ran(String function, Duration duration, int events, boolean ok) {
    if (events > 0) {
      function(function).add(clock.instant(), duration.toNanos() / 1e6, ok, events);
    }
  }

  /** Notes that the channel has acknowledged a device's message. */
  public void published(String device) {
    Instant now = clock.instant();
    conservation.published(now, 1);
    device(device).ifPresent(d -> d.seen(now));
  }

  /** A device's message has a further measurement. */
  public void listed() {
    conservation.published(clock.instant(), 1);
  }

  /** Notes that a function dropped a marked measurement, which came after its limit. */
  public void dropped(String function) {
    if (way.contains(function)) {
      conservation.filtered(clock.instant(), 1);
    }
  }

  /** Measurements come again, by a replay. */
  public void queuedAgain(long measurements) {
    conservation.published(clock.instant(), measurements);
  }

  /** So many events were left by an earlier run; some of them may be measurements. */
  public void left(long events) {
    conservation.left(events);
  }

  /** Notes that the channel refused what a client published, or (empty topic) its connection. */
  public void refusedTopic(String client, String topic, String why) {
    refusedTopics.add(new RefusedTopics.Refused(clock.instant(), client, topic, why));
  }

  /** What the channels refused lately, by topic and client. */
  public RefusedTopics refusedTopics() {
    return refusedTopics;
  }

  /** Notes that a device's message was refused. */
  public void refused(String device, String code, String reason) {
    device(device)
        .ifPresent(d -> d.refused(new DeviceActivity.Refusal(clock.instant(), code, reason)));
  }

  /** Whether a dead letter is a measurement that was not stored. */
  boolean isMeasurement(DeadLetter letter) {
    return isMeasurement(letter.function(), letter.event());
  }

  /** Whether an event of a function is a measurement on its way into the hot store. */
  public boolean isMeasurement(String function, JsonValue event) {
    boolean update =
        event instanceof JsonObject object
            && object.text("message_type").equals(Optional.of(Envelope.TWIN_UPDATE));
    return way.contains(function) && !update;
  }

  /** A hot store whose writes are counted. */
  public HotStore counted(HotStore store) {
    return new CountedHotStore(store, conservation, clock);
  }

  /** Dead letters of which those of measurements are counted. */
  public DeadLetters counted(DeadLetters letters) {
    return new CountedDeadLetters(letters, this::isMeasurement, conservation, clock);
  }

  /** A client whose requests are counted by connection. */
  public RemoteCloud observed(RemoteCloud http, Provider from) {
    return new ObservedRemoteCloud(http, from, this);
  }

  /** User code whose runs are counted. */
  public UserFunctions observed(UserFunctions code) {
    return new ObservedUserFunctions(code, this);
  }

  /** Whether a function is user code with nothing around it that counts its runs. */
  boolean isBare(String function) {
    return bare.contains(function);
  }

  private Optional<DeviceActivity> device(String id) {
    return devices.size() >= MOST_DEVICES && !devices.containsKey(id)
        ? Optional.empty()
        : Optional.of(devices.computeIfAbsent(id, d -> new DeviceActivity()));
  }

  /** What a function has done. */
  public Activity function(String name) {
    return functions.computeIfAbsent(name, n -> new Activity());
  }

  /** What was sent over a connection. */
  public Activity connection(String id) {
    return connections.computeIfAbsent(id, i -> new Activity());
  }

  /** What each device has sent that has sent anything. */
  public Map<String, DeviceActivity> devices() {
    return Map.copyOf(devices);
  }

  public Conservation conservation() {
    return conservation;
  }

  public Faults faults() {
    return faults;
  }

  /** How fast that goes which can wait, beside the twin's events. */
  public EventPace pace() {
    return pace;
  }

  public Instant start() {
    return start;
  }

  /** The ids of all connections, in their order. */
  public List<String> connectionIds() {
    return topology.connections().stream().map(Connection::id).toList();
  }
}
