package io.twinloom.functions.history;

import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.functions.reading.Reading;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Asks an archive for the chunks of a range. The deployer's right, no function's. */
public final class Restoration {

  private Restoration() {}

  /**
   * What was asked for.
   *
   * @param readable how many chunks of the range could be read already
   * @param pending those that could not, with when each was asked for
   */
  public record Asked(int readable, List<Pending> pending) {
    public Asked {
      pending = List.copyOf(pending);
    }

    /** Its name in answers: {@code readable}, and {@code pending} for the others. */
    public JsonObject toJson() {
      return JsonObject.builder()
          .put("readable", readable)
          .put("pending", new JsonArray(pending.stream().<JsonValue>map(Pending::toJson).toList()))
          .build();
    }
  }

  /**
   * Asks for every chunk of a device that a range of time touches and that cannot be read; asking
   * again does nothing.
   *
   * @param known whether the twin has a device of an id
   * @param from inclusive, any form of time that a device may use
   * @param to inclusive
   * @throws io.twinloom.functions.error.Refused if one of them is no time, or there is no such
   *     device
   */
  public static Asked of(
      ObjectStore archive, Predicate<String> known, String device, String from, String to) {
    Reading.checkDevice(device, known);
    String start = time(from);
    String end = time(to);
    ChunkTier tier = new ChunkTier(archive);
    List<Pending> pending = new ArrayList<>();
    int readable = 0;
    for (ChunkKey key : tier.touched(device, start, end, Order.ASCENDING)) {
      if (tier.pending(key.text()).isEmpty()) {
        readable++;
        continue;
      }
      archive.restore(key.text());
      tier.pending(key.text()).ifPresent(pending::add);
    }
    return new Asked(readable, pending);
  }

  private static String time(String given) {
    String time = Timestamps.read(given);
    if (time == null) {
      throw RangeQuery.bad("This cannot be read as a time: " + Quoted.name(given) + ".");
    }
    return time;
  }
}
