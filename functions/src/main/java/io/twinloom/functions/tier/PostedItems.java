package io.twinloom.functions.tier;

import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of a posted list as the bytes that each has there, all of one device, in time order.
 */
final class PostedItems {

  private static final List<String> NAMES =
      List.of(Normalizer.DEVICE_ID, Normalizer.TIMESTAMP, Envelope.EVENT_ID);

  private final String device;
  private final byte[] list;
  private final List<StoredItem> items;
  private String before = "";

  private PostedItems(String device, byte[] list, List<StoredItem> items) {
    this.device = device;
    this.list = list;
    this.items = items;
  }

  /**
   * Reads a list.
   *
   * @throws io.twinloom.functions.error.Refused if it is not one of this device's items
   */
  static List<StoredItem> of(String device, byte[] list) {
    List<StoredItem> items = new ArrayList<>();
    var unused =
        PostedChunk.each(
            list,
            NAMES,
            () -> {
              items.clear();
              return new PostedItems(device, list, items)::item;
            });
    return items;
  }

  private void item(@Nullable String[] texts, int from, int to) {
    if (!device.equals(texts[0])) {
      throw PostedChunk.bad(which() + "is not of the device " + Quoted.name(device) + ".");
    }
    String timestamp = texts[1];
    if (timestamp == null || !Timestamps.isStored(timestamp)) {
      throw PostedChunk.bad(which() + "has no timestamp as a hot store has it.");
    }
    if (timestamp.compareTo(before) <= 0) {
      throw PostedChunk.bad(which() + "is not later than the one before it.");
    }
    before = timestamp;
    byte[] json = Arrays.copyOfRange(list, from, to);
    String event = texts[2];
    if (event == null || event.isEmpty()) {
      event = EventId.ofItem(JsonObject.unread(json));
    }
    items.add(new StoredItem(new ItemPlace(timestamp, event), json));
  }

  private String which() {
    return "Item " + items.size() + " of the list ";
  }
}
