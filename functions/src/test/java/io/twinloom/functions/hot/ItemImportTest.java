package io.twinloom.functions.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.MemoryHotStore;
import io.twinloom.functions.hot.ItemImport.Result;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** History that is put into the hot store: each item once, whatever is given how often. */
class ItemImportTest {

  private final MemoryHotStore store = new MemoryHotStore();
  private final Set<String> elsewhere = new HashSet<>();
  private final ItemImport importing =
      new ItemImport(store, "oven"::equals, (device, from, to) -> elsewhere);

  @Test
  void anItemIsStoredOnceHoweverOftenItIsGiven() {
    JsonObject item = item("10:00:00", "1");
    assertThat(importing.store(List.of(item, item)).stored()).isEqualTo(1);
    Result again = importing.store(List.of(item));
    assertThat(again.stored()).isZero();
    assertThat(again.present()).isEqualTo(1);
    assertThat(stored()).hasSize(1);
  }

  @Test
  void twoEventsOfOneInstantAreBothStored() {
    importing.store(List.of(item("10:00:00", "1"), item("10:00:00", "2")));
    importing.store(List.of(item("10:00:00", "2"), item("10:00:00", "1")));
    assertThat(stored())
        .extracting(HotItem::timestamp)
        .containsExactly("2026-01-01T10:00:00.000000Z", "2026-01-01T10:00:00.000001Z");
  }

  @Test
  void whatIsInAColderTierIsLeftOut() {
    elsewhere.add(importing.item(item("10:00:00", "1")).eventId());
    Result result = importing.store(List.of(item("10:00:00", "1"), item("11:00:00", "1")));
    assertThat(result.present()).isEqualTo(1);
    assertThat(result.stored()).isEqualTo(1);
  }

  @Test
  void anExportedItemKeepsItsEventId() {
    HotItem first = importing.item(item("10:00:00", "1"));
    HotItem exported = importing.item(first.body());
    assertThat(exported.eventId()).isEqualTo(first.eventId());
    assertThat(exported.body()).isEqualTo(first.body());
  }

  @Test
  void whatIsNoItemIsRefusedAndTheOthersAreStored() {
    Result result =
        importing.store(
            List.of(
                json("{\"device_id\": \"ovn\", \"timestamp\": \"2026-01-01T10:00:00Z\"}"),
                item("10:00:00", "1"),
                json("{\"device_id\": \"oven\", \"heat\": 1}")));
    assertThat(result.denied().keySet()).containsExactly(0, 2);
    assertThat(result.stored()).isEqualTo(1);
  }

  @Property(tries = 100)
  void anyOrderAndRepetitionStoresEachEventOnce(
      @ForAll @Size(max = 20) List<@IntRange(max = 5) Integer> given) {
    MemoryHotStore fresh = new MemoryHotStore();
    ItemImport any = new ItemImport(fresh, "oven"::equals, (device, from, to) -> Set.of());
    List<JsonObject> items = new ArrayList<>();
    given.forEach(heat -> items.add(item("10:00:00", String.valueOf(heat))));
    any.store(items);
    any.store(items.reversed());
    assertThat(fresh.range("oven", Timestamps.MIN, Timestamps.MAX, 100, Order.ASCENDING).items())
        .hasSize(new HashSet<>(given).size());
  }

  private List<HotItem> stored() {
    return store.range("oven", Timestamps.MIN, Timestamps.MAX, 100, Order.ASCENDING).items();
  }

  private static JsonObject item(String time, String heat) {
    return json(
        "{\"device_id\": \"oven\", \"timestamp\": \"2026-01-01T"
            + time
            + "Z\", \"heat\": "
            + heat
            + "}");
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
