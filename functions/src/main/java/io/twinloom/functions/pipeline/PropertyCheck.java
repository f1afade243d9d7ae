package io.twinloom.functions.pipeline;

import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.PropertyTypes;
import io.twinloom.functions.telemetry.SystemMembers;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for properties that a device has not, or that are of another type than configured. They
 * pass: each is counted every time, and warned of once per device and property.
 */
public final class PropertyCheck {

  private final TwinInfo twin;
  private final OncePerDevice warned = new OncePerDevice();

  public PropertyCheck(TwinInfo twin) {
    this.twin = twin;
  }

  /** Checks a message in normal form. */
  public void check(String device, JsonObject message, Invocation invocation) {
    Map<String, DataType> types = twin.typesOf(device);
    for (Map.Entry<String, JsonValue> member : message.members().entrySet()) {
      String name = member.getKey();
      DataType type = types.get(name);
      if (type == null
          ? !SystemMembers.OF_ITEMS.contains(name) && !SystemMembers.RENAMED.containsValue(name)
          : !PropertyTypes.isOf(type, member.getValue())) {
        report(device, name, type, member.getValue(), invocation);
      }
    }
  }

  private void report(
      String device, String name, @Nullable DataType type, JsonValue value, Invocation invocation) {
    invocation.count(type == null ? "property-unknown" : "property-of-another-type");
    if (!warned.isFirst(device, name)) {
      return;
    }
    String shown = Quoted.name(name);
    invocation.note(
        Level.WARN,
        type == null
            ? "The property " + shown + " is not in config_iot_devices.json; it is kept."
            : "The property "
                + shown
                + " should be "
                + type
                + " and is "
                + value.kind()
                + "; it is kept.",
        Map.of("device", device));
  }
}
