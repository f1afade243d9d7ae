package io.twinloom.deployer.change;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Copy;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link Layout} as JSON. */
public final class LayoutJson {

  private LayoutJson() {}

  /** Writes it. */
  public static JsonObject write(Layout layout) {
    JsonObject.Builder placement = JsonObject.builder();
    for (Layer layer : Layer.values()) {
      layout.placement().of(layer).ifPresent(cloud -> placement.put(name(layer), cloud.id()));
    }
    JsonObject.Builder tiers = JsonObject.builder();
    layout.legs().tiers().forEach((tier, legs) -> tiers.put(name(tier), legs(legs)));
    return JsonObject.builder()
        .put("placement", placement.build())
        .put("tiers", tiers.build())
        .put(
            "suspended",
            JsonArray.ofTexts(
                layout.legs().suspended().stream().map(FunctionKind::id).sorted().toList()))
        .build();
  }

  private static JsonObject legs(StoreLegs legs) {
    List<JsonValue> others = new ArrayList<>();
    for (Leg leg : legs.others()) {
      others.add(
          JsonObject.builder()
              .put("cloud", leg.cloud().id())
              .put("use", leg.use().name().toLowerCase(Locale.ROOT))
              .put("fenced", leg.fenced())
              .build());
    }
    JsonObject.Builder json = JsonObject.builder().put("others", new JsonArray(others));
    legs.copy()
        .ifPresent(
            copy ->
                json.put(
                    "copy",
                    JsonObject.builder()
                        .put("from", copy.from().id())
                        .put("to", copy.to().id())
                        .put("running", copy.running())
                        .build()));
    return json.build();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Layout read(JsonObject json) {
    JsonObject places = member(json, "placement");
    Placement placement =
        new Placement(
            cloud(places, Layer.L1),
            cloud(places, Layer.L2),
            cloud(places, Layer.L3_HOT),
            cloud(places, Layer.L3_COLD),
            cloud(places, Layer.L3_ARCHIVE),
            places.text(name(Layer.L4)).map(LayoutJson::provider),
            places.text(name(Layer.L5)).map(LayoutJson::provider));
    Map<Layer, StoreLegs> tiers = new EnumMap<>(Layer.class);
    JsonObject others = member(json, "tiers");
    for (Layer tier : Layer.values()) {
      others.object(name(tier)).ifPresent(legs -> tiers.put(tier, legs(legs)));
    }
    Set<FunctionKind> suspended = EnumSet.noneOf(FunctionKind.class);
    for (JsonValue mover : json.array("suspended").orElse(JsonArray.EMPTY).values()) {
      if (mover instanceof JsonString text) {
        suspended.add(
            FunctionKind.of(text.value())
                .orElseThrow(() -> new IllegalArgumentException(text.value())));
      }
    }
    return new Layout(placement, new Legs(tiers, suspended));
  }

  private static StoreLegs legs(JsonObject json) {
    List<Leg> others = new ArrayList<>();
    for (JsonValue value : json.array("others").orElse(JsonArray.EMPTY).values()) {
      if (!(value instanceof JsonObject leg)) {
        throw new IllegalArgumentException("others");
      }
      others.add(
          new Leg(
              provider(text(leg, "cloud")),
              Use.valueOf(text(leg, "use").toUpperCase(Locale.ROOT)),
              flag(leg, "fenced")));
    }
    Optional<Copy> copy =
        json.object("copy")
            .map(
                c ->
                    new Copy(
                        provider(text(c, "from")), provider(text(c, "to")), flag(c, "running")));
    return new StoreLegs(others, copy);
  }

  private static boolean flag(JsonObject json, String name) {
    return json.get(name) == JsonBoolean.TRUE;
  }

  static String name(Layer layer) {
    return layer.name().toLowerCase(Locale.ROOT);
  }

  private static Provider cloud(JsonObject places, Layer layer) {
    return provider(text(places, name(layer)));
  }

  static Provider provider(String id) {
    return Provider.of(id).orElseThrow(() -> new IllegalArgumentException("cloud " + id));
  }

  static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow(() -> new IllegalArgumentException(name));
  }

  static JsonObject member(JsonObject json, String name) {
    return json.object(name).orElseThrow(() -> new IllegalArgumentException(name));
  }
}
