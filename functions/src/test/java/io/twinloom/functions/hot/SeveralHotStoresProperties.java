package io.twinloom.functions.hot;

import static io.twinloom.functions.hot.TwoHotStores.events;
import static io.twinloom.functions.hot.TwoHotStores.item;
import static io.twinloom.model.FunctionKind.HOT_READER;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.http.HostedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However the events of a device are spread over two hot stores, they are read as one. */
class SeveralHotStoresProperties {

  @Property(tries = 60)
  void aRangeGivesEachEventOnceInOrderWhoeverIsAsked(
      @ForAll @IntRange(min = 1, max = 40) int events,
      @ForAll @IntRange(min = 1, max = 9) int limit,
      @ForAll long seed) {
    TwoHotStores both = new TwoHotStores();
    Random random = new Random(seed);
    TreeMap<Integer, String> first = new TreeMap<>();
    for (int i = 0; i < events; i++) {
      int micros = random.nextInt(60_000);
      if (first.putIfAbsent(micros, "e" + i) != null) {
        continue;
      }
      boolean inOld = random.nextBoolean();
      if (inOld) {
        both.old.hotStore.put(item(micros, "e" + i));
      }
      if (!inOld || random.nextBoolean()) {
        both.present.hotStore.put(item(micros, "e" + i));
      }
    }
    List<String> ascending = List.copyOf(first.values());
    List<String> descending = new ArrayList<>(first.descendingMap().values());
    for (HostedFunction reader : List.of(both.ofOld(HOT_READER), both.ofPresent(HOT_READER))) {
      assertThat(events(reader, "asc", limit)).isEqualTo(ascending);
      assertThat(events(reader, "desc", limit)).isEqualTo(descending);
    }
  }
}
