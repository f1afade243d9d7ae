package io.twinloom.local;

import io.twinloom.functions.circuit.CircuitBreaker;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.functions.twin.TwinService;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.http.EventLoops;
import io.twinloom.local.http.VertxRemoteCloud;
import io.twinloom.local.invoke.FunctionHost;
import io.twinloom.local.log.InvocationLogFile;
import io.twinloom.local.log.LibraryLog;
import io.twinloom.local.log.LogWriter;
import io.twinloom.local.observe.TwinActivity;
import io.twinloom.local.store.OwnerOnly;
import io.twinloom.local.worker.WorkerUserFunctions;
import io.twinloom.model.Connections;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.Topology;
import io.twinloom.worker.WorkerLimits;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The three clouds of one twin, running in this process. */
public final class LocalClouds implements AutoCloseable {

  /** Where a cloud is reached. */
  public record Endpoint(URI http, URI mqtt) {}

  /** What a function has done since the start; {@code lastEvent} is ISO 8601, or empty. */
  public record FunctionCounts(
      String name, Provider cloud, long invocations, long errors, String lastEvent) {}

  /**
   * What another version of the twin came to.
   *
   * @param functions the names of the user functions that run other code now
   * @param former completes when nothing is under way any more that began with the former settings
   */
  public record Exchange(List<String> functions, CompletableFuture<Void> former) {
    public Exchange {
      functions = List.copyOf(functions);
    }
  }

  /** The folder of the log inside the data folder, for those who read it. */
  public static final String LOG_FOLDER = "log";

  private static final String NOT_STARTED = "the clouds have not started";

  /** What runs when the clouds are stopped gets so long to end; what does not runs again later. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final TwinActivity activity;
  private final Observations observations;
  private final Map<Provider, LocalCloud> clouds = new TreeMap<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private volatile Optional<TwinService> twinService = Optional.empty();
  private volatile Topology topology;
  private volatile TwinConfig.Mode mode;
  private final CompletableFuture<TwinloomException> failure = new CompletableFuture<>();
  private final MoverOrders orders;
  private final DeviceEndpoints devices;
  private @Nullable LocalDeployment deployed;
  private @Nullable WorkerUserFunctions userFunctions;

  private LocalClouds(LocalTwinSpec twin, Duration dayLength, Ambient ambient) {
    this.topology = twin.topology();
    this.mode = twin.project().config().mode();
    this.activity = new TwinActivity(topology, ambient.clock(), ambient.random());
    this.observations = new Observations(activity);
    this.orders = new MoverOrders(twin.project().config(), dayLength);
    this.devices = new DeviceEndpoints(twin.project(), clouds, ambient);
  }

  /** Starts the clouds with the system's clock. */
  public static LocalClouds start(LocalTwinSpec twin, LocalOptions options) {
    return start(twin, options, Ambient.system());
  }

  /**
   * Starts the clouds and returns when they are ready: a device's first publish would be accepted.
   *
   * @throws TwinloomException if they cannot start; nothing is left running
   */
  public static LocalClouds start(LocalTwinSpec twin, LocalOptions options, Ambient ambient) {
    LocalClouds started = new LocalClouds(twin, options.dayLength(), ambient);
    boolean ready = false;
    try {
      started.open(twin, options, ambient);
      ready = true;
      return started;
    } finally {
      if (!ready) {
        started.close();
      }
    }
  }

