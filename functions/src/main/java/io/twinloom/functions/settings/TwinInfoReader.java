package io.twinloom.functions.settings;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.settings.TwinInfo.ComponentPath;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.CloudConventions.TwinService;
import io.twinloom.model.DataType;
import io.twinloom.model.Layer;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.Provider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@link TwinInfo} from its JSON form. */
final class TwinInfoReader {

  private TwinInfoReader() {}

  static TwinInfo read(JsonObject json) {
    JsonObject config = json.object("config").orElseThrow(() -> bad("it has no config."));
    String twin =
        config
            .text("digital_twin_name")
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .orElseThrow(() -> bad("it has no config.digital_twin_name."));
    JsonArray devices =
        json.array("config_iot_devices")
            .orElseThrow(() -> bad("it has no list config_iot_devices."));
    Map<String, Map<String, DataType>> types = propertyTypes(devices);
    JsonArray former = json.array("retired_devices").orElse(JsonArray.EMPTY);
    Map<String, Map<String, DataType>> retired = propertyTypes(former);
    // One that is both is a device again.
    retired.keySet().removeAll(types.keySet());
    types.putAll(retired);
    Map<ComponentPath, String> components = new HashMap<>();
    Map<ComponentPath, Set<String>> measured = new HashMap<>();
    componentsOf(json.get("twin_hierarchy"))
        .forEach(
            (path, component) -> {
              components.put(path, device(component));
              Set<String> names = measured(component);
              if (!names.isEmpty()) {
                measured.put(path, names);
              }
            });
    return new TwinInfo(
        twin,
        new TwinInfo.Tiers(
            days(config, "hot_storage_size_in_days"),
            days(config, "cold_storage_size_in_days"),
            config.get("compress_chunks") == JsonBoolean.TRUE),
        config.text("mode").map("DEBUG"::equals).orElse(false),
        new TwinInfo.Devices(
            types,
            retiredAt(former, retired.keySet()),
            texts(json.object("processors").orElse(JsonObject.EMPTY))),
        json.array("config_events").orElse(JsonArray.EMPTY),
        texts(json.object("config_providers").orElse(JsonObject.EMPTY)),
        previous(json.object("previous").orElse(JsonObject.EMPTY)),
        new TwinInfo.Components(components, asTwinServicesAsk(components), measured));
  }

  private static Map<String, String> retiredAt(JsonArray former, Set<String> retired) {
    Map<String, String> since = new HashMap<>();
    for (JsonValue value : former) {
      if (value instanceof JsonObject device) {
        device
            .text("id")
            .filter(retired::contains)
            .ifPresent(id -> since.put(id, device.text("retired_at").orElse("")));
      }
    }
    return since;
  }

  /** Only the movers need it: those refuse to start where it is less than 1. */
  private static int days(JsonObject config, String key) {
    return config.get(key) instanceof JsonNumber number && number.text().matches("\\d{1,6}")
        ? Integer.parseInt(number.text())
        : 0;
  }

  private static Map<String, Map<String, DataType>> propertyTypes(JsonArray devices) {
    Map<String, Map<String, DataType>> byDevice = new HashMap<>();
    for (JsonValue value : devices) {
      if (!(value instanceof JsonObject device)) {
        throw bad("an element of config_iot_devices is " + value.kind() + ".");
      }
      String id =
          device.text("id").orElseThrow(() -> bad("a device of config_iot_devices has no id."));
      Map<String, DataType> types = new HashMap<>();
      addTypes(types, device.array("properties").orElse(JsonArray.EMPTY));
      addTypes(types, device.array("constProperties").orElse(JsonArray.EMPTY));
      byDevice.put(id, Map.copyOf(types));
    }
    return byDevice;
  }

  private static void addTypes(Map<String, DataType> types, JsonArray properties) {
    for (JsonValue value : properties) {
      if (value instanceof JsonObject property) {
        String name = property.text("name").orElseThrow(() -> bad("a property has no name."));
        types.put(name, type(name, property.text("dataType").orElse("")));
      }
    }
  }

