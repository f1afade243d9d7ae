package io.twinloom.functions.history;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of the history.
 *
 * @param tiers the names of the tiers that were read, one for each store
 * @param next where the next page begins; empty where this is the last
 */
record Merged(
    List<Item> items, List<String> tiers, List<JsonObject> pending, Optional<PlaceToken> next) {

  /**
   * An item and where it was found.
   *
   * @param cloud of the store, where the tier has several; else empty
   */
  record Item(Found found, String tier, String cloud) {

    private boolean isBeside(Item other) {
      return tier.equals(other.tier) && cloud.equals(other.cloud);
    }
  }

  /** The same with only its first items; what the next page needs to know is learnt again there. */
  Merged first(int count) {
    if (count == items.size()) {
      return this;
    }
    Place last = items.get(count - 1).found().place();
    return new Merged(
        items.subList(0, count), tiers, pending, Optional.of(PlaceToken.behind(last)));
  }

  List<JsonValue> bodies() {
    return items.stream().<JsonValue>map(item -> item.found().body()).toList();
  }

  /** How many of the items come from each tier, with the first and last of their times. */
  JsonArray tiersJson() {
    Map<String, List<String>> times = new LinkedHashMap<>();
    tiers.forEach(tier -> times.put(tier, new ArrayList<>()));
    for (Item item : items) {
      times
          .computeIfAbsent(item.tier(), tier -> new ArrayList<>())
          .add(item.found().place().timestamp());
    }
    List<JsonValue> all = new ArrayList<>();
    times.forEach(
        (tier, of) -> {
          JsonObject.Builder part = JsonObject.builder().put("tier", tier).put("items", of.size());
          if (!of.isEmpty()) {
            boolean ascending = of.getFirst().compareTo(of.getLast()) <= 0;
            part.put("from", ascending ? of.getFirst() : of.getLast());
            part.put("to", ascending ? of.getLast() : of.getFirst());
          }
          all.add(part.build());
        });
    return new JsonArray(all);
  }

  /** The tiers of the items in their order: each run of items of one store is a part. */
  JsonArray partsJson() {
    List<JsonValue> parts = new ArrayList<>();
    for (int from = 0, to; from < items.size(); from = to) {
      Item first = items.get(from);
      to = from + 1;
      while (to < items.size() && items.get(to).isBeside(first)) {
        to++;
      }
      JsonObject.Builder part =
          JsonObject.builder().put("tier", first.tier()).put("items", to - from);
      if (!first.cloud().isEmpty()) {
        part.put("cloud", first.cloud());
      }
      parts.add(part.build());
    }
    return new JsonArray(parts);
  }

  JsonArray pendingJson() {
    return new JsonArray(new ArrayList<>(pending));
  }
}
