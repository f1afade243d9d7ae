package io.twinloom.local.invoke;

import io.twinloom.local.invoke.EventTable.Row;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were in progress when the process ended, of which one runs at a time: those first
 * that were under way alone in the fewest crashes, so that one which was there by chance is done
 * before it is there again. Not safe for threads.
 */
final class Suspects {

  private final Map<Long, Integer> alone;
  private final TreeMap<Integer, Integer> open = new TreeMap<>();
  private final Queue<Row> waiting =
      new PriorityQueue<>(Comparator.comparingInt(this::alone).thenComparingLong(Row::number));
  private @Nullable Row running;

  /**
   * @param alone their numbers, and in how many crashes each was under way alone
   */
  Suspects(Map<Long, Integer> alone) {
    this.alone = alone;
    alone.values().forEach(times -> open.merge(times, 1, Integer::sum));
  }

  boolean contains(Row row) {
    return alone.containsKey(row.number());
  }

  int alone(Row row) {
    return alone.getOrDefault(row.number(), 0);
  }

  /** Each event of a row is a suspect of its own now. */
  void split(Row row, Iterable<Row> singles) {
    remove(row);
    for (Row single : singles) {
      alone.put(single.number(), 0);
      open.merge(0, 1, Integer::sum);
    }
  }

  void add(Row row) {
    waiting.add(row);
  }

  /** The next one to run, if none runs and none that comes before it is still to come. */
  @Nullable Row next() {
    Row next = waiting.peek();
    if (running != null || next == null || alone(next) > open.firstKey()) {
      return null;
    }
    running = waiting.remove();
    return running;
  }

  /** Notes that a row is no suspect any more: it has run to its end, or is dead. */
  void remove(Row row) {
    Integer times = alone.remove(row.number());
    if (times != null) {
      open.computeIfPresent(times, (key, count) -> count > 1 ? count - 1 : null);
    }
    if (running != null && running.number() == row.number()) {
      running = null;
    }
  }
}
