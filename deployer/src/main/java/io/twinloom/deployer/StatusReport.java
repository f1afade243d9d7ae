package io.twinloom.deployer;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a twin is, layer by layer: what the topology says should be there, with what its target
 * found.
 *
 * @param target the target's name
 * @param project what is deployed: each of its rules is counted, and it says whether a dead letter
 *     raises an alarm
 * @param endpoints where each cloud that runs is reached: {@code http}, {@code mqtt}
 * @param urls where each exposed function is reached that is not at its cloud's {@code http}, by
 *     its name
 * @param counts what each function has done, by its name
 * @param connections how each connection is that has address and token, by its id
 * @param backlog invocations that are accepted and not finished
 * @param counters how often what is only counted has happened, by its name
 */
public record StatusReport(
    String target,
    Project project,
    Topology topology,
    Map<Provider, Map<String, URI>> endpoints,
    Map<String, URI> urls,
    Map<String, Counts> counts,
    Map<String, ConnectionState> connections,
    long deadLetters,
    long backlog,
    Map<String, Long> counters,
    List<String> warnings) {

  /** How a connection is. */
  public enum ConnectionState {
    /** Its receiver answers, or was not asked yet. */
    READY,
    /** Most of the last requests to its receiver failed: it is not asked for a while. */
    OPEN,
    /** One request finds out whether its receiver is well again. */
    PROBING
  }

  /**
   * What a function has done since its twin started.
   *
   * @param lastEvent when it last ran, or empty
   */
  public record Counts(long invocations, long errors, String lastEvent) {
    static final Counts NONE = new Counts(0, 0, "");
  }

  public StatusReport {
    endpoints = Map.copyOf(endpoints);
    urls = Map.copyOf(urls);
    counts = Map.copyOf(counts);
    counters = Collections.unmodifiableMap(new TreeMap<>(counters));
    connections = Map.copyOf(connections);
    warnings = List.copyOf(warnings);
  }

  /** What there is to say of a twin that does not run. */
  public static StatusReport ofStopped(
      String target, PreparedProject project, List<String> warnings) {
    return new StatusReport(
        target,
        project.project(),
        project.topology(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        0,
        Map.of(),
        warnings);
  }

  /** The machine-readable result of {@code status}. */
  public JsonObject toJson() {
    boolean running = !endpoints.isEmpty();
    return JsonObject.builder()
        .put("target", target)
        .put("twin", topology.twin())
        .put("running", running)
        .put("layers", layers())
        .put("functions", functions())
        .put("connections", list(topology.connections().stream().map(this::connection).toList()))
        .put("rules", new RuleCounts(project.rules(), counters).toJson(topology))
        .put("deadLetters", deadLetters)
        .put("alarms", JsonArray.ofTexts(alarms()))
        .put("backlog", backlog)
        .put("counters", countersJson())
        .put("warnings", JsonArray.ofTexts(warnings))
        .build();
  }

  private List<String> alarms() {
    if (deadLetters == 0 || !project.features().integrateErrorHandling()) {
      return List.of();
    }
    return List.of(
        (deadLetters == 1 ? "1 dead letter waits: " : deadLetters + " dead letters wait: ")
            + "see why with 'twinloom dead-letters', fix the cause, and replay what is left.");
  }

  private JsonObject countersJson() {
    JsonObject.Builder json = JsonObject.builder();
    counters.forEach(
        (what, count) -> {
          if (!RuleCounts.isOfRule(what)) {
            json.put(what, count);
          }
        });
    return json.build();
  }

  private JsonArray layers() {
    List<JsonObject> layers = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      project.placement().of(layer).ifPresent(cloud -> layers.add(layer(layer, cloud)));
    }
    return list(layers);
  }

  private JsonObject layer(Layer layer, Provider cloud) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("layer", layer.title())
            .put("cloud", cloud.id())
            .put("healthy", endpoints.containsKey(cloud));
    endpoints.getOrDefault(cloud, Map.of()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> json.put(e.getKey(), e.getValue().toString()));
    lastEvent(layer).ifPresent(t -> json.put("lastEvent", t));
    return json.build();
  }

  private Optional<String> lastEvent(Layer layer) {
    return topology.functions().stream()
        .filter(f -> f.layer() == layer)
        .map(f -> counts(f).lastEvent())
        .filter(t -> !t.isEmpty())
        .max(Comparator.naturalOrder());
  }

  /** Those of the topology, and actions that others deploy, where the target stands in for them. */
  private JsonArray functions() {
    List<JsonObject> all =
        new ArrayList<>(topology.functions().stream().map(this::function).toList());
    new TreeMap<>(counts)
        .forEach(
            (name, done) -> {
              if (topology.function(name).isEmpty()) {
                all.add(
                    JsonObject.builder()
                        .put("name", name)
                        .put("cloudName", name)
                        .put("cloud", project.placement().l2().id())
                        .put("invocations", done.invocations())
                        .put("errors", done.errors())
                        .build());
              }
            });
    return list(all);
  }

  private JsonObject function(DeployedFunction function) {
    Counts done = counts(function);
    JsonObject.Builder json =
        JsonObject.builder()
            .put("name", function.name())
            .put("cloudName", function.cloudName())
            .put("cloud", function.cloud().id());
    URI http = endpoints.getOrDefault(function.cloud(), Map.of()).get("http");
    URI own = urls.get(function.name());
    if (function.exposed() && own != null) {
      json.put("url", own.toString());
    } else if (function.exposed() && http != null) {
      json.put("url", http + "/" + function.name());
    }
    return json.put("invocations", done.invocations()).put("errors", done.errors()).build();
  }

  private Counts counts(DeployedFunction function) {
    return counts.getOrDefault(function.name(), Counts.NONE);
  }

  private JsonObject connection(Connection connection) {
    ConnectionState known = connections.get(connection.id());
    String state =
        endpoints.isEmpty()
            ? "stopped"
            : known == null ? "missing" : known.name().toLowerCase(Locale.ROOT);
    return JsonObject.builder()
        .put("id", connection.id())
        .put("from", connection.from().id())
        .put("to", connection.to().id())
        .put("state", state)
        .build();
  }

  private static JsonArray list(List<JsonObject> objects) {
    return new JsonArray(List.<JsonValue>copyOf(objects));
  }
}
