package io.twinloom.deployer.cloud;

import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.HistoryQuery;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Replay;
import io.twinloom.deployer.StatusReport;
import io.twinloom.deployer.StatusReport.ConnectionState;
import io.twinloom.deployer.Target.LogQuery;
import io.twinloom.deployer.TokenGenerator;
import io.twinloom.deployer.TokenRotation;
import io.twinloom.deployer.Verification;
import io.twinloom.deployer.cloud.CloudOperations.FunctionState;
import io.twinloom.deployer.cloud.CloudOperations.Letter;
import io.twinloom.deployer.cloud.CloudOperations.Letters;
import io.twinloom.deployer.cloud.CloudOperations.LogRequest;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A twin that is deployed to the clouds. */
final class CloudTwin implements DeployedTwin, AutoCloseable {

  private static final int MAX_LISTED = 1_000;
  private static final int LOG_LINES = 10_000;
  private static final Duration LOG_SINCE = Duration.ofHours(1);
  private static final Duration FOLLOW_STEP = Duration.ofSeconds(2);

  /** A cloud shows lines of its logs some seconds after they were written, in any order. */
  private static final Duration LOG_DELAY = Duration.ofSeconds(15);

  private final PreparedProject project;
  private final Topology topology;
  private final CloudDataFolder folder;
  private final Accounts accounts;
  private final Map<Provider, CloudOperations> clouds;
  private final TokenRotation.Functions functions;
  private final TokenGenerator generator;

  CloudTwin(
      PreparedProject project,
      CloudDataFolder folder,
      Accounts accounts,
      Map<Provider, CloudOperations> clouds,
      TokenRotation.Functions functions,
      TokenGenerator generator) {
    this.project = project;
    this.topology = project.topology();
    this.folder = folder;
    this.accounts = accounts;
    this.clouds = clouds;
    this.functions = functions;
    this.generator = generator;
  }

  private CloudOperations on(Provider cloud) {
    CloudOperations operations = clouds.get(cloud);
    if (operations == null) {
      throw new TwinloomException(
          DeployerError.CLOUD_NOT_DEPLOYED,
          "Nothing of the twin is deployed to " + cloud.id() + ".",
          topology.twin(),
          "Deploy the twin: the project has changed since.");
    }
    return operations;
  }

  private CloudOperations on(Layer layer) {
    return on(
        project
            .project()
            .placement()
            .of(layer)
            .orElseThrow(
                () ->
                    new TwinloomException(
                        DeployerError.TWIN_NONE,
                        "This twin has no " + layer.title() + ".",
                        layer.configKey(),
                        "Name a cloud for it in config_providers.json.")));
  }

  @Override
  public JsonObject status() {
    Map<String, StatusReport.Counts> counts = new HashMap<>();
    Map<Provider, Map<String, URI>> endpoints = new EnumMap<>(Provider.class);
    List<String> warnings = new ArrayList<>();
    List<JsonValue> tiers = new ArrayList<>();
    long letters = 0;
    for (Map.Entry<Provider, CloudOperations> cloud : clouds.entrySet()) {
      List<DeployedFunction> here =
          topology.functions().stream().filter(f -> f.cloud() == cloud.getKey()).toList();
      Map<String, FunctionState> states = cloud.getValue().functions(here);
      boolean healthy = true;
      for (DeployedFunction function : here) {
        FunctionState state = states.get(function.name());
        if (state == null || !state.active()) {
          healthy = false;
          warnings.add(problem(function, state));
        }
        if (state != null) {
          counts.put(function.name(), state.counts());
        }
      }
      if (healthy) {
        endpoints.put(cloud.getKey(), Map.of());
      }
      letters += cloud.getValue().deadLetters(0).total();
      tiers.addAll(cloud.getValue().tiers());
    }
    JsonObject.Builder status =
        new StatusReport(
                "cloud",
                project.project(),
                topology,
                endpoints,
                urls(),
                counts,
                states(),
                letters,
                0,
                Map.of(),
                warnings)
            .toJson().toBuilder().put("tiers", new JsonArray(tiers));
    dashboards().ifPresent(url -> status.put("dashboards", url));
    return status.build();
  }

  /** Where L5 is seen, where a cloud has made a place for it. */
  private Optional<String> dashboards() {
    JsonObject outputs = folder.outputs().read();
    return project
        .project()
        .placement()
        .l5()
        .flatMap(cloud -> outputs.object(cloud.id()))
        .flatMap(things -> things.text("view"));
  }

  private static String problem(DeployedFunction function, @Nullable FunctionState state) {
    String how =
        state == null
            ? " is not there: deploy the twin again."
            : " does not run: " + state.problem().orElse("its cloud does not say why") + ".";
    return function.name() + " on " + function.cloud().id() + how;
  }

  private Map<String, URI> urls() {
    Map<String, URI> urls = new HashMap<>();
    JsonObject addresses = folder.outputs().read().object("endpoints").orElse(JsonObject.EMPTY);
    addresses
        .members()
        .keySet()
        .forEach(name -> addresses.text(name).ifPresent(u -> urls.put(name, URI.create(u))));
    return urls;
  }

  /**
   * Each function on a cloud knows of its own calls alone: here is told what has address and token.
   */
  private Map<String, ConnectionState> states() {
    Map<String, ConnectionState> states = new HashMap<>();
    folder
        .connections()
        .read()
        .byId()
        .keySet()
        .forEach(id -> states.put(id, ConnectionState.READY));
    return states;
  }