  private void open(LocalTwinSpec twin, LocalOptions options, Ambient ambient) {
    OwnerOnly.make(options.data());
    LogWriter writer = own(LogWriter.open(options.data().resolve(LOG_FOLDER), ambient.clock()));
    Function<Provider, InvocationLog> logs =
        provider -> observations.watching(new InvocationLogFile(writer, provider, () -> mode));
    resources.push(LibraryLog.into(logs.apply(twin.project().placement().l1())));
    Vertx vertx = EventLoops.start();
    resources.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().name("timer").daemon().unstarted(work));
    resources.push(timer::shutdownNow);
    WorkerUserFunctions workers =
        own(
            WorkerUserFunctions.start(
                twin.allUserFunctions(),
                twin.variables(),
                WorkerLimits.DEFAULTS.toBuilder().timeout(options.userCodeTimeout()).build(),
                () -> logs.apply(topology.placement().l2()),
                twin.workplace(options.data())));
    LocalCloud.Shared shared =
        new LocalCloud.Shared(
            vertx,
            own(new VertxRemoteCloud(vertx)),
            activity.observed(workers),
            timer,
            ambient,
            new TwinInfoSource(),
            activity,
            failure::complete);
    clouds.putAll(new CloudOpening(devices, options).open(shared, logs));
    deployed = new LocalDeployment(twin, clouds);
    Connections connections = connections(twin);
    activity.use(topology, connections);
    deployed.make(connections, this::connections);
    userFunctions = workers;
    twinService = LocalTwinService.of(twin.project(), topology, clouds);
    LocalEvents.warnings(twin.project(), logs.apply(twin.project().placement().l2()));
    activity.left(backlog());
    for (LocalCloud cloud : clouds.values()) {
      cloud.start();
      cloud.runOnSchedule(() -> topology.schedules(), orders);
    }
    deployed.leaving().lookBy(timer);
  }

  private Connections connections(LocalTwinSpec twin) {
    Map<Provider, URI> addresses = new TreeMap<>();
    clouds.forEach((provider, cloud) -> addresses.put(provider, cloud.http()));
    return twin.connecting().connect(twin.topology(), addresses);
  }

  /**
   * Has another version of the twin run while everything goes on, on the same clouds but for layers
   * that move in phases. Nothing that was accepted is lost, and what runs ends as it began.
   *
   * @throws InvocationException if new user code cannot be loaded: then nothing has changed
   */
  public synchronized Exchange change(LocalTwinSpec next) {
    List<String> exchanged =
        Objects.requireNonNull(userFunctions, NOT_STARTED)
            .exchange(next.userFunctions(), next.variables());
    mode = next.project().config().mode();
    Connections connections = connections(next);
    activity.use(next.topology(), connections);
    CompletableFuture<Void> former = deployed().become(next, connections);
    devices.use(next.project(), activity);
    orders.use(next.project().config());
    twinService = LocalTwinService.of(next.project(), next.topology(), clouds);
    topology = next.topology();
    return new Exchange(exchanged, former);
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.push(resource);
    return resource;
  }

  public Map<Provider, Endpoint> endpoints() {
    Map<Provider, Endpoint> all = new TreeMap<>();
    clouds.forEach((id, cloud) -> all.put(id, new Endpoint(cloud.http(), cloud.mqtt())));
    return all;
  }

  public List<FunctionCounts> functions() {
    List<FunctionCounts> all = new ArrayList<>();
    for (LocalCloud cloud : clouds.values()) {
      for (FunctionHost.Counts c : cloud.host().counts()) {
        all.add(
            new FunctionCounts(
                c.function(),
                cloud.provider(),
                c.invocations(),
                c.errors(),
                c.last().map(Instant::toString).orElse("")));
      }
    }
    return all;
  }

  /**
   * How many events wait on a cloud for some functions, or were there before the twin last changed
   * and may still be passed on to them, by the function that they came for.
   */
  public SortedMap<String, Long> waiting(Provider cloud, Set<String> functions) {
    return deployed().leaving().waiting(cloud, functions);
  }

  /** Whether functions of former versions are still there, since something may wait for them. */
  public boolean hasFormerFunctions() {
    return !deployed().leaving().isEmpty();
  }

  /** Invocations that are accepted and not finished, over all clouds. */
  public long backlog() {
    return clouds.values().stream().mapToLong(cloud -> cloud.queue().backlog()).sum();
  }

  /**
   * Completes when the clouds cannot go on: a store was taken away under them. They acknowledge
   * nothing from then on, and their caller ends them. What follows must be short.
   */
  public CompletableFuture<TwinloomException> failure() {
    return failure.copy();
  }

  /** What the twin has done since the start. */
  public TwinActivity activity() {
    return activity;
  }

  /** Warnings that no caller received: skipped, dropped, unusual; newest last, bounded. */
  public List<String> warnings() {
    return observations.list();
  }

  /** How often what is only counted (a property of another type, say) has happened, by its name. */
  public Map<String, Long> counters() {
    return ChannelEvents.beside(observations.counts(), clouds.values());
  }

  /**
   * Has the functions use connections with other tokens: the receivers first, then the senders.
   *
   * @return completes when no run is under way any more that uses the former ones
   */
  public CompletableFuture<Void> use(Connections connections) {
    activity.use(topology, connections);
    return deployed().use(connections);
  }

  /** How each connection is, by its id, as those that send over it have found its receiver. */
  public Map<String, CircuitBreaker.State> circuits() {
    return deployed().circuits();
  }

  private LocalDeployment deployed() {
    return Objects.requireNonNull(deployed, NOT_STARTED);
  }

  /** Calls a function directly, with the deployer's right: no endpoint, no token. */
  public JsonValue call(String function, JsonObject event) {
    return cloudOf(function).host().dispatch(function, event);
  }

  /** The twin service of layer 4; empty where the twin has none. */
  public Optional<TwinService> twinService() {
    return twinService;
  }

  private LocalCloud cloudOf(String function) {
    return topology
        .function(function)
        .map(f -> clouds.get(f.cloud()))
        .orElseThrow(
            () ->
                InvocationException.unknown(
                    "This twin has no function " + function,
                    function,
                    "Compare the name with those that `plan` lists."));
  }

  /** Sends a command to a device over the channel that it uses. */
  public void sendCommand(String device, byte[] payload) {
    devices.channelOf(device).send(device, payload);
  }

  /** The devices that were last seen on a cloud, and when. */
  public SortedMap<String, Instant> lastSeen(Provider cloud) {
    return devices.contacts().lastOn(cloud);
  }

  /** How many dead letters there are, over all clouds. */
  public long deadLetters() {
    return clouds.values().stream().mapToLong(cloud -> cloud.deadLetters().count()).sum();
  }

  /** What the movers are given. */
  public MoverOrders moverOrders() {
    return orders;
  }

  /** The clouds, with the deployer's rights over what they hold. */
  public Map<Provider, LocalCloud> byProvider() {
    return Collections.unmodifiableMap(clouds);
  }

  /** Stops taking messages, lets running functions end for a short while, and closes the stores. */
  @Override
  public void close() {
    try {
      for (LocalCloud cloud : clouds.values()) {
        cloud.drain(DRAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clouds.values().forEach(LocalCloud::close);
    clouds.clear();
    for (AutoCloseable resource; (resource = resources.poll()) != null; ) {
      try {
        resource.close();
      } catch (Exception e) {
        // The process ends; what could not be closed is recovered at the next start.
        continue;
      }
    }
  }
}
