package io.twinloom.functions.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.history.Restoration.Asked;
import io.twinloom.functions.history.Tiers.Item;
import io.twinloom.functions.port.ObjectStore.State;
import org.junit.jupiter.api.Test;

class RestorationTest {

  private final Tiers tiers = new Tiers();

  private Asked ask() {
    return ask("press-1");
  }

  private Asked ask(String device) {
    return Restoration.of(tiers.archive, "press-1"::equals, device, Tiers.at(3), Tiers.at(6));
  }

  @Test
  void aDeviceThatTheTwinHasNotIsRefused() {
    assertThatThrownBy(() -> ask("nobody"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("There is no device \"nobody\".");
  }

  @Test
  void everyChunkThatTheRangeTouchesAndThatIsClosedIsAskedForOnce() {
    tiers.chunk(tiers.archive, new Item(3, "open"));
    String before = tiers.chunk(tiers.archive, new Item(1, "a"));
    String first = tiers.chunk(tiers.archive, new Item(2, "b"), new Item(4, "c"));
    String second = tiers.chunk(tiers.archive, new Item(6, "d"), new Item(9, "e"));
    for (String key : new String[] {before, first, second}) {
      tiers.archive.archive(key);
    }
    Asked asked = ask();
    assertThat(asked.readable()).isEqualTo(1);
    assertThat(asked.pending()).extracting(Pending::key).containsExactly(first, second);
    assertThat(asked.pending()).allSatisfy(chunk -> assertThat(chunk.since()).isPresent());
    assertThat(tiers.archive.info(before).orElseThrow().retrieval().state())
        .isEqualTo(State.ARCHIVED);
    assertThat(ask()).as("asking again").isEqualTo(asked);
    tiers.archive.restored(first);
    assertThat(ask().readable()).isEqualTo(2);
  }

  @Test
  void whereEverythingCanBeReadNothingIsAskedFor() {
    tiers.chunk(tiers.archive, new Item(3, "open"));
    assertThat(ask()).isEqualTo(new Asked(1, java.util.List.of()));
  }
}
