package io.twinloom.local.deploy;

import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.HistoryQuery;
import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.Replay;
import io.twinloom.deployer.StatusReport;
import io.twinloom.deployer.StatusReport.ConnectionState;
import io.twinloom.deployer.TokenGenerator;
import io.twinloom.deployer.TokenRotation;
import io.twinloom.deployer.Verification;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.functions.twin.TwinOperation;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.LocalDeadLetters;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.LocalTiers;
import io.twinloom.local.LocalTwinSpec;
import io.twinloom.local.log.LogFilter;
import io.twinloom.local.log.LogReader;
import io.twinloom.local.worker.UserFunction;
import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.mqtt.MqttSecurity;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import io.twinloom.topology.plan.PlanJson;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A twin that runs in this process, with the endpoint through which others ask it. */
public final class RunningTwin implements DeployedTwin, AutoCloseable {

  /** A list of dead letters shows the oldest of each cloud, at most so many. */
  static final int MAX_LISTED = 1_000;

  /** A sender's own tries end before this, but for a receiver that asks for long pauses. */
  private static final Duration LONGEST_CHANGE = Duration.ofSeconds(100);

  /** A rotation changes tokens twice: the new ones come, and the former end. */
  static final Duration ROTATION = LONGEST_CHANGE.multipliedBy(2);

  private final PreparedProject project;
  private final Topology topology;
  private final LocalDataFolder data;
  private final Journal journal;
  private final DataLock lock;
  private final LocalClouds clouds;
  private @Nullable ControlServer control;

  private RunningTwin(
      PreparedProject project,
      LocalDataFolder data,
      Journal journal,
      DataLock lock,
      LocalClouds clouds) {
    this.project = project;
    this.topology = project.topology();
    this.data = data;
    this.journal = journal;
    this.lock = lock;
    this.clouds = clouds;
  }

