package io.twinloom.functions.twin;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.BatchFunction;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.TwinGraph.Measured;
import io.twinloom.functions.port.TwinGraph.Update;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfo.ComponentPath;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EnvelopeForm;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.functions.telemetry.SystemMembers;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the newest values in the graph of a twin that is pushed to. Measurements may come in any
 * order and again: each property ends with its newest value.
 */
public final class TwinUpdater implements BatchFunction {

  /** The member of an answer that names the components for which it had nothing to update. */
  static final String UNKNOWN = "unknown";

  private static final JsonObject TAKEN = JsonObject.builder().put("status", "Success").build();
  private static final Done SUCCESS = Done.answering(TAKEN);

  private final TwinGraph graph;
  private final Normalizer normalizer;
  private final Map<String, List<ComponentPath>> components = new HashMap<>();

  public TwinUpdater(TwinInfo twin, TwinGraph graph) {
    this.graph = graph;
    this.normalizer = new Normalizer(twin::hasDevice);
    twin.components()
        .devices()
        .forEach(
            (component, device) ->
                components.computeIfAbsent(device, ignored -> new ArrayList<>()).add(component));
  }

  @Override
  public EnvelopeForm form() {
    return new EnvelopeForm("L4", Envelope.TWIN_UPDATE, false, true);
  }

  @Override
  public List<Outcome> run(List<Item> items) {
    Outcome[] outcomes = new Outcome[items.size()];
    List<Measured> measured = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      try {
        List<Measured> own = measured(items.get(i).envelope());
        measured.addAll(own);
        owners.addAll(Collections.nCopies(own.size(), i));
        outcomes[i] = SUCCESS;
      } catch (RuntimeException e) {
        outcomes[i] = items.get(i).invocation().failure(e);
      }
    }
    List<Update> updates = List.of();
    try {
      updates = measured.isEmpty() ? List.of() : graph.updateAll(measured);
    } catch (StoreException e) {
      // What the graph was not asked for has its outcome all the same.
      owners.forEach(owner -> outcomes[owner] = items.get(owner).invocation().failure(e));
    }
    Map<Integer, List<JsonValue>> unknown = new LinkedHashMap<>();
    for (int u = 0; u < updates.size(); u++) {
      int owner = owners.get(u);
      Update update = updates.get(u);
      count(update, items.get(owner).invocation());
      if (update == Update.UNKNOWN || update == Update.UNMEASURED) {
        unknown.computeIfAbsent(owner, o -> new ArrayList<>()).add(named(measured.get(u)));
      }
    }
    unknown.forEach(
        (owner, components) ->
            outcomes[owner] =
                Done.answering(TAKEN.toBuilder().put(UNKNOWN, new JsonArray(components)).build()));
    return Arrays.asList(outcomes);
  }

  /** What an event tells of each component of its device; nothing where it is a mark. */
  private List<Measured> measured(Envelope envelope) {
    BodyLimits.checkEvent(envelope.payload());
    Normalized item = normalizer.normalize(envelope.payload(), "", Optional.empty());
    if (envelope.mark().isPresent()) {
      // It shows that the twin is reached, and is not a measurement.
      return List.of();
    }
    Map<String, JsonValue> values = values(item.message());
    return components.getOrDefault(item.device(), List.of()).stream()
        .map(c -> new Measured(c.entity(), c.component(), item.timestamp(), values))
        .toList();
  }

  private static JsonObject named(Measured measured) {
    return named(new ComponentPath(measured.entity(), measured.component()));
  }

  /** A component as an answer names it. */
  static JsonObject named(ComponentPath component) {
    return JsonObject.builder()
        .put("entity", component.entity())
        .put("component", component.component())
        .build();
  }

  private static void count(Update update, Invocation invocation) {
    switch (update) {
      case APPLIED -> {}
      case UNCHANGED -> invocation.count("twin-has-newer-values");
      case UNMEASURED -> invocation.count("property-not-in-the-twin");
      case UNKNOWN -> invocation.count("component-not-in-the-twin");
    }
  }

  private static Map<String, JsonValue> values(JsonObject item) {
    Map<String, JsonValue> values = new LinkedHashMap<>();
    item.members()
        .forEach(
            (name, value) -> {
              if (!SystemMembers.OF_ITEMS.contains(name) && !(value instanceof JsonNull)) {
                values.put(name, value);
              }
            });
    return values;
  }
}
