package io.twinloom.local.deploy;

import io.twinloom.deployer.CloudOperations;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.TargetPorts;
import io.twinloom.deployer.TokenGenerator;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.deployer.live.TwinServer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.Ambient;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.LocalOptions.Listener;
import io.twinloom.local.LocalTwinSpec;
import io.twinloom.local.log.LogFilter;
import io.twinloom.local.log.LogReader;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.mqtt.MqttSecurity;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.plan.PlanJson;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A twin that runs in this process, with the endpoint through which others ask it. */
public final class RunningTwin implements AutoCloseable {

  /** The name of its server's port among those that are kept. */
  private static final String SERVER = "api";

  private final PreparedProject project;
  private final LocalDataFolder data;
  private final Journal journal;
  private final DataLock lock;
  private final LocalClouds clouds;
  private final DeployedTwin twin;
  private TwinServer.@Nullable Mounted server;

  private RunningTwin(
      PreparedProject project,
      LocalDataFolder data,
      Journal journal,
      DataLock lock,
      LocalClouds clouds,
      DeployedTwin twin) {
    this.project = project;
    this.data = data;
    this.journal = journal;
    this.lock = lock;
    this.clouds = clouds;
    this.twin = twin;
  }

  /** Starts it; whatever was started is ended again where something fails. */
  static RunningTwin start(
      PreparedProject project,
      LocalDataFolder data,
      LocalRun run,
      Journal journal,
      LocalWiring wiring,
      Target target,
      Consumer<String> stop) {
    run.options().mqttSecurity().ifPresent(s -> BoundDevices.check(project.project(), s));
    DataLock lock = DataLock.take(data);
    RunningTwin twin = null;
    boolean ready = false;
    try {
      data.format().check();
      data.format().prepare(wiring.progress());
      data.removeEndpoints();
      journal.enter(State.DEPLOYING, project.digest());
      LocalClouds clouds = startClouds(project, data, run.options(), wiring);
      // From here on every store has the present format.
      data.format().written();
      RunOptions kept = keepPorts(run, clouds);
      twin =
          new RunningTwin(
              project,
              data,
              journal,
              lock,
              clouds,
              deployed(project, data, clouds, LocalState.options(run.shown(), kept), wiring));
      twin.open(run, kept, wiring, target, stop);
      var unused = clouds.failure().thenAccept(failure -> stop.accept("a failure of its own"));
      ready = true;
      return twin;
    } finally {
      if (!ready && twin != null) {
        twin.close();
      } else if (!ready) {
        lock.close();
      }
    }
  }

  private static LocalClouds startClouds(
      PreparedProject project, LocalDataFolder data, LocalOptions options, LocalWiring wiring) {
    TokenGenerator tokens = new TokenGenerator(wiring.random());
    return LocalClouds.start(
        new LocalTwinSpec(
            project.project(),
            project.topology(),
            UserFunctions.of(
                project, data, wiring.environment(), wiring.clock(), wiring.progress()),
            (topology, endpoints) -> data.connections().connect(topology, endpoints, tokens)),
        options,
        Ambient.of(wiring.clock(), wiring.random()));
  }

  /** The ports that were chosen are those of the next start too, where none are fixed. */
  private static RunOptions keepPorts(LocalRun run, LocalClouds clouds) {
    Map<String, Integer> ports = new TreeMap<>();
    if (run.options().portBase().isEmpty()) {
      clouds
          .endpoints()
          .forEach(
              (cloud, endpoint) -> {
                ports.put(Listener.HTTP.on(cloud), endpoint.http().getPort());
                ports.put(Listener.MQTT.on(cloud), endpoint.mqtt().getPort());
              });
    }
    return run.chosen().withPorts(ports);
  }

  private static DeployedTwin deployed(
      PreparedProject project,
      LocalDataFolder data,
      LocalClouds clouds,
      List<OptionStatus> options,
      LocalWiring wiring) {
    Placement placement = project.project().placement();
    String name = project.topology().twin();
    Map<Provider, CloudOperations> operations = new TreeMap<>();
    clouds
        .byProvider()
        .forEach(
            (provider, cloud) ->
                operations.put(
                    provider,
                    new LocalCloudOperations(
                        cloud,
                        project.project(),
                        clouds.moverOrders(),
                        clouds
                            .twinService()
                            .filter(t -> placement.l4().equals(Optional.of(provider))),
                        wiring.clock())));
    return new DeployedTwin(
        project,
        operations,
        new TargetPorts(
            () -> LocalState.of(clouds, options),
            data.connections(),
            new LocalTokenSwitch(clouds, name),
            () ->
                LocalVerificationTarget.of(
                    deviceChannel(clouds, placement), name, data, wiring.clock())),
        wiring.random());
  }

