package io.twinloom.local.deploy;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.LockFile;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.ProjectCopies;
import io.twinloom.deployer.change.ProjectChange;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeReport;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.deployer.live.TwinServer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.log.LogFilter;
import io.twinloom.local.log.LogReader;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.mqtt.MqttSecurity;
import java.net.URI;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A twin that runs in this process, with the endpoint through which others ask it. */
public final class RunningTwin implements AutoCloseable {

  /** The name of its server's port among those that are kept. */
  private static final String SERVER = "api";

  private final LocalDataFolder data;
  private final LockFile lock;
  private final LiveTwin live;
  private final ProjectCopies copies;
  private final TwinControl control;
  private TwinServer.@Nullable Mounted server;

  private RunningTwin(LocalDataFolder data, LockFile lock, LiveTwin live, ProjectCopies copies) {
    this.copies = copies;
    this.data = data;
    this.lock = lock;
    this.live = live;
    this.control = new LiveControl(live);
  }

  /** Starts it; whatever was started is ended again where something fails. */
  static RunningTwin start(
      PreparedProject project,
      LocalDataFolder data,
      LocalRun run,
      Journal journal,
      LocalWiring wiring,
      Served served) {
    run.options().mqttSecurity().ifPresent(s -> BoundDevices.check(project.project(), s));
    LockFile lock = DataLock.take(data);
    RunningTwin twin = null;
    boolean ready = false;
    try {
      data.format().check();
      data.format().prepare(wiring.progress());
      data.removeEndpoints();
      journal.enter(State.DEPLOYING, project.digest());
      LiveTwin live = LiveTwin.start(project, data, wiring, journal, run);
      // From here on every store has the present format.
      data.format().written();
      twin = new RunningTwin(data, lock, live, data.copies(wiring.environment(), wiring.clock()));
      twin.open(run, wiring, served);
      var unused =
          live.clouds()
              .failure()
              .thenAccept(failure -> served.stop().accept("a failure of its own"));
      live.goOn();
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

  /**
   * Why it cannot go on, where it cannot: then it was asked to end as another command asks, and
   * acknowledges nothing any more.
   */
  public Optional<TwinloomException> failure() {
    CompletableFuture<TwinloomException> failure = live.clouds().failure();
    return failure.isDone() ? Optional.of(failure.join()) : Optional.empty();
  }

  /** What runs: a copy, which is kept with its data. */
  public PreparedProject project() {
    return live.project();
  }

  /** What making it this version of its project takes. */
  public ProjectChange compare(PreparedProject wanted) {
    return ProjectChange.between(live.project(), wanted);
  }

  /**
   * Makes it this version of its project while it runs.
   *
   * @throws TwinloomException if that takes more than a running twin can do, or its code cannot be
   *     loaded: then nothing has changed
   * @see TwinControl#change
   */
  public ChangeReport change(PreparedProject wanted) {
    return live.change(copies.keep(wanted), ChangeOrder.of(wanted.digest()));
  }

  /** What can be asked of it. */
  public TwinControl control() {
    return control;
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

  private void open(LocalRun run, LocalWiring wiring, Served served) {
    server =
        wiring
            .server()
            .mount(
                RunningProject.of(live::project, control, live.seen())
                    .at(
                        served.target(),
                        served.home(),
                        data.path(),
                        serverPort(run),
                        served.stop()));
    MqttAccess access = access(run.options().mqttSecurity());
    PrivateFiles.write(data.mqttAccess(), Json.bytes(access.toJson()));
    data.write(
        run.chosen()
            .withPorts(live.clouds(), run.options())
            .withPort(SERVER, server.address().getPort()));
    live.write();
    data.write(
        new Endpoints(
            ProcessId.ofThis(),
            project().topology().twin(),
            server.address(),
            project().project().placement().l1(),
            endpoints()));
  }

  /**
   * That after the ports of all endpoints and device channels, where ports are fixed; else that of
   * the last start, so that an open page finds the twin again.
   */
  private static TwinServer.Port serverPort(LocalRun run) {
    return new TwinServer.Port(
        fixedServerPort(run.options()), Optional.ofNullable(run.chosen().ports().get(SERVER)));
  }

  static Optional<Integer> fixedServerPort(LocalOptions options) {
    return options.portBase().map(base -> base + 2 * Provider.all().size());
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
    return live.clouds().endpoints();
  }

  /** How many events are dead letters now, over all clouds. */
  public long deadLetters() {
    return live.clouds().byProvider().values().stream()
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
      live.close();
    }
  }
}
