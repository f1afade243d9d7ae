package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Copied;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.HotStore.Page;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import io.twinloom.testkit.contract.HotStoreContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHotStoreTest implements HotStoreContract {
  private static final String FROM = "2026-01-01T00:00:00.000000Z";
  private static final String TO = "2026-12-31T23:59:59.999999Z";

  @TempDir Path folder;
  private CloudDatabase database;
  private SqliteHotStore store;

  @BeforeEach
  void open() {
    database = CloudDatabase.open(folder.resolve("hot.db"), SqliteHotStore.SCHEMA);
    store = new SqliteHotStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  public HotStore store() {
    return store;
  }

  private static String at(int second) {
    return "2026-03-01T10:%02d:%02d.000000Z".formatted(second / 60, second % 60);
  }

  private static HotItem item(String device, int second, String eventId, String text) {
    return new HotItem(
        device,
        at(second),
        eventId,
        JsonObject.builder().put("timestamp", at(second)).put("text", text).build());
  }

  private static HotItem item(String device, int second) {
    return item(device, second, "event-" + second, "");
  }

  private static List<String> times(Page page) {
    return page.items().stream().map(HotItem::timestamp).toList();
  }

  @Test
  void aCopiedItemIsMovedOnAlsoBeyondWhatIsReadAroundIt() {
    int taken = (int) HotStore.SAME_EVENT_MICROS + 5;
    store.putAll(
        IntStream.range(0, taken)
            .mapToObj(i -> new HotItem("d", micros(i), "other-" + i, JsonObject.EMPTY))
            .toList());
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(
            store.copyIn(
                "d",
                List.of(
                    new StoredItem(new ItemPlace(micros(0), "e"), json),
                    new StoredItem(new ItemPlace(micros(1), "f"), json))))
        .containsExactly(new Copied.Shifted(micros(taken)), new Copied.Shifted(micros(taken + 1)));
    assertThat(store.counts()).containsEntry("d", taken + 2L);
  }

  private static String micros(int after) {
    return Objects.requireNonNull(Timestamps.plusMicros(at(0), after));
  }

  @Test
  void aPageEndsAtItsBytesButHoldsAtLeastOneItem() {
    String large = "x".repeat(3 * 1024 * 1024);
    store.put(item("d", 1, "e1", large));
    store.put(item("d", 2, "e2", large));
    store.put(item("d", 3, "e3", "x".repeat((int) HotStore.MAX_PAGE_BYTES)));
    Page first = store.range("d", FROM, TO, 100, Order.ASCENDING);
    assertThat(times(first)).containsExactly(at(1));
    assertThat(first.more()).isTrue();
    Page last = store.range("d", at(3), TO, 100, Order.ASCENDING);
    assertThat(times(last)).containsExactly(at(3));
    assertThat(last.more()).isFalse();
  }

  @Test
  void itemsAreCountedByDevice() {
    Stream.of(1, 2, 3).forEach(second -> store.put(item("a", second)));
    store.put(item("b", 1));
    store.put(item("b", 1, "another", ""));
    assertThat(store.counts()).isEqualTo(Map.of("a", 3L, "b", 1L));
    assertThat(store.size()).hasValue(4);
    store.remove("b", at(1));
    store.remove("b", at(1));
    assertThat(store.counts()).isEqualTo(Map.of("a", 3L));
    ItemPlace first = store.itemsBefore("a", FROM, TO, 1).items().getFirst().place();
    store.delete("a", List.of(first, new ItemPlace(at(2), "another")));
    assertThat(store.counts()).isEqualTo(Map.of("a", 2L));
    store.delete("a", List.of(store.itemsBefore("a", FROM, TO, 1).items().getFirst().place()));
    assertThat(store.counts()).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void anEventWhoseIdReadsLikeTwoPlacesDoesNotStandForThem() {
    store.put(item("d", 1, "e", ""));
    store.put(item("d", 2, "f", ""));
    store.put(item("d", 3, "g", ""));
    ItemPlace both = new ItemPlace(at(1), "e\n" + at(2) + "f");
    assertThat(store.delete("d", List.of(both, new ItemPlace(at(3), "g")))).isEqualTo(1);
    assertThat(store.counts()).isEqualTo(Map.of("d", 2L));
  }

  @Test
  void aStoreThatCannotWriteSaysSo() {
    database.close();
    assertThatThrownBy(() -> store.put(item("d", 1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> store.last("d")).isInstanceOf(StoreException.class);
  }
}