  private static URI deviceChannel(LocalClouds clouds, Placement placement) {
    LocalClouds.Endpoint endpoint = clouds.endpoints().get(placement.l1());
    if (endpoint == null) {
      throw new IllegalStateException("the cloud of layer 1 does not run");
    }
    return endpoint.mqtt();
  }

  /**
   * Why it cannot go on, where it cannot: then it was asked to end as another command asks, and
   * acknowledges nothing any more.
   */
  public Optional<TwinloomException> failure() {
    CompletableFuture<TwinloomException> failure = clouds.failure();
    return failure.isDone() ? Optional.of(failure.join()) : Optional.empty();
  }

  /** What runs: a copy, which is kept with its data. */
  public PreparedProject project() {
    return project;
  }

  /** What can be asked of it. */
  public TwinControl control() {
    return twin;
  }

  private static MqttAccess access(Optional<MqttSecurity> security) {
    return security
        .map(
            s -> {
              // One that is bound to no device may send for all.
              Optional<Map.Entry<String, String>> user =
                  s.users().entrySet().stream()
                      .min(
                          Comparator.comparing(
                                  (Map.Entry<String, String> u) ->
                                      s.bound().containsKey(u.getKey()))
                              .thenComparing(Map.Entry::getKey));
              return new MqttAccess(
                  user.map(Map.Entry::getKey),
                  user.map(Map.Entry::getValue),
                  s.certificate().map(MqttSecurity.Certificate::chain));
            })
        .orElse(MqttAccess.OPEN);
  }

  private void open(
      LocalRun run, RunOptions kept, LocalWiring wiring, Target target, Consumer<String> stop) {
    server =
        wiring
            .server()
            .mount(new RunningProject(project, twin, target, data.path(), serverPort(run), stop));
    MqttAccess access = access(run.options().mqttSecurity());
    PrivateFiles.write(data.mqttAccess(), Json.bytes(access.toJson()));
    data.write(kept.withPort(SERVER, server.address().getPort()));
    data.write(state());
    PrivateFiles.write(data.plan(), Json.bytes(PlanJson.of(project.topology())));
    journal.enter(State.DEPLOYED, project.digest());
    data.write(
        new Endpoints(
            ProcessId.ofThis(),
            project.topology().twin(),
            server.address(),
            project.project().placement().l1(),
            clouds.endpoints()));
  }

  private DeployedState state() {
    SortedMap<String, String> code = new TreeMap<>();
    for (DeployedFunction function : project.topology().functions()) {
      project.codeOf(function).ifPresent(c -> code.put(function.name(), c.digest()));
    }
    Placement placement = project.project().placement();
    return data.deployed()
        .map(before -> before.next(project.digest(), placement))
        .orElseGet(() -> DeployedState.first(project.digest(), placement))
        .withCode(code);
  }

  /**
   * That after the ports of all endpoints and device channels, where ports are fixed; else that of
   * the last start, so that an open page finds the twin again.
   */
  private static TwinServer.Port serverPort(LocalRun run) {
    return new TwinServer.Port(
        run.options().portBase().map(base -> base + 2 * Provider.all().size()),
        Optional.ofNullable(run.chosen().ports().get(SERVER)));
  }

  /** Where other commands and the web page reach it. */
  public URI address() {
    return data.written().map(Endpoints::api).orElseThrow();
  }

  /** What {@code endpoints.json} says. */
  public JsonObject endpointsJson() {
    return data.written().map(Endpoints::toJson).orElse(JsonObject.EMPTY);
  }

  /** Where each cloud is reached. */
  public Map<Provider, LocalClouds.Endpoint> endpoints() {
    return clouds.endpoints();
  }

  /** How many events are dead letters now, over all clouds. */
  public long deadLetters() {
    return clouds.byProvider().values().stream()
        .mapToLong(cloud -> cloud.deadLetters().count())
        .sum();
  }

  /** What functions and user code say from now on: the log without the lines of invocations. */
  public LogReader.Follower followNotes() {
    return new LogReader(data.log()).follow(LogFilter.all().ofNotes());
  }

  /** The lines of the log from now on. */
  public LogReader.Follower followLog() {
    return new LogReader(data.log()).follow(LogFilter.all());
  }

  @Override
  public void close() {
    try (lock) {
      if (server != null) {
        data.removeEndpoints();
        server.close();
      }
      clouds.close();
      journal.enter(State.ENDED, project.digest());
    }
  }
}
