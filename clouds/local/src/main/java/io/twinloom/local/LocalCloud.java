package io.twinloom.local;

import io.twinloom.functions.circuit.CircuitBreakers;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.json.JsonObject;
import io.twinloom.local.http.FunctionEndpoint;
import io.twinloom.local.http.ListeningPorts;
import io.twinloom.local.invoke.EventHandling;
import io.twinloom.local.invoke.FunctionHost;
import io.twinloom.local.invoke.InvocationQueue;
import io.twinloom.local.invoke.LocalInvoker;
import io.twinloom.local.invoke.QueueLimits;
import io.twinloom.local.invoke.RetrySchedule;
import io.twinloom.local.mqtt.Intake;
import io.twinloom.local.mqtt.LocalDeviceChannel;
import io.twinloom.local.mqtt.SqliteSessionStore;
import io.twinloom.local.observe.RuleRecording;
import io.twinloom.local.observe.TwinActivity;
import io.twinloom.local.schedule.ScheduleRuns;
import io.twinloom.local.schedule.Scheduler;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.KnownStores;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.local.store.SqliteDeadLetters;
import io.twinloom.local.store.SqliteHotStore;
import io.twinloom.local.store.SqliteRuleRecords;
import io.twinloom.local.worker.UserFunctions;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.mqtt.MqttSecurity;
import io.twinloom.topology.Schedule;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One of the three clouds: its own file, queue, functions, endpoint and device channel. */
public final class LocalCloud implements AutoCloseable {

  /**
   * What the clouds of one process share because it belongs to the process: threads and clients.
   */
  record Shared(
      Vertx vertx,
      RemoteCloud remote,
      UserFunctions userFunctions,
      ScheduledExecutorService timer,
      Ambient ambient,
      TwinInfoSource twins,
      TwinActivity activity,
      Consumer<TwinloomException> failed) {

    InstantSource clock() {
      return ambient.clock();
    }
  }

  private final Provider provider;
  private final Shared shared;
  private final InvocationLog log;
  private final CloudDatabase database;
  private final ScheduledFuture<?> watching;
  private final LocalStores stores;
  private final SqliteRuleRecords ruleRecords;
  private final FunctionHost host;
  private final LocalInvoker invoker;
  private final RemoteSenders senders;
  private final LocalFunctions functions;
  private final InvocationQueue queue;
  private final FunctionEndpoint endpoint;
  private final LocalDeviceChannel devices;
  private Optional<ScheduledFuture<?>> looking = Optional.empty();

  private LocalCloud(
      Provider provider,
      LocalOptions options,
      Shared shared,
      InvocationLog log,
      DeviceEndpoints.Here devicesHere,
      int httpPort) {
    this.provider = provider;
    this.shared = shared;
    this.log = log;
    List<String> schema = new ArrayList<>(InvocationQueue.schema());
    schema.addAll(LocalStores.schema());
    schema.addAll(ScheduleRuns.SCHEMA);
    schema.addAll(SqliteRuleRecords.SCHEMA);
    schema.addAll(SqliteSessionStore.SCHEMA);
    schema.addAll(DeviceContacts.SCHEMA);
    Path file = KnownStores.file(options.data(), provider.id());
    this.database = CloudDatabase.open(file, schema);
    database.onWait(shared.activity().pace()::waited);
    this.watching =
        new StoreWatch(provider, file, log, shared.failed()).over(database, shared.timer());
    this.stores = LocalStores.in(database, provider, options, shared.clock());
    this.ruleRecords = new SqliteRuleRecords(database);
    FunctionRuntime runtime =
        new FunctionRuntime(
            provider,
            shared.clock(),
            shared.ambient().random(),
            shared.ambient().ids(),
            Thread::sleep,
            options.sampling());
    this.host = new FunctionHost(shared.clock(), shared.userFunctions());
    this.queue =
        new InvocationQueue(
            database,
            host,
            new EventHandling(
                new RetrySchedule(options.retryGaps(), options.longestPutOff()),
                options.serialised()),
            QueueLimits.DEFAULT.withBacklog(options.backlog()),
            shared.activity().counted(stores.deadLetters()),
            log,
            shared.clock(),
            shared.timer());
    this.invoker = new LocalInvoker(host, queue);
    this.devices = channel(devicesHere, options);
    this.senders =
        new RemoteSenders(
            shared.activity().observed(shared.remote(), provider),
            new CircuitBreakers(shared.clock(), runtime.random()),
            runtime);
    this.functions =
        new LocalFunctions(
            host,
            invoker,
            shared.twins(),
            new LocalPorts(
                runtime,
                new RuleRecording(log, ruleRecords, shared.clock()),
                stores,
                invoker,
                senders,
                Optional.of(devices),
                shared.activity()));
    this.endpoint = endpoint(options, httpPort);
  }