  /** Starts it; whatever was started is ended again where something fails. */
  static RunningTwin start(
      PreparedProject project,
      LocalDataFolder data,
      LocalOptions options,
      Journal journal,
      InstantSource clock,
      Runnable stop) {
    data.make();
    DataLock lock = DataLock.take(data);
    RunningTwin twin = null;
    boolean ready = false;
    try {
      data.removeEndpoints();
      journal.enter(State.DEPLOYING, project.digest());
      twin = new RunningTwin(project, data, journal, lock, startClouds(project, data, options));
      twin.open(access(options.mqttSecurity()), stop);
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
      PreparedProject project, LocalDataFolder data, LocalOptions options) {
    TokenGenerator generator = new TokenGenerator(new SecureRandom());
    return LocalClouds.start(
        new LocalTwinSpec(
            project.project(),
            project.topology(),
            userFunctions(project),
            (topology, endpoints) -> data.connections().connect(topology, endpoints, generator)),
        options);
  }

  private static List<UserFunction> userFunctions(PreparedProject project) {
    List<UserFunction> functions = new ArrayList<>();
    for (DeployedFunction function : project.topology().functions()) {
      project
          .codeOf(function)
          .ifPresent(
              c -> functions.add(new UserFunction(function.name(), c.code(), c.path(), c.entry())));
    }
    for (String name : Topology.foreignActions(project.project())) {
      project
          .actionCode(name)
          .ifPresent(c -> functions.add(new UserFunction(name, c.code(), c.path(), c.entry())));
    }
    return functions;
  }

  private static MqttAccess access(Optional<MqttSecurity> security) {
    return security
        .map(
            s -> {
              Optional<Map.Entry<String, String>> user =
                  s.users().entrySet().stream().min(Map.Entry.comparingByKey());
              return new MqttAccess(
                  user.map(Map.Entry::getKey),
                  user.map(Map.Entry::getValue),
                  s.certificate().map(MqttSecurity.Certificate::chain));
            })
        .orElse(MqttAccess.OPEN);
  }

  private void open(MqttAccess access, Runnable stop) {
    control = ControlServer.start(this, stop);
    PrivateFiles.write(data.mqttAccess(), Json.bytes(access.toJson()));
    PrivateFiles.write(data.plan(), Json.bytes(PlanJson.of(project.topology())));
    journal.enter(State.DEPLOYED, project.digest());
    data.write(
        new Endpoints(
            ProcessId.ofThis(),
            topology.twin(),
            control.address(),
            project.project().placement().l1(),
            clouds.endpoints()));
  }

  /** What {@code endpoints.json} says. */
  public JsonObject endpointsJson() {
    return data.written().map(Endpoints::toJson).orElse(JsonObject.EMPTY);
  }

  /** Where each cloud is reached. */
  public Map<Provider, LocalClouds.Endpoint> endpoints() {
    return clouds.endpoints();
  }

  /** The lines of the log from now on. */
  public LogReader.Follower followLog() {
    return new LogReader(data.log()).follow(LogFilter.all());
  }

  @Override
  public JsonObject status() {
    Map<String, StatusReport.Counts> counts = new HashMap<>();
    for (LocalClouds.FunctionCounts f : clouds.functions()) {
      counts.put(f.name(), new StatusReport.Counts(f.invocations(), f.errors(), f.lastEvent()));
    }
    Map<Provider, Map<String, URI>> endpoints = new EnumMap<>(Provider.class);
    clouds
        .endpoints()
        .forEach((cloud, e) -> endpoints.put(cloud, Map.of("http", e.http(), "mqtt", e.mqtt())));
    return new StatusReport(
            "local",
            project.project(),
            topology,
            endpoints,
            Map.of(),
            counts,
            states(),
            clouds.deadLetters().count(),
            clouds.backlog(),
            clouds.counters(),
            clouds.warnings())
        .toJson().toBuilder().put("tiers", tiers()).build();
  }

  private JsonArray tiers() {
    List<JsonValue> tiers = new ArrayList<>();
    for (LocalTiers.Size size : clouds.tiers().sizes()) {
      JsonObject.Builder tier =
          JsonObject.builder().put("tier", size.tier().title()).put("cloud", size.cloud().id());
      tiers.add(
          size.tier() == Layer.L3_HOT
              ? tier.put("items", size.items()).build()
              : tier.put("chunks", size.chunks())
                  .put("bytes", size.bytes())
                  .put("storedBytes", size.storedBytes())
                  .build());
    }
    return new JsonArray(tiers);
  }

  private Map<String, ConnectionState> states() {
    Map<String, ConnectionState> states = new HashMap<>();
    clouds
        .circuits()
        .forEach(
            (id, circuit) ->
                states.put(
                    id,
                    switch (circuit) {
                      case CLOSED -> ConnectionState.READY;
                      case OPEN -> ConnectionState.OPEN;
                      case HALF_OPEN -> ConnectionState.PROBING;
                    }));
    return states;
  }

  @Override
  public JsonObject query(Query query) {
    return new HistoryQuery(clouds::call, topology).page(query);
  }

  @Override
  public JsonObject restore(String device, String from, String to) {
    return clouds.tiers().restore(device, from, to).toJson();
  }

  @Override
  public JsonObject askTwin(String operation, JsonObject request) {
    return clouds
        .twinService()
        .orElseThrow(
            () ->
                new TwinloomException(
                    DeployerError.TWIN_NONE,
                    "This twin has no layer 4.",
                    "layer_4_provider",
                    "Name a cloud for it in config_providers.json."))
        .answer(
            TwinOperation.of(operation).orElseThrow(() -> new IllegalArgumentException(operation)),
            request);
  }

  @Override
  public JsonObject deadLetters() {
    return JsonObject.builder()
        .put(
            "items",
            new JsonArray(
                clouds.deadLetters().list(MAX_LISTED).stream()
                    .<JsonValue>map(RunningTwin::json)
                    .toList()))
        .put("total", clouds.deadLetters().count())
        .build();
  }

  private static JsonObject json(LocalDeadLetters.Kept letter) {
    return JsonObject.builder()
        .put("id", letter.id())
        .put("time", letter.time())
        .put("function", letter.function())
        .put("cloud", letter.cloud().id())
        .put("error", letter.error())
        .put("attempts", letter.attempts())
        .put("trace_id", letter.traceId())
        .put("event", letter.event())
        .build();
  }

  @Override
  public Replay replay(List<String> ids) {
    return Replay.of(
        ids, ids.isEmpty() ? clouds.deadLetters().replayAll() : clouds.deadLetters().replay(ids));
  }

  @Override
  public synchronized JsonObject rotateTokens(Optional<String> connection, boolean dropFormer) {
    TokenRotation rotation =
        new TokenRotation(
            topology, data.connections(), new TokenGenerator(new SecureRandom()), this::use);
    List<JsonValue> rotated = new ArrayList<>();
    for (TokenRotation.Rotated one : rotation.rotate(connection, dropFormer)) {
      rotated.add(
          JsonObject.builder().put("id", one.id()).put("formerValid", one.formerValid()).build());
    }
    return JsonObject.builder().put("rotated", new JsonArray(rotated)).build();
  }

  private void use(Connections connections) {
    try {
      clouds.use(connections).get(LONGEST_CHANGE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new TwinloomException(
          LocalDeployError.TOKENS_IN_USE,
          "Some calls with the former token are still under way, since their receiver does not"
              + " answer: both tokens stay valid.",
          topology.twin(),
          "Rotate again when the receiver is well; `status` names the connection.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while tokens were rotated", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public JsonObject move(Move move, Optional<Instant> now) {
    FunctionKind mover =
        switch (move) {
          case HOT_TO_COLD -> FunctionKind.HOT_TO_COLD_MOVER;
          case COLD_TO_ARCHIVE -> FunctionKind.COLD_TO_ARCHIVE_MOVER;
        };
    return clouds.tiers().move(mover, now.orElseGet(Instant::now));
  }

  @Override
  public JsonObject verify(Optional<String> device, Duration limit) {
    Verification.Ground ground = new LocalGround(clouds, data, project);
    return new Verification(project.project(), topology, ground, new SecureRandom())
        .run(device, limit)
        .toJson();
  }

  @Override
  public void close() {
    try (lock) {
      if (control != null) {
        data.removeEndpoints();
        control.close();
      }
      clouds.close();
      journal.enter(State.ENDED, project.digest());
    }
  }
}
