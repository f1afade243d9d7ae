package io.twinloom.functions.tier;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** What a run has moved, and what it has left, and why. Used by several threads. */
final class MoveResult {

  /** The member that says why a run ended before its plan. */
  static final String OPEN = "open";

  /** So many of what was left are named; all are counted. */
  static final int MAX_NAMED = 1_000;

  private long items;
  private long chunks;
  private long bytes;
  private long leftCount;
  private String open = "";
  private final List<JsonValue> left = new ArrayList<>();

  synchronized void moved(long itemCount, long size) {
    items += itemCount;
    chunks++;
    bytes += size;
  }

  synchronized void left(String key, String why) {
    leftCount++;
    if (left.size() < MAX_NAMED) {
      left.add(JsonObject.builder().put("key", key).put("why", why).build());
    }
  }

  /** Says why the run ended before its plan; a later one goes on with it. */
  synchronized void endedEarly(String why) {
    open = why;
  }

  synchronized long leftCount() {
    return leftCount;
  }

  synchronized JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("items", items)
            .put("chunks", chunks)
            .put("bytes", bytes)
            .put("left", new JsonArray(left));
    if (leftCount > left.size()) {
      json.put("left_count", leftCount);
    }
    if (!open.isEmpty()) {
      json.put(OPEN, open);
    }
    return json.build();
  }
}