  private static DataType type(String property, String name) {
    for (DataType type : DataType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw bad("the property " + property + " has no dataType that is known.");
  }

  private static Map<String, String> texts(JsonObject object) {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      if (member.getValue() instanceof JsonString text && !text.value().isBlank()) {
        texts.put(member.getKey(), text.value().strip());
      }
    }
    return texts;
  }

  private static PreviousClouds previous(JsonObject json) {
    Map<Layer, List<String>> clouds = new EnumMap<>(Layer.class);
    for (Layer layer : Layer.values()) {
      JsonValue of = json.get(layer.configKey());
      if (of instanceof JsonArray names) {
        clouds.put(layer, names(names, layer));
      } else if (of != null && !(of instanceof JsonNull)) {
        throw bad("previous." + layer.configKey() + " is " + of.kind() + ", not a list.");
      }
    }
    return clouds.isEmpty() ? PreviousClouds.NONE : new PreviousClouds(clouds);
  }

  private static List<String> names(JsonArray list, Layer layer) {
    List<String> names = new ArrayList<>();
    for (JsonValue value : list) {
      if (!(value instanceof JsonString text) || text.value().isBlank()) {
        throw bad("previous." + layer.configKey() + " has an element that names no cloud.");
      }
      names.add(text.value().strip());
    }
    return names;
  }

  private static Map<ComponentPath, JsonObject> componentsOf(
      @org.jspecify.annotations.Nullable JsonValue hierarchy) {
    Map<ComponentPath, JsonObject> components = new HashMap<>();
    switch (hierarchy) {
      case JsonArray roots -> {
        for (JsonValue root : roots) {
          collect(root, "", components);
        }
      }
      case JsonObject root -> collect(root, "", components);
      case JsonNull ignored -> {}
      case null -> {}
      default -> throw bad("twin_hierarchy is " + hierarchy.kind() + ".");
    }
    return components;
  }

  private static void collect(
      JsonValue value, String parent, Map<ComponentPath, JsonObject> components) {
    if (!(value instanceof JsonObject node)) {
      throw bad("twin_hierarchy holds " + value.kind() + " in place of an object.");
    }
    if (node.text("type").orElse("").equals("component")) {
      components.put(new ComponentPath(parent, name(node)), node);
      return;
    }
    String entity = node.text("id").orElse("");
    for (JsonValue child : node.array("children").orElse(JsonArray.EMPTY)) {
      collect(child, entity, components);
    }
  }

  private static String name(JsonObject component) {
    return component.text("name").orElse("");
  }

  private static String device(JsonObject component) {
    return component.text("iotDeviceId").filter(d -> !d.isBlank()).orElse(name(component));
  }

  private static Set<String> measured(JsonObject component) {
    Set<String> names = new HashSet<>();
    for (JsonValue value : component.array("properties").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject property) {
        property.text("name").ifPresent(names::add);
      }
    }
    return Set.copyOf(names);
  }

  /** A twin service that asks for data does so by its own names, which may be others. */
  private static Map<ComponentPath, String> asTwinServicesAsk(Map<ComponentPath, String> own) {
    Map<ComponentPath, String> devices = new HashMap<>();
    for (Provider cloud : Provider.all()) {
      if (cloud.conventions().twinService() == TwinService.PULLS) {
        own.forEach(
            (path, device) ->
                devices.put(
                    new ComponentPath(
                        Names.cloudName(cloud, Thing.TWIN_ENTITY, path.entity()),
                        Names.cloudName(cloud, Thing.TWIN_COMPONENT, path.component())),
                    device));
      }
    }
    return devices;
  }

  private static ConfigurationError bad(String why) {
    return ConfigurationError.bad(TwinInfoSource.VARIABLE, why);
  }
}
