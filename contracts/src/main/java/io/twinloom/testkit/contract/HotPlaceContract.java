package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Items.at;
import static io.twinloom.testkit.contract.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore.Put;
import org.junit.jupiter.api.Test;

/** A place (device and time) belongs to one event. */
public interface HotPlaceContract extends HotStoreSubject {

  @Test
  default void aFreePlaceIsTaken() {
    HotItem item = item("d", at(1), "e1");
    assertThat(store().put(item)).isEqualTo(Put.STORED);
    assertThat(Items.all(store(), "d")).containsExactly(item);
  }

  @Test
  default void theSameEventOverwritesItself() {
    HotItem again = item("d", at(1), "e1", "{\"temperature\": 99}");
    store().put(item("d", at(1), "e1"));
    assertThat(store().put(again)).isEqualTo(Put.SAME);
    assertThat(Items.all(store(), "d")).containsExactly(again);
  }

  @Test
  default void anotherEventLeavesThePlaceAsItIs() {
    HotItem first = item("d", at(1), "e1");
    store().put(first);
    assertThat(store().put(item("d", at(1), "e2"))).isEqualTo(Put.OCCUPIED);
    assertThat(Items.all(store(), "d")).containsExactly(first);
  }

  @Test
  default void placesOfOtherDevicesAndTimesAreOthers() {
    store().put(item("d", at(1), "e1"));
    assertThat(store().put(item("d", at(2), "e2"))).isEqualTo(Put.STORED);
    assertThat(store().put(item("d2", at(1), "e3"))).isEqualTo(Put.STORED);
    assertThat(store().put(item("D", at(1), "e4"))).isEqualTo(Put.STORED);
    assertThat(Items.all(store(), "d")).hasSize(2);
    assertThat(Items.all(store(), "D")).extracting(HotItem::eventId).containsExactly("e4");
  }

  @Test
  default void eventIdsDifferByCase() {
    store().put(item("d", at(1), "Event"));
    assertThat(store().put(item("d", at(1), "eVENT"))).isEqualTo(Put.OCCUPIED);
  }

  @Test
  default void theNewestItemIsTheLatestInTimeAndNotTheLastWritten() {
    assertThat(store().last("d")).isEmpty();
    store().put(item("d", at(5), "e5"));
    store().put(item("d", at(9), "e9"));
    store().put(item("d", at(7), "e7"));
    store().put(item("z", at(20), "other"));
    assertThat(store().last("d").map(HotItem::eventId)).contains("e9");
  }

  @Test
  default void theBoundsOfTimeAreTimesToo() {
    store().put(item("d", Items.MIN, "first"));
    store().put(item("d", Items.MAX, "last"));
    assertThat(Items.all(store(), "d"))
        .extracting(HotItem::eventId)
        .containsExactly("first", "last");
  }
}
