package io.twinloom.deployer.change;

import io.twinloom.deployer.change.DeployedState.LayerState;
import io.twinloom.deployer.change.DeployedState.Previous;
import io.twinloom.deployer.change.DeployedState.Retired;
import io.twinloom.deployer.change.DeployedState.Role;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@link DeployedState} as JSON. */
public final class DeployedStateJson {

  private static final String SINCE = "retiredAt";

  private DeployedStateJson() {}

  /** Writes it. */
  public static JsonObject write(DeployedState state) {
    JsonObject.Builder layers = JsonObject.builder();
    state.layers().forEach((layer, where) -> layers.put(name(layer), layer(where)));
    JsonObject.Builder retired = JsonObject.builder();
    state.retired().forEach((id, device) -> retired.put(id, retired(device)));
    JsonObject.Builder code = JsonObject.builder();
    state.code().forEach(code::put);
    JsonObject.Builder json =
        JsonObject.builder()
            .put("generation", state.generation())
            .put("project", state.project())
            .put("layers", layers.build())
            .put("retiredDevices", retired.build())
            .put("codeVersions", code.build());
    state.change().ifPresent(change -> json.put("change", ChangeRecordJson.write(change)));
    return json.build();
  }

  private static JsonObject retired(Retired device) {
    JsonObject json = DeviceJson.write(device.device());
    return device
        .since()
        .map(since -> json.toBuilder().put(SINCE, since.toString()).build())
        .orElse(json);
  }

  private static Retired retired(JsonObject json) {
    return new Retired(DeviceJson.read(json), json.text(SINCE).map(DeployedStateJson::instant));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(SINCE, e);
    }
  }

  private static JsonObject layer(LayerState state) {
    List<JsonValue> previous = new ArrayList<>();
    for (Previous one : state.previous()) {
      previous.add(
          JsonObject.builder()
              .put("cloud", one.cloud().id())
              .put("role", one.role().name().toLowerCase(Locale.ROOT))
              .build());
    }
    return JsonObject.builder()
        .put("current", state.current().id())
        .put("previous", new JsonArray(previous))
        .build();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static DeployedState read(JsonObject json) {
    Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
    JsonObject each = member(json, "layers");
    for (Layer layer : Layer.values()) {
      each.object(name(layer)).ifPresent(state -> layers.put(layer, layer(state)));
    }
    SortedMap<String, Retired> retired = new TreeMap<>();
    JsonObject devices = member(json, "retiredDevices");
    for (String id : devices.members().keySet()) {
      retired.put(id, retired(member(devices, id)));
    }
    SortedMap<String, String> code = new TreeMap<>();
    JsonObject versions = member(json, "codeVersions");
    for (String function : versions.members().keySet()) {
      code.put(function, text(versions, function));
    }
    return new DeployedState(
        generation(json),
        text(json, "project"),
        layers,
        retired,
        code,
        json.object("change").map(ChangeRecordJson::read));
  }

  private static LayerState layer(JsonObject json) {
    List<Previous> previous = new ArrayList<>();
    for (JsonValue one : json.array("previous").orElse(JsonArray.EMPTY).values()) {
      if (!(one instanceof JsonObject object)) {
        throw new IllegalArgumentException("previous");
      }
      previous.add(
          new Previous(
              provider(text(object, "cloud")),
              Role.valueOf(text(object, "role").toUpperCase(Locale.ROOT))));
    }
    return new LayerState(provider(text(json, "current")), previous);
  }

  private static long generation(JsonObject json) {
    if (json.get("generation") instanceof JsonNumber number) {
      return Long.parseLong(number.text());
    }
    throw new IllegalArgumentException("generation");
  }

  private static String name(Layer layer) {
    return layer.name().toLowerCase(Locale.ROOT);
  }

  private static Provider provider(String id) {
    return Provider.of(id).orElseThrow(() -> new IllegalArgumentException("cloud " + id));
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow(() -> new IllegalArgumentException(name));
  }

  private static JsonObject member(JsonObject json, String name) {
    return json.object(name).orElseThrow(() -> new IllegalArgumentException(name));
  }
}
