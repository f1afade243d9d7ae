package io.twinloom.functions.twin;

import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.TwinGraph;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the newest values in the graph of a twin that is pushed to. Measurements may come in any
 * order and again: each property ends with its newest value.
 */
public final class TwinUpdater implements EventBody {

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
  public Done run(Envelope envelope, Invocation invocation) {
    BodyLimits.checkEvent(envelope.payload());
    Normalized item = normalizer.normalize(envelope.payload(), "", Optional.empty());
    if (envelope.mark().isPresent()) {
      // It shows that the twin is reached, and is not a measurement.
      return SUCCESS;
    }
    Map<String, JsonValue> values = values(item.message());
    List<JsonValue> unknown = new ArrayList<>();
    for (ComponentPath component : components.getOrDefault(item.device(), List.of())) {
      Update update =
          graph.update(component.entity(), component.component(), item.timestamp(), values);
      count(update, invocation);
      if (update == Update.UNKNOWN || update == Update.UNMEASURED) {
        unknown.add(named(component));
      }
    }
    return unknown.isEmpty()
        ? SUCCESS
        : Done.answering(TAKEN.toBuilder().put(UNKNOWN, new JsonArray(unknown)).build());
  }

  /** A component as an answer names it. */
  static JsonObject named(ComponentPath component) {
    return JsonObject.builder()
        .put("entity", component.entity())
        .put("component", component.component())
        .build();
  }

  @Override
  public boolean takesBatches() {
    return true;
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
