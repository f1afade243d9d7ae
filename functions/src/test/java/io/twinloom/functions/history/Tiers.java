package io.twinloom.functions.history;

import static io.twinloom.functions.fake.Twin.TOKEN;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.hot.HotReader;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Three tiers of the device {@code press-1} on one cloud, their readers, and the history. */
final class Tiers {

  /** An item by its microsecond in 2026 and its event. */
  record Item(int micros, String event) {
    String timestamp() {
      return at(micros);
    }

    JsonObject json() {
      return JsonObject.builder()
          .put("id", "press-1_" + timestamp())
          .put("device_id", "press-1")
          .put("timestamp", timestamp())
          .put("event_id", event)
          .put("strokes", micros)
          .build();
    }
  }

  final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
  final MemoryObjectStore cold = cloud.coldStore;
  final MemoryObjectStore archive = cloud.archiveStore;
  final TreeMap<String, Item> hot = new TreeMap<>();
  final List<String> asked = new ArrayList<>();

  /** What happens before each call of a reader. */
  Runnable between = () -> {};

  private final Twin twin = new Twin();
  private final HostedFunction history;
  private int chunks;

  Tiers() {
    HotReader hotReader =
        new HotReader(
            new TwinInfoSource().read(new Environment(Map.of("DIGITAL_TWIN_INFO", twin.json()))),
            new HotItems(),
            List.of(),
            cloud.senders());
    define(
        "plant-hot-reader",
        request ->
            (JsonObject)
                hotReader.run(
                    request, new Invocation("hot", InvocationLog.SILENT, letter -> {}, false, "")));
    for (FunctionKind kind : List.of(FunctionKind.COLD_READER, FunctionKind.ARCHIVE_READER)) {
      HostedFunction reader = cloud.function(kind, twin, Map.of("INTER_CLOUD_TOKEN", TOKEN));
      define("plant-" + kind.id(), request -> (JsonObject) reader.invoke(request));
    }
    history = cloud.function(FunctionKind.HISTORY_READER, twin, Map.of());
  }

  private interface Reader {
    JsonObject answer(JsonObject request);
  }

  private void define(String name, Reader reader) {
    cloud.invoker.define(
        name,
        request -> {
          between.run();
          asked.add(name);
          return reader.answer(request);
        });
  }

  static String at(int micros) {
    return "2026-01-01T00:00:%02d.%06dZ".formatted(micros / 1_000_000, micros % 1_000_000);
  }

  void hot(Item... items) {
    for (Item item : items) {
      hot.put(item.timestamp(), item);
    }
  }

  /** Puts items into a store as one chunk; returns its key. */
  String chunk(MemoryObjectStore store, Item... items) {
    List<Item> sorted = new ArrayList<>(List.of(items));
    sorted.sort(Comparator.comparing(Item::micros));
    JsonArray list = new JsonArray(sorted.stream().<JsonValue>map(Item::json).toList());
    String key =
        new ChunkKey(
                "press-1",
                sorted.getFirst().timestamp(),
                sorted.getLast().timestamp(),
                ++chunks,
                false)
            .text();
    store.putText(key, Json.text(list));
    return key;
  }

  JsonObject ask(JsonObject query) {
    return (JsonObject) history.invoke(query);
  }

  /** All pages of a query; fails where one is longer than asked for. */
  List<JsonObject> pages(String order, int limit) {
    List<JsonObject> pages = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      JsonObject.Builder query =
          JsonObject.builder().put("device_id", "press-1").put("order", order).put("limit", limit);
      token.ifPresent(t -> query.put("nextToken", t));
      JsonObject page = ask(query.build());
      if (page.array("items").orElseThrow().size() > limit || pages.size() > 10_000) {
        throw new AssertionError("a page of " + page.get("count"));
      }
      pages.add(page);
      token = page.text("nextToken");
    } while (token.isPresent());
    return pages;
  }

  /** The items of pages. */
  static List<Item> items(List<JsonObject> pages) {
    List<Item> items = new ArrayList<>();
    for (JsonObject page : pages) {
      for (JsonValue value : page.array("items").orElseThrow()) {
        JsonObject item = (JsonObject) value;
        items.add(
            new Item(
                Integer.parseInt(String.valueOf(item.get("strokes"))),
                item.text("event_id").orElseThrow()));
      }
    }
    return items;
  }

  /** The hot store, whose items tests take away. */
  private final class HotItems implements HotStore {
    @Override
    public List<Put> putAll(List<HotItem> items) {
      throw new AssertionError("a range of the history asks for ranges only");
    }

    @Override
    public List<Copied> copyIn(String device, List<StoredItem> items) {
      throw new AssertionError("a range of the history asks for ranges only");
    }

    @Override
    public Page range(String device, String start, String end, int limit, Order order) {
      NavigableMap<String, Item> range = hot.subMap(start, true, end, true);
      List<HotItem> items =
          (order == Order.ASCENDING ? range : range.descendingMap())
              .values().stream()
                  .limit(limit)
                  .map(i -> new HotItem("press-1", i.timestamp(), i.event(), i.json()))
                  .toList();
      return new Page(items, range.size() > limit);
    }

    @Override
    public Optional<HotItem> last(String device) {
      throw new AssertionError("a range of the history asks for ranges only");
    }

    @Override
    public List<String> devicesBefore(String cutOff, String after, int limit) {
      throw new AssertionError("a range of the history asks for ranges only");
    }

    @Override
    public StoredPage itemsBefore(String device, String start, String before, int limit) {
      throw new AssertionError("a range of the history asks for ranges only");
    }

    @Override
    public int delete(String device, List<ItemPlace> places) {
      throw new AssertionError("a range of the history asks for ranges only");
    }
  }
}