  JsonValue call(String function, JsonObject event) {
    DeployedFunction callee =
        topology
            .function(function)
            .orElseThrow(() -> new IllegalArgumentException("no function " + function));
    return on(callee.cloud()).call(callee, event);
  }

  @Override
  public JsonObject query(Query query) {
    return new HistoryQuery(this::call, topology).page(query);
  }

  @Override
  public JsonObject restore(String device, String from, String to) {
    return on(Layer.L3_ARCHIVE).restore(device, from, to);
  }

  @Override
  public JsonObject askTwin(String operation, JsonObject request) {
    return on(Layer.L4).askTwin(operation, request);
  }

  @Override
  public JsonObject deadLetters() {
    List<JsonObject> all = new ArrayList<>();
    long total = 0;
    for (Map.Entry<Provider, CloudOperations> cloud : clouds.entrySet()) {
      Letters letters = cloud.getValue().deadLetters(MAX_LISTED);
      total += letters.total();
      letters.oldest().forEach(letter -> all.add(json(letter, cloud.getKey())));
    }
    all.sort(Comparator.comparing(letter -> letter.text("time").orElse("")));
    List<JsonValue> shown = List.copyOf(all.subList(0, Math.min(MAX_LISTED, all.size())));
    return JsonObject.builder().put("items", new JsonArray(shown)).put("total", total).build();
  }

  private static JsonObject json(Letter letter, Provider cloud) {
    return JsonObject.builder()
        .put("id", letter.id())
        .put("time", letter.time().toString())
        .put("function", letter.function())
        .put("cloud", cloud.id())
        .put("error", letter.error())
        .put("attempts", letter.attempts())
        .put("trace_id", letter.traceId())
        .put("event", letter.event())
        .build();
  }

  @Override
  public Replay replay(List<String> ids) {
    Map<String, Optional<String>> outcomes = new LinkedHashMap<>();
    for (CloudOperations cloud : clouds.values()) {
      List<String> chosen =
          ids.isEmpty()
              ? cloud.deadLetters(MAX_LISTED).oldest().stream().map(Letter::id).toList()
              : ids;
      for (String id : chosen) {
        try {
          if (cloud.replay(id)) {
            outcomes.put(id, Optional.empty());
          }
        } catch (TwinloomException e) {
          outcomes.put(id, Optional.of(e.what()));
        }
      }
    }
    return Replay.of(ids, outcomes);
  }

  @Override
  public JsonObject move(Move move, Optional<Instant> now) {
    FunctionKind kind =
        switch (move) {
          case HOT_TO_COLD -> FunctionKind.HOT_TO_COLD_MOVER;
          case COLD_TO_ARCHIVE -> FunctionKind.COLD_TO_ARCHIVE_MOVER;
        };
    JsonObject.Builder order = JsonObject.builder();
    now.ifPresent(t -> order.put("now", t.toString()));
    JsonValue result = call(topology.function(kind).orElseThrow().name(), order.build());
    return result instanceof JsonObject o ? o : JsonObject.EMPTY;
  }

  @Override
  public JsonObject rotateTokens(Optional<String> connection, boolean dropFormer) {
    List<JsonValue> rotated = new ArrayList<>();
    for (TokenRotation.Rotated one :
        new TokenRotation(topology, folder.connections(), generator, functions)
            .rotate(connection, dropFormer)) {
      rotated.add(
          JsonObject.builder().put("id", one.id()).put("formerValid", one.formerValid()).build());
    }
    return JsonObject.builder().put("rotated", new JsonArray(rotated)).build();
  }

  @Override
  public JsonObject verify(Optional<String> device, Duration limit) {
    try (CloudDevices devices = new CloudDevices(folder)) {
      return new Verification(
              project.project(), topology, new CloudGround(this, devices), new SecureRandom())
          .run(device, limit)
          .toJson();
    }
  }

  List<JsonObject> log(Optional<DeployedFunction> function, Optional<String> trace, Instant since) {
    List<JsonObject> lines = new ArrayList<>();
    clouds.forEach(
        (cloud, operations) -> {
          if (function.isEmpty() || function.get().cloud() == cloud) {
            lines.addAll(operations.log(new LogRequest(function, trace, since, LOG_LINES)));
          }
        });
    lines.sort(Comparator.comparing(line -> line.text("time").orElse("")));
    return lines;
  }

  void logs(LogQuery query, Consumer<JsonObject> lines) {
    Optional<DeployedFunction> function =
        query
            .function()
            .map(
                name ->
                    topology
                        .function(name)
                        .orElseThrow(
                            () ->
                                new TwinloomException(
                                    ModelError.FUNCTION_UNKNOWN,
                                    "The twin has no function " + name + ".",
                                    name,
                                    "'plan' lists its functions.")));
    NewLines fresh = new NewLines();
    Instant since = Instant.now().minus(LOG_SINCE);
    log(function, query.trace(), since).stream().filter(fresh::isNew).forEach(lines);
    try {
      while (query.follow()) {
        TimeUnit.MILLISECONDS.sleep(FOLLOW_STEP.toMillis());
        Instant from = Instant.now().minus(LOG_DELAY);
        log(function, query.trace(), from).stream().filter(fresh::isNew).forEach(lines);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void removeItem(String device, String timestamp) {
    on(Layer.L3_HOT).removeItem(device, timestamp);
  }

  void removeDeadLetters(String text, Instant since) {
    clouds.values().forEach(cloud -> cloud.removeDeadLetters(text, since));
  }

  void removeChunks(String device) {
    clouds.values().forEach(cloud -> cloud.removeChunks(device));
  }

  @Override
  public void close() {
    clouds.values().forEach(CloudOperations::close);
    accounts.close();
  }
}
