package io.twinloom.functions.hot;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.util.Map;
import java.util.Set;

/**
 * Puts measurements into the hot store such that none displaces another: a place that another event
 * has is left to it, and the newcomer moves on by a microsecond until a place is free or holds
 * itself from an earlier delivery.
 */
public final class HotRecorder {

  private static final String ID = "id";
  private static final String EVENT_ID = "event_id";
  private static final Set<String> WRITTEN_ANEW =
      Set.of(ID, Normalizer.DEVICE_ID, Normalizer.TIMESTAMP, EVENT_ID);

  private final HotStore store;

  public HotRecorder(HotStore store) {
    this.store = store;
  }

  /**
   * Stores a measurement; returns the item as it is stored now.
   *
   * @throws io.twinloom.functions.port.StoreException if the store fails
   */
  public HotItem record(Normalized measurement, String eventId, Invocation invocation) {
    String timestamp = measurement.timestamp();
    while (true) {
      HotItem item = item(measurement, timestamp, eventId);
      switch (store.put(item)) {
        case STORED -> {
          return item;
        }
        case OCCUPIED -> {
          invocation.count("moved-by-a-microsecond");
          timestamp = next(timestamp);
        }
      }
    }
  }

  /** The id of an item. */
  public static String id(String device, String timestamp) {
    return device + "_" + timestamp;
  }

  /** The item of a measurement at a time. */
  public static HotItem item(Normalized measurement, String timestamp, String eventId) {
    String device = measurement.device();
    JsonObject.Builder body =
        JsonObject.builder()
            .put(ID, id(device, timestamp))
            .put(Normalizer.DEVICE_ID, device)
            .put(Normalizer.TIMESTAMP, timestamp)
            .put(EVENT_ID, eventId);
    for (Map.Entry<String, JsonValue> member : measurement.message().members().entrySet()) {
      if (!WRITTEN_ANEW.contains(member.getKey())) {
        body.put(member.getKey(), member.getValue());
      }
    }
    return new HotItem(device, timestamp, eventId, body.build());
  }

  private static String next(String timestamp) {
    String next = Timestamps.plusMicros(timestamp, 1);
    if (next == null) {
      throw Refused.of(
          FunctionsError.MESSAGE_TIME,
          "There is no free place after " + timestamp + ".",
          "Send real times.");
    }
    return next;
  }
}
