package io.twinloom.server.live;

import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.VerifyMark;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The newest items of a device, newest first, and what they say of its properties. Marked
 * measurements are left out.
 *
 * @param tiers which tier each item came from
 */
record DeviceItems(List<JsonObject> items, List<String> tiers, List<PendingChunk> pending) {

  /** An interval is expected as long as the median of so many. */
  static final int INTERVALS = 20;

  /** Before there are so many it is this. */
  static final Duration UNKNOWN = Duration.ofSeconds(10);

  /** How long the next value of a property is expected to be after the last one. */
  record Expected(Duration interval, int samples) {}

  /**
   * Reads a device's items: for the present those in the hot store, else those of all tiers.
   *
   * @param at the newest of them is not after this; empty: the present
   * @param limit at most so many
   */
  static DeviceItems read(RunningProject twin, String device, Optional<Instant> at, int limit) {
    return at.isPresent()
        ? overTiers(twin.control(), device, at, limit)
        : of(twin.live().newestItems(device, limit), List.of(), List.of());
  }

  private static DeviceItems overTiers(
      TwinControl twin, String device, Optional<Instant> at, int limit) {
    HistoryPage page =
        twin.query(
            HistoryRequest.of(device)
                .to(at.map(Instant::toString))
                .newestFirst(true)
                .limit(limit)
                .build());
    List<String> tiers = new ArrayList<>();
    page.parts()
        .forEach(
            part -> {
              for (long i = 0; i < part.items(); i++) {
                tiers.add(part.tier());
              }
            });
    return of(page.items(), tiers, page.pending());
  }

  private static DeviceItems of(
      List<JsonObject> read, List<String> tiers, List<PendingChunk> pending) {
    List<JsonObject> items = new ArrayList<>();
    List<String> tierOf = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      if (!read.get(i).has(VerifyMark.MEMBER)) {
        items.add(read.get(i));
        tierOf.add(i < tiers.size() ? tiers.get(i) : "hot");
      }
    }
    return new DeviceItems(items, tierOf, pending);
  }

  /** The time of the newest item; empty where there is none. */
  Optional<Instant> newest() {
    return items.isEmpty() ? Optional.empty() : time(items.getFirst());
  }

  static Optional<Instant> time(JsonObject item) {
    try {
      return item.text("timestamp").map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean has(JsonObject item, String property) {
    JsonValue value = item.get(property);
    return value != null && value != JsonNull.NULL;
  }

  /** The positions of the items that have a property, newest first. */
  List<Integer> with(String property) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (has(items.get(i), property)) {
        positions.add(i);
      }
    }
    return positions;
  }

  /** The interval that a property, or (empty) any of the device, is expected in. */
  Expected expected(Optional<String> property) {
    List<Instant> times = new ArrayList<>();
    for (JsonObject item : items) {
      if (times.size() <= INTERVALS && property.map(p -> has(item, p)).orElse(true)) {
        time(item).ifPresent(times::add);
      }
    }
    int samples = Math.max(0, times.size() - 1);
    if (samples < INTERVALS) {
      return new Expected(UNKNOWN, samples);
    }
    long[] millis = new long[samples];
    for (int i = 0; i < samples; i++) {
      millis[i] = Duration.between(times.get(i + 1), times.get(i)).toMillis();
    }
    Arrays.sort(millis);
    return new Expected(Duration.ofMillis(Math.max(1, millis[samples / 2])), samples);
  }
}
