package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Items.at;
import static io.twinloom.testkit.contract.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.HotStore.StoredPage;
import io.twinloom.json.Json;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items that have grown old are found and passed on as they are, and deleted only if unchanged. */
public interface HotAgingContract extends HotStoreSubject {

  @Test
  default void theDevicesWithOldItemsAreListedInOrderAndInPages() {
    for (String device : new String[] {"d", "b", "é", "D", "c", "young"}) {
      store().put(item(device, at(device.equals("young") ? 10 : 9), "e"));
      store().put(item(device, at(20), "e"));
    }
    assertThat(store().devicesBefore(at(10), "", 10)).containsExactly("D", "b", "c", "d", "é");
    assertThat(store().devicesBefore(at(10), "", 2)).containsExactly("D", "b");
    assertThat(store().devicesBefore(at(10), "b", 2)).containsExactly("c", "d");
    assertThat(store().devicesBefore(at(10), "é", 2)).isEmpty();
    assertThat(store().devicesBefore(at(9), "", 10)).isEmpty();
  }

  @Test
  default void aDeviceWhoseOldItemsAreGoneIsNotListed() {
    store().put(item("d", at(1), "e1"));
    store().delete("d", List.of(new ItemPlace(at(1), "e1")));
    assertThat(store().devicesBefore(at(10), "", 10)).isEmpty();
    assertThat(store().last("d")).isEmpty();
  }

  @Test
  default void oldItemsAreTheTextThatTheirBodyIs() {
    HotItem first = item("d", at(1), "e1", "{\"n\": 1.50e+3, \"t\": \"é\\u0000\\\"\", \"x\": []}");
    store().put(first);
    store().put(item("d", at(2), "e2"));
    store().put(item("c", at(1), "other"));
    StoredPage page = store().itemsBefore("d", Items.MIN, at(2), 10);
    assertThat(page.more()).isFalse();
    assertThat(page.items()).hasSize(1);
    assertThat(page.items().getFirst().place()).isEqualTo(new ItemPlace(at(1), "e1"));
    assertThat(page.items().getFirst().json()).isEqualTo(Json.bytes(first.body()));
  }

  @Test
  default void oldItemsAreInTimeOrderFromAStartThatCountsToAnEndThatDoesNot() {
    storeTen();
    assertThat(times(store().itemsBefore("d", at(2), at(5), 10)))
        .containsExactly(at(2), at(3), at(4));
    assertThat(times(store().itemsBefore("d", at(5), at(5), 10))).isEmpty();
    StoredPage page = store().itemsBefore("d", Items.MIN, at(7), 3);
    assertThat(times(page)).containsExactly(at(0), at(1), at(2));
    assertThat(page.more()).isTrue();
    assertThat(store().itemsBefore("d", at(4), at(7), 3).more()).isFalse();
    assertThat(store().itemsBefore("nobody", Items.MIN, Items.MAX, 3).items()).isEmpty();
  }

  @Test
  default void theLastTimeThatCanBeStoredIsBeforeTheEnd() {
    store().put(item("d", Items.MAX, "last"));
    assertThat(store().devicesBefore(Timestamps.END, "", 10)).containsExactly("d");
    assertThat(times(store().itemsBefore("d", Items.MIN, Timestamps.END, 10)))
        .containsExactly(Items.MAX);
    assertThat(store().itemsBefore("d", Items.MIN, Items.MAX, 10).items()).isEmpty();
    assertThat(store().itemsBefore("d", Timestamps.END, Timestamps.END, 10).items()).isEmpty();
  }

  @Test
  default void aPageOfOldItemsEndsAtFourMebibytes() {
    for (int micros = 0; micros < Items.MORE_THAN_A_PAGE; micros++) {
      store().put(Items.large("d", at(micros), "e" + micros));
    }
    StoredPage page = store().itemsBefore("d", Items.MIN, Items.MAX, 100);
    assertThat(page.more()).isTrue();
    assertThat(page.items().size()).isBetween(1, Items.MORE_THAN_A_PAGE - 1);
    assertThat(page.items().stream().mapToLong(i -> i.json().length).sum())
        .isLessThanOrEqualTo(HotStore.MAX_PAGE_BYTES);
  }

  @Test
  default void oldItemsAreHandedOverOneByOneAsAPageHasThem() {
    storeTen();
    for (int limit : new int[] {1, 3, 5, 6, 20}) {
      List<StoredItem> taken = new ArrayList<>();
      boolean more = store().itemsBefore("d", at(2), at(8), limit, taken::add);
      StoredPage page = store().itemsBefore("d", at(2), at(8), limit);
      assertThat(more).isEqualTo(page.more());
      assertThat(taken).usingRecursiveComparison().isEqualTo(page.items());
    }
  }

  @Test
  default void itemsThatAreHandedOverEndAtFourMebibytesToo() {
    for (int micros = 0; micros < Items.MORE_THAN_A_PAGE; micros++) {
      store().put(Items.large("d", at(micros), "e" + micros));
    }
    List<StoredItem> taken = new ArrayList<>();
    assertThat(store().itemsBefore("d", Items.MIN, Items.MAX, 100, taken::add)).isTrue();
    assertThat(taken).hasSizeBetween(1, Items.MORE_THAN_A_PAGE - 1);
  }

  @Test
  default void deletedItemsAreGoneAndAllOthersStay() {
    storeTen();
    store().put(item("c", at(3), "e3"));
    assertThat(store().delete("d", places(2, 3, 4))).isEqualTo(3);
    assertThat(left()).containsExactly(at(0), at(1), at(5), at(6), at(7), at(8), at(9));
    assertThat(Items.all(store(), "c")).hasSize(1);
    assertThat(store().delete("d", places(2, 3, 4))).as("again").isZero();
    assertThat(store().delete("d", List.of())).isZero();
  }

  @Test
  default void anItemThatCameBetweenOthersIsNotDeletedWithThem() {
    storeTen();
    assertThat(store().delete("d", places(2, 4))).isEqualTo(2);
    assertThat(left()).containsExactly(at(0), at(1), at(3), at(5), at(6), at(7), at(8), at(9));
  }

  @Test
  default void aPlaceThatAnotherEventHasNowIsNotFreed() {
    storeTen();
    List<ItemPlace> stale = new ArrayList<>(places(2, 4));
    stale.add(1, new ItemPlace(at(3), "another"));
    assertThat(store().delete("d", stale)).isEqualTo(2);
    assertThat(left()).contains(at(3)).hasSize(8);
  }

  @Test
  default void anItemThatWasDeliveredAgainIsStillTheSame() {
    store().put(item("d", at(1), "e1"));
    store().put(item("d", at(1), "e1", "{\"temperature\": 99}"));
    assertThat(store().delete("d", places(1))).isEqualTo(1);
  }

  private void storeTen() {
    for (int micros : new int[] {3, 1, 4, 0, 5, 9, 2, 6, 8, 7}) {
      store().put(item("d", at(micros), "e" + micros));
    }
  }

  private List<String> left() {
    return Items.all(store(), "d").stream().map(HotItem::timestamp).toList();
  }

  private static List<ItemPlace> places(int... micros) {
    List<ItemPlace> places = new ArrayList<>();
    for (int one : micros) {
      places.add(new ItemPlace(at(one), "e" + one));
    }
    return places;
  }

  private static List<String> times(StoredPage page) {
    return page.items().stream().map(StoredItem::place).map(ItemPlace::timestamp).toList();
  }
}
