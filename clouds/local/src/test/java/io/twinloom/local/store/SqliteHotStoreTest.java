package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.HotStore.Page;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.functions.port.StoreException;
import io.twinloom.model.json.Json;
import io.twinloom.model.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHotStoreTest {
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
  void aFreePlaceIsTakenAndARedeliveryReplacesItself() {
    assertThat(store.put(item("d", 1, "e1", "first"))).isEqualTo(Put.STORED);
    assertThat(store.put(item("d", 1, "e1", "second"))).isEqualTo(Put.STORED);
    assertThat(store.last("d").orElseThrow().body().text("text")).contains("second");
    assertThat(store.counts()).containsExactly(java.util.Map.entry("d", 1L));
  }

  @Test
  void anotherEventOfTheSameInstantFindsThePlaceOccupied() {
    store.put(item("d", 1, "e1", "first"));
    assertThat(store.put(item("d", 1, "e2", "other"))).isEqualTo(Put.OCCUPIED);
    assertThat(store.put(item("x", 1, "e2", "other device"))).isEqualTo(Put.STORED);
    assertThat(store.last("d").orElseThrow().eventId()).isEqualTo("e1");
    assertThat(store.last("d").orElseThrow().body().text("text")).contains("first");
  }

  @Test
  void ofManyEventsForOnePlaceExactlyOneGetsIt() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Put>> puts = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        HotItem rival = item("d", 1, "event-" + i, "");
        puts.add(callers.submit(() -> store.put(rival)));
      }
      int stored = 0;
      for (Future<Put> put : puts) {
        stored += put.get() == Put.STORED ? 1 : 0;
      }
      assertThat(stored).isEqualTo(1);
    }
  }

  @Test
  void whatIsReadIsWhatWasWrittenDigitByDigit() {
    JsonObject body =
        Json.parseObject(
            ("{\"b\":1.0,\"a\":123456789012345678901234567890.10,\"e\":1e5,\"n\":null,"
                    + "\"o\":{\"z\":[1,2.50,{\"ü\":\"\\u0000\uD83D\uDE00\"}]},\"t\":true}")
                .getBytes(StandardCharsets.UTF_8));
    store.put(new HotItem("Gerät-1", at(1), "e", body));
    HotItem read = store.last("Gerät-1").orElseThrow();
    assertThat(read).isEqualTo(new HotItem("Gerät-1", at(1), "e", body));
    assertThat(Json.text(read.body())).isEqualTo(Json.text(body));
  }

  @Test
  void aRangeIncludesBothItsEndsAndNoOtherDevice() {
    Stream.of(1, 2, 3, 4, 5).forEach(second -> store.put(item("d", second)));
    store.put(item("d2", 3, "else", ""));
    Page page = store.range("d", at(2), at(4), 100, Order.ASCENDING);
    assertThat(times(page)).containsExactly(at(2), at(3), at(4));
    assertThat(page.more()).isFalse();
  }

  @Test
  void aRangeComesInEitherOrder() {
    Stream.of(2, 1, 3).forEach(second -> store.put(item("d", second)));
    assertThat(times(store.range("d", FROM, TO, 100, Order.ASCENDING)))
        .containsExactly(at(1), at(2), at(3));
    assertThat(times(store.range("d", FROM, TO, 100, Order.DESCENDING)))
        .containsExactly(at(3), at(2), at(1));
  }

  @Test
  void aPageEndsAtItsLimitAndSaysWhetherMoreFollows() {
    Stream.of(1, 2, 3).forEach(second -> store.put(item("d", second)));
    Page two = store.range("d", FROM, TO, 2, Order.ASCENDING);
    assertThat(times(two)).containsExactly(at(1), at(2));
    assertThat(two.more()).isTrue();
    assertThat(store.range("d", FROM, TO, 3, Order.ASCENDING).more()).isFalse();
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
  void theNewestIsByTimeNotByArrival() {
    assertThat(store.last("d")).isEmpty();
    Stream.of(5, 9, 7).forEach(second -> store.put(item("d", second)));
    assertThat(store.last("d").orElseThrow().timestamp()).isEqualTo(at(9));
  }

  @Test
  void itemsAreCountedByDevice() {
    Stream.of(1, 2, 3).forEach(second -> store.put(item("a", second)));
    store.put(item("b", 1));
    store.put(item("b", 1, "another", ""));
    assertThat(store.counts()).isEqualTo(java.util.Map.of("a", 3L, "b", 1L));
    database
        .change(
            statements ->
                statements.of("DELETE FROM hot_item WHERE ts <= '" + at(1) + "'").executeUpdate())
        .join();
    assertThat(store.counts()).isEqualTo(java.util.Map.of("a", 2L));
  }

  @Test
  void anUnknownDeviceHasNothing() {
    assertThat(store.range("nobody", FROM, TO, 10, Order.ASCENDING).items()).isEmpty();
    assertThat(store.counts()).isEmpty();
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
