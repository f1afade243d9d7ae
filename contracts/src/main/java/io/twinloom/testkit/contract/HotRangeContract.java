package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Items.at;
import static io.twinloom.testkit.contract.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.HotStore.Page;
import io.twinloom.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A range of time is read in order, with both its ends, in pages that say whether more follows. */
public interface HotRangeContract extends HotStoreSubject {

  @Test
  default void aRangeIncludesBothItsEnds() {
    storeTen();
    assertThat(times(store().range("d", at(2), at(4), 100, Order.ASCENDING)))
        .containsExactly(at(2), at(3), at(4));
    assertThat(times(store().range("d", at(4), at(4), 100, Order.ASCENDING)))
        .containsExactly(at(4));
  }

  @Test
  default void aRangeIsReadInEitherOrder() {
    storeTen();
    assertThat(times(store().range("d", at(2), at(4), 100, Order.DESCENDING)))
        .containsExactly(at(4), at(3), at(2));
  }

  @Test
  default void aRangeWithoutItemsIsEmpty() {
    storeTen();
    assertThat(store().range("d", at(11), at(20), 100, Order.ASCENDING))
        .isEqualTo(new Page(List.of(), false));
    assertThat(store().range("nobody", Items.MIN, Items.MAX, 100, Order.DESCENDING))
        .isEqualTo(new Page(List.of(), false));
  }

  @Test
  default void otherDevicesItemsAreNotInIt() {
    storeTen();
    store().put(item("c", at(3), "c3"));
    store().put(item("d ", at(3), "blank"));
    store().put(item("d_", at(3), "line"));
    assertThat(Items.all(store(), "d")).hasSize(10).extracting(HotItem::device).containsOnly("d");
  }

  @Test
  default void aPageHasAtMostItsLimitAndSaysWhetherMoreFollows() {
    storeTen();
    for (Order order : Order.values()) {
      Page three = store().range("d", Items.MIN, Items.MAX, 3, order);
      assertThat(three.items()).hasSize(3);
      assertThat(three.more()).isTrue();
      Page ten = store().range("d", Items.MIN, Items.MAX, 10, order);
      assertThat(ten.items()).hasSize(10);
      assertThat(ten.more()).as("exactly as many as the limit").isFalse();
    }
    assertThat(times(store().range("d", Items.MIN, Items.MAX, 1, Order.DESCENDING)))
        .containsExactly(at(9));
  }

  @Test
  default void aPageEndsAtFourMebibytes() {
    for (int micros = 0; micros < Items.MORE_THAN_A_PAGE; micros++) {
      store().put(Items.large("d", at(micros), "e" + micros));
    }
    for (Order order : Order.values()) {
      Page page = store().range("d", Items.MIN, Items.MAX, 100, order);
      assertThat(page.more()).isTrue();
      assertThat(page.items().size()).isBetween(1, Items.MORE_THAN_A_PAGE - 1);
      assertThat(page.items().stream().mapToLong(i -> Json.bytes(i.body()).length).sum())
          .isLessThanOrEqualTo(HotStore.MAX_PAGE_BYTES);
    }
    assertThat(Items.all(store(), "d")).hasSize(Items.MORE_THAN_A_PAGE);
  }

  @Test
  default void neighbouringMicrosecondsAreDifferentTimes() {
    store().put(item("d", at(999_999), "a"));
    store().put(item("d", at(1_000_000), "b"));
    assertThat(times(store().range("d", at(1_000_000), Items.MAX, 10, Order.ASCENDING)))
        .containsExactly(at(1_000_000));
  }

  private void storeTen() {
    for (int micros : new int[] {3, 1, 4, 0, 5, 9, 2, 6, 8, 7}) {
      store().put(item("d", at(micros), "e" + micros));
    }
  }

  private static List<String> times(Page page) {
    return page.items().stream().map(HotItem::timestamp).toList();
  }
}
