package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Items.at;
import static io.twinloom.testkit.contract.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Items that are written together are written as they would be one after the other. */
public interface HotBatchContract extends HotStoreSubject {

  @Test
  default void eachItemOfABatchHasItsOwnOutcomeInTheOrderGiven() {
    store().putAll(List.of(item("d", at(1), "e1"), item("d", at(2), "e2")));
    HotItem again = item("d", at(1), "e1", "{\"temperature\": 99}");
    List<HotItem> batch =
        List.of(item("d", at(3), "e3"), again, item("d", at(2), "other"), item("d2", at(2), "e4"));
    assertThat(store().putAll(batch))
        .containsExactly(Put.STORED, Put.SAME, Put.OCCUPIED, Put.STORED);
    assertThat(Items.all(store(), "d"))
        .containsExactly(again, item("d", at(2), "e2"), item("d", at(3), "e3"));
    assertThat(Items.all(store(), "d2")).hasSize(1);
  }

  @Test
  default void ofSeveralEventsOfABatchThatWantOnePlaceTheFirstHasIt() {
    List<HotItem> batch =
        List.of(item("d", at(1), "first"), item("d", at(1), "second"), item("d", at(1), "third"));
    assertThat(store().putAll(batch)).containsExactly(Put.STORED, Put.OCCUPIED, Put.OCCUPIED);
    assertThat(Items.all(store(), "d")).extracting(HotItem::eventId).containsExactly("first");
  }

  @Test
  default void anEventThatIsTwiceInABatchIsThereOnceAsItWasLast() {
    HotItem last = item("d", at(1), "e", "{\"temperature\": 2}");
    List<HotItem> batch = List.of(item("d", at(1), "e", "{\"temperature\": 1}"), last);
    assertThat(store().putAll(batch)).containsExactly(Put.STORED, Put.SAME);
    assertThat(Items.all(store(), "d")).containsExactly(last);
  }

  @Test
  default void aLargeBatchIsAllThere() {
    List<HotItem> batch = new ArrayList<>();
    IntStream.range(0, 300).forEach(i -> batch.add(item("d" + i % 3, at(i), "e" + i)));
    assertThat(store().putAll(batch)).hasSize(300).containsOnly(Put.STORED);
    assertThat(Items.all(store(), "d0")).hasSize(100);
    assertThat(Items.all(store(), "d1")).hasSize(100);
    assertThat(Items.all(store(), "d2")).hasSize(100);
  }

  @Test
  default void aBatchOfNothingWritesNothing() {
    assertThat(store().putAll(List.of())).isEmpty();
  }
}
