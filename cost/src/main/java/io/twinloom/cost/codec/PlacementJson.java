package io.twinloom.cost.codec;

import io.twinloom.cost.placement.Candidate;
import io.twinloom.cost.placement.Latency;
import io.twinloom.cost.placement.Optimization;
import io.twinloom.cost.placement.Placements;
import io.twinloom.cost.placement.WhatIf;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Problem;
import io.twinloom.model.Provider;
import java.util.List;
import java.util.Map;

/** Placements compared, as JSON. */
public final class PlacementJson {

  private PlacementJson() {}

  /** The result of {@code optimize}. */
  public static JsonObject of(Optimization optimization) {
    Optimization.Choices choices = optimization.choices();
    return JsonObject.builder()
        .put("currency", optimization.currency())
        .put("examined", optimization.examined())
        .put("pins", pins(optimization.pins()))
        .put("current", candidate(choices.current()))
        .put("best", candidate(choices.best()))
        .put("bestRange", Numbers.of(choices.bestRange()))
        .put(
            "fewerClouds",
            choices.fewerClouds().<JsonValue>map(PlacementJson::candidate).orElse(JsonNull.NULL))
        .put("recommended", candidate(choices.recommended()))
        .put(
            "front",
            new JsonArray(
                optimization.front().stream().<JsonValue>map(PlacementJson::candidate).toList()))
        .build();
  }

  /**
   * The result of {@code what-if}.
   *
   * @param problems what makes the project invalid afterwards
   */
  public static JsonObject of(WhatIf whatIf, List<Problem> problems) {
    return JsonObject.builder()
        .put("currency", whatIf.before().bill().currency())
        .put("before", state(whatIf.before()))
        .put("after", state(whatIf.after()))
        .put("difference", Numbers.of(whatIf.difference()))
        .put("changes", whatIf.changes().json())
        .put(
            "exposed",
            new JsonArray(whatIf.exposed().stream().map(PlacementJson::exposed).toList()))
        .put("data", new JsonArray(whatIf.data().stream().map(PlacementJson::data).toList()))
        .put("problems", new JsonArray(problems.stream().map(PlacementJson::problem).toList()))
        .build();
  }

  private static JsonValue problem(Problem problem) {
    return JsonObject.builder()
        .put("code", problem.code())
        .put("file", problem.file())
        .put("message", problem.message())
        .put("fix", problem.fix())
        .build();
  }

  private static JsonValue exposed(WhatIf.Exposed exposed) {
    return JsonObject.builder()
        .put("function", exposed.function())
        .put("cloud", exposed.cloud().id())
        .put("why", exposed.why())
        .build();
  }

  private static JsonValue data(WhatIf.StoredData data) {
    return JsonObject.builder()
        .put("layer", Placements.id(data.layer()))
        .put("from", data.from().id())
        .put("to", data.to().id())
        .put("items", Numbers.whole(data.items()))
        .put("bytes", Numbers.whole(data.bytes()))
        .put("how", data.how())
        .build();
  }

  private static JsonObject state(WhatIf.State state) {
    return JsonObject.builder()
        .put("placement", placement(state.placement()))
        .put("total", Numbers.of(state.bill().total()))
        .put("layers", CostJson.layers(state.bill().byLayer()))
        .put("connections", Numbers.of(state.bill().connections()))
        .put("crossings", state.crossings())
        .put("latency", latency(state.latency()))
        .build();
  }

  private static JsonObject candidate(Candidate candidate) {
    return JsonObject.builder()
        .put("placement", placement(candidate.placement()))
        .put("cost", JsonObject.builder().put("expected", Numbers.of(candidate.cost())).build())
        .put("clouds", candidate.clouds().size())
        .put("crossings", candidate.crossings())
        .put("latency", latency(candidate.latency()))
        .build();
  }

  private static JsonObject latency(Latency latency) {
    return JsonObject.builder()
        .put("storedMs", Numbers.of(latency.stored()))
        .put("readMs", Numbers.of(latency.read()))
        .build();
  }

  private static JsonObject placement(Placement placement) {
    JsonObject.Builder json = JsonObject.builder();
    for (Layer layer : Layer.values()) {
      json.put(Placements.id(layer), placement.of(layer).map(Provider::id).orElse("none"));
    }
    return json.build();
  }

  private static JsonObject pins(Map<Layer, Provider> pins) {
    JsonObject.Builder json = JsonObject.builder();
    for (Layer layer : Layer.values()) {
      Provider pinned = pins.get(layer);
      if (pinned != null) {
        json.put(Placements.id(layer), pinned.id());
      }
    }
    return json.build();
  }
}
