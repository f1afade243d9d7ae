package io.twinloom.deployer.change;

import io.twinloom.deployer.change.Change.Standing;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.deployer.control.codec.ProgressJson;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@link Change} as it is written down. */
final class ChangeRecordJson {

  private ChangeRecordJson() {}

  static JsonObject write(Change change) {
    JsonObject.Builder modes = JsonObject.builder();
    change
        .modes()
        .forEach(
            (tier, mode) -> modes.put(LayoutJson.name(tier), mode.name().toLowerCase(Locale.ROOT)));
    List<JsonValue> phases = new ArrayList<>();
    for (Phase phase : change.phases()) {
      phases.add(
          JsonObject.builder()
              .put("kind", phase.kind().id())
              .put("layer", LayoutJson.name(phase.layer()))
              .put("layout", LayoutJson.write(phase.layout()))
              .build());
    }
    JsonObject.Builder json = JsonObject.builder();
    json.put("id", change.id())
        .put("from", change.from())
        .put("to", change.to())
        .put("modes", modes.build())
        .put("dataToDelete", JsonArray.ofTexts(change.dataToDelete().stream().sorted().toList()))
        .put("phases", new JsonArray(phases))
        .put("at", change.at())
        .put("step", change.standing().step().name().toLowerCase(Locale.ROOT))
        .put("why", change.standing().why())
        .put("since", change.standing().since().toString());
    change.standing().progress().ifPresent(far -> json.put("progress", ProgressJson.write(far)));
    return json.build();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Change read(JsonObject json) {
    Map<Layer, StoreMode> modes = new EnumMap<>(Layer.class);
    JsonObject each = LayoutJson.member(json, "modes");
    for (String tier : each.members().keySet()) {
      modes.put(layer(tier), StoreMode.valueOf(upper(LayoutJson.text(each, tier))));
    }
    Set<String> delete = new HashSet<>();
    for (JsonValue store : json.array("dataToDelete").orElse(JsonArray.EMPTY).values()) {
      if (store instanceof JsonString text) {
        delete.add(text.value());
      }
    }
    List<Phase> phases = new ArrayList<>();
    for (JsonValue value : json.array("phases").orElse(JsonArray.EMPTY).values()) {
      if (!(value instanceof JsonObject phase)) {
        throw new IllegalArgumentException("phases");
      }
      phases.add(
          new Phase(
              Phase.Kind.valueOf(upper(LayoutJson.text(phase, "kind")).replace('-', '_')),
              layer(LayoutJson.text(phase, "layer")),
              LayoutJson.read(LayoutJson.member(phase, "layout"))));
    }
    return new Change(
        LayoutJson.text(json, "id"),
        LayoutJson.text(json, "from"),
        LayoutJson.text(json, "to"),
        modes,
        delete,
        phases,
        at(json),
        new Standing(
            Step.valueOf(upper(LayoutJson.text(json, "step"))),
            LayoutJson.text(json, "why"),
            instant(LayoutJson.text(json, "since")),
            json.object("progress").map(ProgressJson::read)));
  }

  private static int at(JsonObject json) {
    if (json.get("at") instanceof JsonNumber number) {
      return Integer.parseInt(number.text());
    }
    throw new IllegalArgumentException("at");
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("since", e);
    }
  }

  private static Layer layer(String name) {
    return Layer.valueOf(upper(name));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