  private LocalDeviceChannel channel(DeviceEndpoints.Here here, LocalOptions options) {
    try {
      return LocalDeviceChannel.open(
          here.twin(),
          new LocalDeviceChannel.Listen(
              options.bind(),
              ListeningPorts.of(here.mqttPort(), shared.ambient().random()).candidates(),
              options.mqttSecurity().orElse(MqttSecurity.NONE)),
          intake(here),
          here.contacts(),
          new LocalDeviceChannel.Host(database, log, shared.clock(), shared.ambient().ids()));
    } catch (RuntimeException e) {
      watching.cancel(false);
      database.close();
      throw e;
    }
  }

  private FunctionEndpoint endpoint(LocalOptions options, int port) {
    try {
      return ListeningPorts.of(port, shared.ambient().random())
          .open(p -> FunctionEndpoint.start(shared.vertx(), options.bind(), p, host::receiver));
    } catch (RuntimeException e) {
      devices.close();
      watching.cancel(false);
      database.close();
      throw e;
    }
  }

  /** Opens the cloud's stores and its HTTP address; it has no function yet and runs nothing. */
  static LocalCloud open(
      Provider provider,
      LocalOptions options,
      Shared shared,
      InvocationLog log,
      DeviceEndpoints.Here devices,
      int httpPort) {
    return new LocalCloud(provider, options, shared, log, devices, httpPort);
  }

  URI http() {
    return endpoint.uri();
  }

  URI mqtt() {
    return devices.uri();
  }

  public Provider provider() {
    return provider;
  }

  public FunctionHost host() {
    return host;
  }

  LocalInvoker invoker() {
    return invoker;
  }

  /** What its functions send to other clouds with. */
  public RemoteSenders senders() {
    return senders;
  }

  public SqliteHotStore hotStore() {
    return stores.hot();
  }

  public LocalObjectStore coldStore() {
    return stores.cold();
  }

  public LocalObjectStore archiveStore() {
    return stores.archive();
  }

  public TwinGraph twinGraph() {
    return stores.twinGraph();
  }

  public SqliteDeadLetters deadLetters() {
    return stores.deadLetters();
  }

  /** The devices that are connected to this cloud now; empty where its channel does not know. */
  public Optional<Set<String>> connectedDevices() {
    return devices.connected();
  }

  /** What rules did whose event checker runs, or ran, here. */
  public SqliteRuleRecords ruleRecords() {
    return ruleRecords;
  }

  /**
   * Invokes a function of this cloud asynchronously, with an event that was there before; it is on
   * disk when this returns.
   *
   * @throws TwinloomException if there is no such function here
   */
  public void invokeLater(String function, JsonObject event) {
    if (shared.activity().isMeasurement(function, event)) {
      shared.activity().queuedAgain(1);
    }
    invoker.invokeLater(function, event);
  }

  /** Puts a warning that is of no function into the twin's log. */
  public void warn(String message) {
    log.note(InvocationLog.Level.WARN, "", "", message, Map.of());
  }

  LocalDeviceChannel devices() {
    return devices;
  }

  /** How often each kind of event has happened on the device channel, by its name. */
  Map<String, Long> channelEvents() {
    return devices.events();
  }

  InvocationQueue queue() {
    return queue;
  }

  CloudDatabase database() {
    return database;
  }

  LocalFunctions functions() {
    return functions;
  }

  CircuitBreakers circuits() {
    return senders.circuits();
  }

  /**
   * Runs functions by themselves from now on, and first what was missed.
   *
   * @param schedules those of the twin at the moment
   */
  void runOnSchedule(Supplier<List<Schedule>> schedules, MoverOrders orders) {
    Scheduler scheduler =
        new Scheduler(
            () ->
                schedules.get().stream()
                    .filter(s -> s.cloud() == provider && host.has(s.function()))
                    .toList(),
            new ScheduleRuns(database),
            orders.day(),
            shared.clock(),
            log,
            (schedule, now) ->
                invoker.invokeLater(schedule.function(), orders.scheduled(schedule, now)));
    looking =
        Optional.of(
            shared.timer().scheduleWithFixedDelay(scheduler::look, 0, 500, TimeUnit.MILLISECONDS));
  }

  /** Runs what an earlier run has left, and lets devices connect. */
  void start() {
    queue.start();
    devices.listen();
  }

  private Intake intake(DeviceEndpoints.Here here) {
    return new SwitchedIntake(
        here.open(),
        new DeviceIntake(here.dispatcher(), queue, shared.activity(), shared.clock()),
        new NoIntake(here.elsewhere()));
  }

  /** Takes nothing more from outside, and gives what runs a moment to end. */
  void drain(Duration atMost) throws InterruptedException {
    looking.ifPresent(look -> look.cancel(false));
    devices.close();
    endpoint.close();
    queue.drain(atMost);
  }

  @Override
  public void close() {
    devices.close();
    endpoint.close();
    queue.close();
    watching.cancel(false);
    database.close();
  }
}
