package io.twinloom.server.grafana;

import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import io.twinloom.model.text.Nearest;
import io.twinloom.server.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Devices, their properties and newest values. */
record DeviceRows(RunningProject twin) {

  /** Newest values are asked for one device after the other. */
  private static final int MOST_DEVICES = 200;

  private static final Set<String> SYSTEM = Set.of("id", "device_id", "event_id", "timestamp");

  List<JsonObject> devices() {
    return all().stream()
        .map(device -> JsonObject.builder().put("device", device.id()).build())
        .toList();
  }

  private List<Device> all() {
    return twin.project().project().devices();
  }

  /** The configured properties of a device, or of all. */
  List<JsonObject> properties(Optional<String> id) {
    List<JsonObject> rows = new ArrayList<>();
    for (Device device : chosen(id)) {
      for (Device.Property property : device.properties()) {
        rows.add(
            JsonObject.builder()
                .put("device", device.id())
                .put("property", property.name())
                .put("type", property.dataType().name())
                .build());
      }
    }
    return rows;
  }

  private List<Device> chosen(Optional<String> id) {
    if (id.isEmpty()) {
      return all();
    }
    List<Device> found = all().stream().filter(d -> d.id().equals(id.get())).toList();
    if (found.isEmpty()) {
      List<String> ids = all().stream().map(Device::id).toList();
      String near = Nearest.to(id.get(), ids).map(n -> " Did you mean " + n + "?").orElse("");
      throw ApiException.parameter("device", "There is no such device." + near);
    }
    return found;
  }

  /** The values of the newest item of a device, or of the first devices. */
  List<JsonObject> latest(Optional<String> id) {
    List<JsonObject> rows = new ArrayList<>();
    for (Device device : chosen(id).stream().limit(MOST_DEVICES).toList()) {
      HistoryRequest newest = HistoryRequest.of(device.id()).newestFirst(true).limit(1).build();
      twin.control().query(newest).items().stream()
          .findFirst()
          .ifPresent(item -> values(device.id(), item, rows));
    }
    return rows;
  }

  private static void values(String device, JsonObject item, List<JsonObject> rows) {
    item.members()
        .forEach(
            (name, value) -> {
              if (!SYSTEM.contains(name)) {
                JsonObject.Builder row =
                    JsonObject.builder()
                        .put("device", device)
                        .put("property", name)
                        .put("time", item.text("timestamp").orElse(""))
                        .put("text", text(value));
                Values.number(value).ifPresent(number -> row.put("value", number));
                rows.add(row.build());
              }
            });
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.value() : value.toString();
  }
}
