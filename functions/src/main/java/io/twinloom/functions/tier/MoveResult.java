package io.twinloom.functions.tier;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;

/** What a run has moved, and what it has left, and why. Used by several threads. */
final class MoveResult {

  /** The member that says why a run ended before its plan. */
  static final String OPEN = "open";

  private static final String ITEMS = "items";

  /** So many of what was left are named. */
  static final int MAX_NAMED = 1_000;

  private long items;
  private long chunks;
  private long bytes;
  private String open = "";
  private final LeftItems left = new LeftItems(MAX_NAMED);

  /** Whether a run has moved or left anything, by its {@link #toJson}. */
  static boolean isOfWork(JsonObject json) {
    return json.has(OPEN)
        || LeftItems.isAny(json)
        || json.get(ITEMS) instanceof JsonNumber items && !items.equals(JsonNumber.of(0));
  }

  synchronized void moved(long itemCount, long size) {
    items += itemCount;
    chunks++;
    bytes += size;
  }

  void left(String key, String why) {
    left.add(key, why);
  }

  /** Says why the run ended before its plan; a later one goes on with it. */
  synchronized void endedEarly(String why) {
    open = why;
  }

  LeftItems left() {
    return left;
  }

  synchronized JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder().put(ITEMS, items).put("chunks", chunks).put("bytes", bytes);
    left.put(json);
    if (!open.isEmpty()) {
      json.put(OPEN, open);
    }
    return json.build();
  }
}
