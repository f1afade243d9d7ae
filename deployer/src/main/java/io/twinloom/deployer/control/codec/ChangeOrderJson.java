package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@link ChangeOrder} as JSON. */
public final class ChangeOrderJson {

  private static final Map<String, Class<? extends JsonValue>> MEMBERS =
      Map.of(
          "action", JsonString.class,
          "project", JsonString.class,
          "tier", JsonString.class,
          "modes", JsonObject.class,
          "dataToDelete", JsonArray.class,
          "anyway", JsonBoolean.class);

  private ChangeOrderJson() {}

  /** The names of all members that an order may have. */
  public static Set<String> members() {
    return MEMBERS.keySet();
  }

  /** Writes it. */
  public static JsonObject write(ChangeOrder order) {
    JsonObject.Builder json =
        JsonObject.builder().put("action", order.action().name().toLowerCase(Locale.ROOT));
    if (!order.project().isEmpty()) {
      json.put("project", order.project());
    }
    order.tier().ifPresent(tier -> json.put("tier", name(tier)));
    if (!order.modes().isEmpty()) {
      JsonObject.Builder modes = JsonObject.builder();
      new EnumMap<>(order.modes())
          .forEach((tier, mode) -> modes.put(name(tier), mode.name().toLowerCase(Locale.ROOT)));
      json.put("modes", modes.build());
    }
    if (!order.dataToDelete().isEmpty()) {
      json.put("dataToDelete", JsonArray.ofTexts(order.dataToDelete().stream().sorted().toList()));
    }
    if (order.anyway()) {
      json.put("anyway", true);
    }
    return json.build();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ChangeOrder read(JsonObject json) {
    MEMBERS.forEach(
        (name, form) -> {
          if (json.get(name) != null && !form.isInstance(json.get(name))) {
            throw new IllegalArgumentException("\"" + name + "\" has another form");
          }
        });
    Map<Layer, StoreMode> modes = new EnumMap<>(Layer.class);
    JsonObject each = json.object("modes").orElse(JsonObject.EMPTY);
    for (String tier : each.members().keySet()) {
      modes.put(tier(tier), StoreMode.valueOf(upper(Members.text(each, tier))));
    }
    Set<String> delete = new HashSet<>();
    for (JsonValue store : json.array("dataToDelete").orElse(JsonArray.EMPTY).values()) {
      if (!(store instanceof JsonString text)) {
        throw new IllegalArgumentException("dataToDelete");
      }
      delete.add(text.value());
    }
    return new ChangeOrder(
        ChangeOrder.Action.valueOf(upper(json.text("action").orElse("make"))),
        json.text("project").orElse(""),
        json.text("tier").map(ChangeOrderJson::layer),
        modes,
        delete,
        json.get("anyway") == JsonBoolean.TRUE);
  }

  /**
   * The tier of a name such as {@code l3_hot}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Layer tier(String name) {
    Layer layer = layer(name);
    if (!layer.isTier()) {
      throw new IllegalArgumentException(name + " is no tier");
    }
    return layer;
  }

  /**
   * The layer of a name such as {@code l1}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Layer layer(String name) {
    return Layer.valueOf(upper(name));
  }

  private static String name(Layer tier) {
    return tier.name().toLowerCase(Locale.ROOT);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
