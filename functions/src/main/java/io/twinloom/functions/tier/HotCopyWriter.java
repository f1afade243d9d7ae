package io.twinloom.functions.tier;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.HotCopy;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Copied;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The only endpoint through which the items of another hot store of the twin come into this one: as
 * they are, and never in place of what is there. Their device may be one that the twin has no more.
 */
public final class HotCopyWriter implements RequestBody {

  /** What the items of one request may have as JSON, in bytes. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final int PAGE = 10_000;

  private static final String DEVICE = "device_id";

  private final HotStore store;

  public HotCopyWriter(HotStore store) {
    this.store = store;
  }

  @Override
  public JsonObject run(JsonObject body, Invocation invocation) {
    String device = DeviceIds.normal(PostedChunk.text(body, DEVICE));
    if (!DeviceIds.isLegal(device)) {
      throw PostedChunk.bad("device_id is no id that a device can have.");
    }
    invocation.device(device);
    if (body.has("places")) {
      return compared(device, places(body));
    }
    byte[] list = list(body, invocation);
    CompletableFuture<Content> digested = Digests.beside(list);
    List<StoredItem> items = PostedItems.of(device, list);
    String sha256 = digested.join().sha256();
    if (PostedChunk.digest(body).filter(d -> !d.equals(sha256)).isPresent()) {
      throw PostedChunk.wrongDigest();
    }
    long stored = 0;
    long there = 0;
    long shifted = 0;
    for (Copied copied : store.copyIn(device, items)) {
      switch (copied) {
        case Copied.Stored ignored -> stored++;
        case Copied.There ignored -> there++;
        case Copied.Shifted ignored -> {
          shifted++;
          invocation.count("moved-by-a-microsecond");
        }
      }
    }
    return JsonObject.builder()
        .put("stored", stored)
        .put("there", there)
        .put("shifted", shifted)
        .put("sha256", sha256)
        .build();
  }

  /**
   * Which of the items that another store has are here, so that nothing has to be sent for that.
   */
  private JsonObject compared(String device, List<ItemPlace> places) {
    String from = HotCopy.earliest(places.getFirst());
    String to = HotCopy.latest(places.getLast());
    List<ItemPlace> here = new ArrayList<>();
    HotStore.Page page;
    do {
      page = store.range(device, from, to, PAGE, HotStore.Order.ASCENDING);
      page.items().forEach(item -> here.add(new ItemPlace(item.timestamp(), item.eventId())));
      from = page.more() ? Timestamps.plusMicros(here.getLast().timestamp(), 1) : to;
    } while (page.more() && from != null);
    HotCopy.Known known = new HotCopy.Known(here);
    long there = places.stream().filter(known::has).count();
    return JsonObject.builder().put("there", there).put("missing", places.size() - there).build();
  }

  private static List<ItemPlace> places(JsonObject body) {
    List<ItemPlace> places = new ArrayList<>();
    for (JsonValue value : body.array("places").orElse(JsonArray.EMPTY)) {
      if (!(value instanceof JsonArray pair
          && pair.size() == 2
          && pair.values().get(0) instanceof JsonString time
          && pair.values().get(1) instanceof JsonString event
          && Timestamps.isStored(time.value()))) {
        throw PostedChunk.bad("An element of places is not a pair of a time and an event_id.");
      }
      places.add(new ItemPlace(time.value(), event.value()));
    }
    if (places.isEmpty()) {
      throw PostedChunk.bad("places is not a list, or an empty one.");
    }
    places.sort(Comparator.comparing(ItemPlace::timestamp));
    return places;
  }

  private static byte[] list(JsonObject body, Invocation invocation) {
    byte[] list;
    if (body.text("items_gzip").isPresent()) {
      if (body.has("items")) {
        throw PostedChunk.bad("The body has both items and items_gzip.");
      }
      list = Gzip.unpack(PostedChunk.base64(PostedChunk.text(body, "items_gzip")), MAX_BYTES);
    } else {
      JsonArray items =
          body.array("items").orElseThrow(() -> PostedChunk.bad("The body has no list items."));
      list = PostedChunk.asItStands(items, "items", invocation);
    }
    if (list.length > MAX_BYTES) {
      throw Refused.tooLarge(
          "The items have " + list.length + " bytes; at most " + MAX_BYTES + " are accepted.",
          "Send fewer at once.");
    }
    return list;
  }
}
