package io.twinloom.model;

import io.twinloom.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A device of {@code config_iot_devices.json}.
 *
 * @param id 1 to 64 characters, see {@link Names}
 */
public record Device(String id, List<Property> properties, List<ConstProperty> constProperties) {
  public Device {
    properties = List.copyOf(properties);
    constProperties = List.copyOf(constProperties);
  }

  /** A measured property, with the value it has before its first measurement. */
  public record Property(String name, DataType dataType, Optional<JsonValue> initValue) {}

  /** A property that never changes. */
  public record ConstProperty(String name, DataType dataType, JsonValue value) {}
}
