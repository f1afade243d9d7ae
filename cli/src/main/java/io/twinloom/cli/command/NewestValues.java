package io.twinloom.cli.command;

import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the newest value of each property of devices: of their newest items, and where those lack a
 * configured property, of the newest item that has it.
 */
final class NewestValues {

  private static final Set<String> SYSTEM_KEYS = Set.of("id", "device_id", "event_id", "timestamp");
  private static final int NEWEST_ITEMS = 20;

  /** How many pages are looked through for a property that was not measured of late. */
  private static final int PAGES = 3;

  /**
   * A property's newest value.
   *
   * @param time of its measurement, as it is stored
   */
  record Newest(String property, JsonValue value, String time) {

    String text() {
      return value instanceof JsonString s ? s.value() : value.toString();
    }
  }

  /** The values of a device: the configured ones in their order, then those of user code. */
  record DeviceValues(String device, List<Newest> values) {
    DeviceValues {
      values = List.copyOf(values);
    }
  }

  private final TwinControl twin;
  private final List<Device> devices;

  NewestValues(TwinControl twin, List<Device> devices) {
    this.twin = twin;
    this.devices = List.copyOf(devices);
  }

  List<DeviceValues> read() {
    List<DeviceValues> read = new ArrayList<>();
    for (Device device : devices) {
      read.add(of(device));
    }
    return read;
  }

  private DeviceValues of(Device device) {
    Map<String, Newest> found = new LinkedHashMap<>();
    HistoryPage newest =
        twin.query(HistoryRequest.of(device.id()).newestFirst(true).limit(NEWEST_ITEMS).build());
    newest.items().forEach(item -> add(item, found));
    List<Newest> values = new ArrayList<>();
    for (Device.Property property : device.properties()) {
      Optional.ofNullable(found.remove(property.name()))
          .or(
              () ->
                  newest.nextToken().isEmpty() ? Optional.empty() : older(device, property.name()))
          .ifPresent(values::add);
    }
    values.addAll(found.values());
    return new DeviceValues(device.id(), values);
  }

  private static void add(JsonObject item, Map<String, Newest> found) {
    String time = item.text("timestamp").orElse("");
    item.members()
        .forEach(
            (name, value) -> {
              if (!SYSTEM_KEYS.contains(name)) {
                found.putIfAbsent(name, new Newest(name, value, time));
              }
            });
  }

  private Optional<Newest> older(Device device, String property) {
    HistoryRequest.Builder request =
        HistoryRequest.of(device.id()).property(Optional.of(property)).newestFirst(true);
    Optional<String> next = Optional.empty();
    for (int page = 0; page < PAGES; page++) {
      HistoryPage answer = twin.query(request.page(next).build());
      Map<String, Newest> found = new LinkedHashMap<>();
      answer.items().forEach(item -> add(item, found));
      next = answer.nextToken();
      if (found.containsKey(property) || next.isEmpty()) {
        return Optional.ofNullable(found.get(property));
      }
    }
    return Optional.empty();
  }
}
