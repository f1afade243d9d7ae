package io.twinloom.functions.tier;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a run has left where it is, and why: so many are named, all are counted. Thread-safe. */
final class LeftItems {

  private static final String LIST = "left";
  private static final String COUNT = "left_count";

  private final int mostNamed;
  private final List<Left> named = new ArrayList<>();
  private long count;

  /**
   * @param key of a chunk, or the device and time of an item
   * @param why for people
   */
  private record Left(String key, String why) {}

  LeftItems(int mostNamed) {
    this.mostNamed = mostNamed;
  }

  synchronized void add(String key, String why) {
    count++;
    if (named.size() < mostNamed) {
      named.add(new Left(key, why));
    }
  }

  synchronized void clear() {
    named.clear();
    count = 0;
  }

  synchronized long count() {
    return count;
  }

  /** Puts the list into an answer, and the count where the list has not all of them. */
  synchronized void put(JsonObject.Builder answer) {
    answer.put(
        LIST,
        new JsonArray(
            named.stream()
                .<JsonValue>map(
                    left -> JsonObject.builder().put("key", left.key).put("why", left.why).build())
                .toList()));
    if (count > named.size()) {
      answer.put(COUNT, count);
    }
  }

  /** Whether an answer that {@link #put} has put a list into names any. */
  static boolean isAny(JsonObject answer) {
    return answer.array(LIST).filter(list -> !list.values().isEmpty()).isPresent();
  }

  /** Reads what {@link #put} has put, into one that is empty. */
  synchronized void read(JsonObject answer) {
    for (var one : answer.array(LIST).orElse(JsonArray.EMPTY)) {
      if (one instanceof JsonObject left) {
        named.add(new Left(left.text("key").orElse(""), left.text("why").orElse("")));
      }
    }
    count =
        answer.get(COUNT) instanceof JsonNumber number
            ? Long.parseLong(number.text())
            : named.size();
  }

  /** A warning for each that is named. */
  synchronized void warn(Invocation invocation, String what) {
    for (Left left : named) {
      invocation.count("left-where-it-is");
      invocation.note(
          Level.WARN, what + ": " + left.key + ": " + left.why, Map.of("key", left.key));
    }
  }
}
