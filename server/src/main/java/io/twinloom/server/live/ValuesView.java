package io.twinloom.server.live;

import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The newest value of every property, with its age, as of now or of an instant. */
public final class ValuesView {

  /** How many recent values are shown where nothing else is said. */
  public static final int RECENT = 30;

  private static final String UNIT = "unit_";
  private static final int LATE_AFTER = 3;
  private static final int STALE_AFTER = 10;

  private final InstantSource clock;

  public ValuesView(InstantSource clock) {
    this.clock = clock;
  }

  /** How old a value is against the interval that is expected. */
  enum Freshness {
    FRESH,
    LATE,
    STALE,
    NEVER;

    static Freshness of(Duration age, Duration expected) {
      if (age.compareTo(expected.multipliedBy(STALE_AFTER)) > 0) {
        return STALE;
      }
      return age.compareTo(expected.multipliedBy(LATE_AFTER)) > 0 ? LATE : FRESH;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The values of all devices, or of one.
   *
   * @param at as of this; empty: the present
   * @param recent how many recent values of each property
   */
  public JsonObject json(
      RunningProject twin, Optional<String> device, Optional<Instant> at, int recent) {
    Instant now = at.orElseGet(clock::instant);
    List<JsonValue> items = new ArrayList<>();
    List<PendingChunk> pending = new ArrayList<>();
    for (Device one : twin.project().project().devices()) {
      if (device.map(one.id()::equals).orElse(true)) {
        DeviceItems read =
            DeviceItems.read(twin, one.id(), at, Math.max(recent, DeviceItems.INTERVALS) + 1);
        pending.addAll(read.pending());
        one.properties().forEach(p -> items.add(value(one, p.name(), read, now, recent)));
      }
    }
    return JsonObject.builder()
        .put("at", now.toString())
        .put("live", at.isEmpty())
        .put("items", new JsonArray(items))
        .put("pending", HistoryJson.pending(pending))
        .build();
  }

  static JsonObject value(
      Device device, String property, DeviceItems read, Instant now, int recent) {
    List<Integer> having = read.with(property);
    DeviceItems.Expected expected = read.expected(Optional.of(property));
    JsonObject.Builder json =
        JsonObject.builder().put("device", device.id()).put("property", property);
    if (having.isEmpty()) {
      json.put("value", JsonNull.NULL).put("time", JsonNull.NULL).put("ageSeconds", JsonNull.NULL);
    } else {
      JsonObject newest = read.items().get(having.getFirst());
      JsonValue value = newest.get(property);
      json.put("value", value == null ? JsonNull.NULL : value)
          .put("time", newest.text("timestamp").orElse(""));
      json.put("ageSeconds", Members.seconds(age(newest, now)));
    }
    return json.put("expectedSeconds", Members.seconds(expected.interval()))
        .put("samples", expected.samples())
        .put("freshness", freshness(read, having, expected, now).id())
        .put(
            "tier",
            having.isEmpty() ? JsonNull.NULL : new JsonString(read.tiers().get(having.getFirst())))
        .put("unit", Members.text(unit(device, property)))
        .put("recent", recent(read, having, property, recent))
        .build();
  }

  private static Freshness freshness(
      DeviceItems read, List<Integer> having, DeviceItems.Expected expected, Instant now) {
    return having.isEmpty()
        ? Freshness.NEVER
        : Freshness.of(age(read.items().get(having.getFirst()), now), expected.interval());
  }

  private static Duration age(JsonObject item, Instant now) {
    Duration age = Duration.between(DeviceItems.time(item).orElse(now), now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** The unit that a constant property of the device names. */
  static Optional<String> unit(Device device, String property) {
    return device.constProperties().stream()
        .filter(c -> c.name().equals(UNIT + property))
        .flatMap(c -> c.value() instanceof JsonString t ? Stream.of(t.value()) : Stream.empty())
        .findFirst();
  }

  private static JsonArray recent(
      DeviceItems read, List<Integer> having, String property, int recent) {
    List<JsonValue> pairs = new ArrayList<>();
    for (int position : having.subList(0, Math.min(recent, having.size())).reversed()) {
      JsonObject item = read.items().get(position);
      JsonValue value = item.get(property);
      if (value != null) {
        pairs.add(JsonArray.of(new JsonString(item.text("timestamp").orElse("")), value));
      }
    }
    return new JsonArray(pairs);
  }
}
