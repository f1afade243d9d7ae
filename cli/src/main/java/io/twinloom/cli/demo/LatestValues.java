package io.twinloom.cli.demo;

import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The newest value of every property, with its last ones as a picture. Not for several threads. */
final class LatestValues {

  private static final int PICTURE = 28;

  /**
   * A property as it is shown.
   *
   * @param made whether user code made it, since no device sends it
   */
  record Shown(String property, String value, String picture, boolean made) {}

  private final Map<String, Map<String, Sparkline>> pictures = new HashMap<>();
  private final Map<String, JsonObject> newest = new HashMap<>();
  private final Map<String, String> lastTime = new HashMap<>();
  private final Map<String, Set<String>> sent = new HashMap<>();

  /** What a device sends itself; the other properties are made on the way. */
  void sends(String device, JsonObject event) {
    sent.computeIfAbsent(device, d -> new HashSet<>()).addAll(event.members().keySet());
  }

  /** The time of the newest item that was taken in. */
  Optional<String> last(String device) {
    return Optional.ofNullable(lastTime.get(device));
  }

  /** Takes in a page of items; returns those that are new, oldest first. */
  List<JsonObject> add(String device, HistoryPage page) {
    List<JsonObject> fresh = new ArrayList<>();
    for (JsonObject item : page.items()) {
      String time = item.text("timestamp").orElse("");
      if (time.compareTo(lastTime.getOrDefault(device, "")) > 0) {
        lastTime.put(device, time);
        newest.put(device, item);
        picture(device, item);
        fresh.add(item);
      }
    }
    return fresh;
  }

  private void picture(String device, JsonObject item) {
    Map<String, Sparkline> its = pictures.computeIfAbsent(device, d -> new LinkedHashMap<>());
    item.members()
        .forEach(
            (property, value) -> {
              if (value instanceof JsonNumber n) {
                its.computeIfAbsent(property, p -> new Sparkline(PICTURE)).add(n.asDouble());
              } else if (value instanceof JsonBoolean b) {
                its.computeIfAbsent(property, p -> new Sparkline(PICTURE)).add(b.value() ? 1 : 0);
              }
            });
  }

  /** The properties of a device that have a value, in the order of its configuration. */
  List<Shown> of(Device device) {
    List<Shown> shown = new ArrayList<>();
    JsonObject item = newest.getOrDefault(device.id(), JsonObject.EMPTY);
    for (Device.Property property : device.properties()) {
      JsonValue value = item.get(property.name());
      if (value != null) {
        Sparkline picture = pictures.getOrDefault(device.id(), Map.of()).get(property.name());
        shown.add(
            new Shown(
                property.name(),
                item.text(property.name()).orElseGet(value::toString),
                picture == null ? "" : picture.text(),
                !sent.getOrDefault(device.id(), Set.of()).contains(property.name())));
      }
    }
    return shown;
  }
}
