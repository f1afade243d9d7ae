package io.twinloom.local.invoke;

import io.twinloom.local.invoke.EventTable.Row;
import io.twinloom.local.invoke.EventTable.Rows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that wait for nothing but room to run: the first of them in memory, the rest on disk
 * alone until there is space for them. The functions take turns, each with its rows in their order.
 * Not safe for threads: its queue's lock guards it.
 */
final class ReadyEvents {

  private final QueueLimits limits;
  private final Map<String, Deque<Row>> inMemory = new LinkedHashMap<>();
  private int events;
  private long bytes;
  private long loadedTo;
  private boolean moreOnDisk;
  private boolean leftOnDisk;
  private boolean loading;

  ReadyEvents(QueueLimits limits, boolean moreOnDisk) {
    this.limits = limits;
    this.moreOnDisk = moreOnDisk;
  }

  /**
   * Whether a row that has just been written may run or wait in memory. If not, it is left on disk,
   * or a load that ran in between has found it there already.
   */
  boolean admits(Row row) {
    if (row.number() <= loadedTo) {
      return false;
    }
    if (moreOnDisk || events >= limits.ready() || bytes >= limits.readyBytes()) {
      moreOnDisk = true;
      leftOnDisk = true;
      return false;
    }
    loadedTo = row.last();
    return true;
  }

  void add(Row row) {
    inMemory.computeIfAbsent(row.function(), function -> new ArrayDeque<>()).add(row);
    events += row.count();
    bytes += row.events().length;
  }

  /** Whether there is room for a row to run; then it is taken. */
  interface Room {

    /** Whether others go first where there are any. */
    boolean hasItsShare(String function);

    boolean claim(Row row);
  }

  /** Takes the row whose turn it is, if there is room for it. */
  @Nullable Row take(Room room) {
    Iterator<Map.Entry<String, Deque<Row>>> turns = inMemory.entrySet().iterator();
    while (turns.hasNext()) {
      Map.Entry<String, Deque<Row>> turn = turns.next();
      if (inMemory.size() > 1 && room.hasItsShare(turn.getKey())) {
        continue;
      }
      Row row = turn.getValue().element();
      if (!room.claim(row)) {
        return null;
      }
      Deque<Row> rows = turn.getValue();
      rows.remove();
      turns.remove();
      if (!rows.isEmpty()) {
        inMemory.put(turn.getKey(), rows);
      }
      events -= row.count();
      bytes -= row.events().length;
      return row;
    }
    return null;
  }

  /** Whether it is time to load more; if so the load counts as begun. */
  boolean wantsLoad() {
    boolean wanted =
        moreOnDisk && !loading && events < limits.ready() / 2 && bytes < limits.readyBytes();
    loading |= wanted;
    return wanted;
  }

  /** Begins a load; returns the number behind which it reads. */
  long beginLoad() {
    loading = true;
    leftOnDisk = false;
    return loadedTo;
  }

  /** Ends a load; without rows, what is on disk stays there, and the next load tries again. */
  void endLoad(@Nullable Rows found) {
    loading = false;
    if (found == null) {
      return;
    }
    for (Row row : found.rows()) {
      loadedTo = Math.max(loadedTo, row.last());
      add(row);
    }
    // A row that came while the disk was read, and was left there, may not be among them.
    moreOnDisk = found.more() || leftOnDisk;
  }
}
