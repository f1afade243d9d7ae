package io.twinloom.testkit.contract;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.HotStore.Page;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Items for tests of stores. */
public final class Items {

  /** The earliest and the latest time that there is. */
  public static final String MIN = "0000-01-01T00:00:00.000000Z";

  public static final String MAX = "9999-12-31T23:59:59.999999Z";

  /** So many {@link #large} items have more bytes than a page. */
  public static final int MORE_THAN_A_PAGE = 23;

  /** An event has at most 192 KiB, which every cloud's store takes. */
  private static final int LARGE = 190 * 1024;

  private Items() {}

  /** The time so many microseconds (less than a minute) after the beginning of 2026. */
  public static String at(int micros) {
    String seconds = Integer.toString(100 + micros / 1_000_000).substring(1);
    String fraction = Integer.toString(1_000_000 + micros % 1_000_000).substring(1);
    return "2026-01-01T00:00:" + seconds + "." + fraction + "Z";
  }

  /** An item with one measurement. */
  public static HotItem item(String device, String timestamp, String eventId) {
    return item(device, timestamp, eventId, "{\"temperature\": 21.50}");
  }

  /** An item with these measurements, given as a JSON object. */
  public static HotItem item(String device, String timestamp, String eventId, String measurements) {
    JsonObject body =
        Json.parseObject(measurements.getBytes(StandardCharsets.UTF_8)).toBuilder()
            .put("id", device + "_" + timestamp)
            .put("device_id", device)
            .put("timestamp", timestamp)
            .put("event_id", eventId)
            .build();
    return new HotItem(device, timestamp, eventId, body);
  }

  /** An item of nearly the largest size that there is. */
  public static HotItem large(String device, String timestamp, String eventId) {
    return item(device, timestamp, eventId, "{\"text\": \"" + "x".repeat(LARGE) + "\"}");
  }

  /** All that a store has of a device. */
  public static List<HotItem> all(HotStore store, String device) {
    List<HotItem> all = new ArrayList<>();
    String from = MIN;
    while (true) {
      Page page = store.range(device, from, MAX, 1_000, Order.ASCENDING);
      for (HotItem item : page.items()) {
        if (all.isEmpty() || !all.getLast().timestamp().equals(item.timestamp())) {
          all.add(item);
        }
      }
      if (!page.more()) {
        return all;
      }
      from = page.items().getLast().timestamp();
    }
  }
}
