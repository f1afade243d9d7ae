package io.twinloom.functions.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.history.Tiers.Item;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However items lie in the tiers and whatever is moved meanwhile, each is given once, in order. */
class HistoryProperties {

  @Property(tries = 300)
  void anySplitOverTheTiersWithItemsTwiceAndAnyPageSizeIsExactlyTheSet(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 60) int count,
      @ForAll @IntRange(min = 1, max = 25) int limit,
      @ForAll boolean ascending) {
    Random random = new Random(seed);
    Tiers tiers = new Tiers();
    List<Item> copies = new ArrayList<>();
    List<Item> cold = new ArrayList<>();
    List<Item> archive = new ArrayList<>();
    // Close together or far apart: within the window of repeats, and beyond it.
    int spread = random.nextBoolean() ? 80 : 40_000_000;
    for (int i = 0; i < count; i++) {
      Item item = new Item(random.nextInt(spread), "e" + i);
      int places = 1 + random.nextInt(7);
      if ((places & 1) != 0 && tiers.hot.get(item.timestamp()) == null) {
        tiers.hot(item);
        copies.add(item);
      }
      if ((places & 2) != 0) {
        cold.add(item);
      }
      if ((places & 4) != 0) {
        archive.add(item);
      }
      if (random.nextInt(5) == 0) {
        // Published again when another had its place in the hot store.
        Item again = new Item(item.micros() + 1 + random.nextInt(20), item.event());
        if (tiers.hot.get(again.timestamp()) == null) {
          tiers.hot(again);
          copies.add(again);
        }
      }
    }
    copies.addAll(cold);
    copies.addAll(archive);
    pack(tiers, tiers.cold, cold, random);
    pack(tiers, tiers.archive, archive, random);
    List<JsonObject> pages = tiers.pages(ascending ? "asc" : "desc", limit);
    assertThat(Tiers.items(pages)).isEqualTo(expected(copies, ascending));
    assertThat(pages.stream().mapToInt(HistoryProperties::inTiers).sum())
        .as("every item has a tier")
        .isEqualTo(expected(copies, ascending).size());
  }

  @Property(tries = 300)
  void whateverIsMovedBetweenAnyTwoReadsNothingIsMissedOrGivenTwice(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @IntRange(min = 1, max = 25) int limit,
      @ForAll boolean ascending) {
    Random random = new Random(seed);
    Tiers tiers = new Tiers();
    List<Item> all = new ArrayList<>();
    List<Item> cold = new ArrayList<>();
    List<Item> archive = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < count; i++) {
      Item item = new Item(random.nextInt(1_000) * (random.nextBoolean() ? 1 : 30_000), "e" + i);
      if (!taken.add(item.micros())) {
        continue;
      }
      all.add(item);
      switch (random.nextInt(3)) {
        case 0 -> tiers.hot(item);
        case 1 -> cold.add(item);
        default -> archive.add(item);
      }
    }
    pack(tiers, tiers.cold, cold, random);
    pack(tiers, tiers.archive, archive, random);
    Mover mover = new Mover(tiers, random);
    tiers.between = mover::step;
    assertThat(Tiers.items(tiers.pages(ascending ? "asc" : "desc", limit)))
        .isEqualTo(expected(all, ascending));
  }

  /** Moves things on, one call on a store at a time, copies first. */
  private static final class Mover {
    private final Tiers tiers;
    private final Random random;
    private final List<Item> copiedFromHot = new ArrayList<>();
    private final List<String> copiedFromCold = new ArrayList<>();

    Mover(Tiers tiers, Random random) {
      this.tiers = tiers;
      this.random = random;
    }

    void step() {
      for (int i = random.nextInt(4); i > 0; i--) {
        switch (random.nextInt(4)) {
          case 0 -> copyFromHot();
          case 1 -> copiedFromHot.forEach(item -> tiers.hot.remove(item.timestamp()));
          case 2 -> copyFromCold();
          default -> copiedFromCold.forEach(tiers.cold::delete);
        }
      }
    }

    private void copyFromHot() {
      List<Item> some = new ArrayList<>(tiers.hot.values());
      some.removeAll(copiedFromHot);
      Collections.shuffle(some, random);
      some = some.subList(0, Math.min(some.size(), 1 + random.nextInt(8)));
      if (!some.isEmpty()) {
        tiers.chunk(tiers.cold, some.toArray(Item[]::new));
        copiedFromHot.addAll(some);
      }
    }

    private void copyFromCold() {
      List<String> keys = new ArrayList<>(tiers.cold.keys());
      keys.removeAll(copiedFromCold);
      if (!keys.isEmpty()) {
        String key = keys.get(random.nextInt(keys.size()));
        tiers.archive.putText(key, tiers.cold.text(key));
        copiedFromCold.add(key);
      }
    }
  }

  private static void pack(Tiers tiers, MemoryObjectStore store, List<Item> items, Random random) {
    List<Item> rest = new ArrayList<>(items);
    if (random.nextBoolean()) {
      rest.sort(Comparator.comparing(Item::micros));
    }
    while (!rest.isEmpty()) {
      List<Item> chunk = rest.subList(0, 1 + random.nextInt(Math.min(10, rest.size())));
      tiers.chunk(store, chunk.toArray(Item[]::new));
      chunk.clear();
    }
  }

  private static List<Item> expected(List<Item> copies, boolean ascending) {
    Comparator<Item> order = Comparator.comparing(Item::micros).thenComparing(Item::event);
    List<Item> sorted = new ArrayList<>(copies);
    sorted.sort(ascending ? order : order.reversed());
    Map<String, Item> first = new TreeMap<>();
    sorted.forEach(item -> first.putIfAbsent(item.event(), item));
    List<Item> once = new ArrayList<>(first.values());
    once.sort(ascending ? order : order.reversed());
    return once;
  }

  private static int inTiers(JsonObject page) {
    return page.array("tiers").orElseThrow().values().stream()
        .mapToInt(tier -> Integer.parseInt(String.valueOf(((JsonObject) tier).get("items"))))
        .sum();
  }
}
