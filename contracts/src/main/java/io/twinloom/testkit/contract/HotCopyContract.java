package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Items.at;
import static io.twinloom.testkit.contract.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore.Copied;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Items of another hot store come in as they are, each event once, and displace nothing. */
public interface HotCopyContract extends HotStoreSubject {

  @Test
  default void anItemIsCopiedToItsOwnPlaceAsItIs() {
    HotItem precise = item("d", at(1), "e1", "{\"n\": 1.50e+3, \"t\": \"é\\u0000\", \"x\": {}}");
    assertThat(copy(precise, item("d", at(5), "e5"))).containsExactly(stored(), stored());
    assertThat(Items.all(store(), "d")).containsExactly(precise, item("d", at(5), "e5"));
    assertThat(store().devicesBefore(at(10), "", 10)).as("who moves on with it").contains("d");
  }

  @Test
  default void copyingAgainChangesNothing() {
    copy(item("d", at(1), "e1"), item("d", at(2), "e2"));
    assertThat(copy(item("d", at(1), "e1"), item("d", at(2), "e2"), item("d", at(3), "e3")))
        .containsExactly(there(), there(), stored());
    assertThat(Items.all(store(), "d")).hasSize(3);
  }

  @Test
  default void whatIsThereUnderTheSameEventIsNewerAndStays() {
    HotItem newer = item("d", at(1), "e", "{\"temperature\": 99}");
    store().put(newer);
    assertThat(copy(item("d", at(1), "e"))).containsExactly(there());
    assertThat(Items.all(store(), "d")).containsExactly(newer);
  }

  @Test
  default void anEventThatStandsWithinTenMillisecondsIsLeftOut() {
    store().put(item("d", at(20_000), "e"));
    assertThat(copy(item("d", at(10_000), "e"))).containsExactly(there());
    assertThat(copy(item("d", at(30_000), "e"))).containsExactly(there());
    assertThat(Items.all(store(), "d")).hasSize(1);
    assertThat(copy(item("d", at(9_999), "e"), item("d", at(40_001), "e")))
        .containsExactly(stored(), stored());
  }

  @Test
  default void anItemWhosePlaceAnotherEventHasIsMovedOn() {
    store().put(item("d", at(1), "one"));
    store().put(item("d", at(2), "two"));
    assertThat(copy(item("d", at(1), "e", "{\"a\": 1, \"b\": 2.0}"), item("d", at(2), "f")))
        .containsExactly(shifted(3), shifted(4));
    List<HotItem> all = Items.all(store(), "d");
    assertThat(all).hasSize(4);
    assertThat(all.get(2).timestamp()).isEqualTo(at(3));
    assertThat(all.get(2).eventId()).isEqualTo("e");
    assertThat(Json.text(all.get(2).body()))
        .isEqualTo(
            Json.text(item("d", at(1), "e", "{\"a\": 1, \"b\": 2.0}").body())
                .replace(at(1), at(3)));
  }

  @Test
  default void theSamePlaceOfAnotherDeviceIsAnotherPlace() {
    store().put(item("other", at(1), "e"));
    assertThat(copy(item("d", at(1), "e"))).containsExactly(stored());
  }

  @Test
  default void whatIsCopiedIsFoundByADeliveryOfTheSameEvent() {
    copy(item("d", at(1), "e1"), item("d", at(2), "e2"));
    assertThat(store().put(item("d", at(1), "e2"))).isEqualTo(Put.OCCUPIED);
    assertThat(store().put(item("d", at(2), "e2"))).isEqualTo(Put.SAME);
  }

  @Test
  default void severalHundredItemsAreAllThereOneMicrosecondApartOrMore() {
    HotItem[] many =
        IntStream.range(0, 300)
            .mapToObj(i -> item("d", at(i % 2 == 0 ? i * 7 : (i - 1) * 7 + 1), "e" + i))
            .toArray(HotItem[]::new);
    assertThat(copy(many)).hasSize(300).containsOnly(stored());
    assertThat(Items.all(store(), "d")).containsExactly(many);
    assertThat(copy(many)).containsOnly(there());
  }

  @Test
  default void amongManyThoseThatAreThereAndThoseWhosePlaceIsTakenAreDistinguished() {
    HotItem[] many =
        IntStream.range(0, 100)
            .mapToObj(i -> item("d", at(i * 10), "e" + i))
            .toArray(HotItem[]::new);
    store().put(item("d", at(400), "e40", "{\"temperature\": 99}"));
    store().put(item("d", at(700), "other"));
    List<Copied> copied = copy(many);
    assertThat(copied.get(40)).isEqualTo(there());
    assertThat(copied.get(70)).isEqualTo(shifted(701));
    assertThat(copied).filteredOn(stored()::equals).hasSize(98);
    assertThat(Items.all(store(), "d")).hasSize(101).contains(item("d", at(700), "other"));
  }

  @Test
  default void nothingCopiedIsNothingWritten() {
    assertThat(store().copyIn("d", List.of())).isEmpty();
  }

  @Test
  default void largeItemsAreCopiedToo() {
    List<HotItem> large = new ArrayList<>();
    IntStream.range(0, 5).forEach(i -> large.add(Items.large("d", at(i), "e" + i)));
    assertThat(copy(large.toArray(HotItem[]::new))).containsOnly(stored());
    assertThat(Items.all(store(), "d")).isEqualTo(large);
  }

  private List<Copied> copy(HotItem... items) {
    return store().copyIn("d", Stream.of(items).map(HotCopyContract::asStored).toList());
  }

  private static StoredItem asStored(HotItem item) {
    return new StoredItem(new ItemPlace(item.timestamp(), item.eventId()), Json.bytes(item.body()));
  }

  private static Copied stored() {
    return new Copied.Stored();
  }

  private static Copied there() {
    return new Copied.There();
  }

  private static Copied shifted(int micros) {
    return new Copied.Shifted(at(micros));
  }
}
