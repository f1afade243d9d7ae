package io.twinloom.deployer.change;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.Device.ConstProperty;
import io.twinloom.model.Device.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A device as {@code config_iot_devices.json} has it. */
final class DeviceJson {

  private static final String NAME = "name";
  private static final String TYPE = "dataType";

  private DeviceJson() {}

  static JsonObject write(Device device) {
    return JsonObject.builder()
        .put("id", device.id())
        .put("properties", array(device.properties(), DeviceJson::property))
        .put("constProperties", array(device.constProperties(), DeviceJson::constant))
        .build();
  }

  private static JsonObject property(Property property) {
    JsonObject.Builder json = typed(property.name(), property.dataType());
    property.initValue().ifPresent(value -> json.put("initValue", value));
    return json.build();
  }

  private static JsonObject constant(ConstProperty property) {
    return typed(property.name(), property.dataType()).put("value", property.value()).build();
  }

  private static JsonObject.Builder typed(String name, DataType type) {
    return JsonObject.builder().put(NAME, name).put(TYPE, type.name());
  }

  private static <T> JsonArray array(List<T> list, Function<T, JsonObject> json) {
    return new JsonArray(list.stream().<JsonValue>map(json).toList());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Device read(JsonObject json) {
    return new Device(
        text(json, "id"),
        list(
            json,
            "properties",
            p -> new Property(text(p, NAME), type(p), Optional.ofNullable(p.get("initValue")))),
        list(
            json,
            "constProperties",
            p -> {
              JsonValue value = p.get("value");
              if (value == null) {
                throw new IllegalArgumentException("value");
              }
              return new ConstProperty(text(p, NAME), type(p), value);
            }));
  }

  private static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> read) {
    List<T> list = new ArrayList<>();
    for (JsonValue element : json.array(name).orElse(JsonArray.EMPTY).values()) {
      if (!(element instanceof JsonObject object)) {
        throw new IllegalArgumentException(name);
      }
      list.add(read.apply(object));
    }
    return list;
  }

  private static DataType type(JsonObject json) {
    return DataType.valueOf(text(json, TYPE));
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow(() -> new IllegalArgumentException(name));
  }
}
