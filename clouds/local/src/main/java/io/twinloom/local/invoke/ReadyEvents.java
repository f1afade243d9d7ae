package io.twinloom.local.invoke;

import io.twinloom.local.invoke.EventTable.Listed;
import io.twinloom.local.invoke.EventTable.Listing;
import io.twinloom.local.invoke.EventTable.Row;
import io.twinloom.local.invoke.EventTable.Rows;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that wait for nothing but room to run: the first of each function in memory, the rest on
 * disk alone. The functions take turns, each with its rows in their order, and none keeps so many
 * in memory that there is no space for another's: at most as many as there is space left for. Not
 * safe for threads: its queue's lock guards it.
 */
final class ReadyEvents {

  /** Whether there is room for a row to run; then it is taken. */
  interface Room {

    /** Whether others go first where there are any. */
    boolean hasItsShare(String function);

    boolean claim(Row row);
  }

  /**
   * Rows of a function that are to be read from the disk.
   *
   * @param events no further row is needed once there are so many events
   * @param bytes nor once they have so many bytes
   */
  record Load(String function, List<Long> numbers, int events, long bytes) {}

  private final QueueLimits limits;
  private final Map<String, WaitingRows> byFunction = new LinkedHashMap<>();
  private int events;
  private long bytes;

  /**
   * @param onDisk what an earlier run has left
   */
  ReadyEvents(QueueLimits limits, Listing onDisk) {
    this.limits = limits;
    for (Listed row : onDisk.rows()) {
      if (!row.waitsForTime()) {
        rows(row.function()).addOnDisk(row.number());
      }
    }
  }

  void add(Row row) {
    WaitingRows rows = rows(row.function());
    if (rows.hasMoreOnDisk() || !hasSpace(rows)) {
      rows.addOnDisk(row.number());
    } else {
      keep(rows, row);
    }
  }

  private WaitingRows rows(String function) {
    return byFunction.computeIfAbsent(function, name -> new WaitingRows());
  }

  private boolean hasSpace(WaitingRows rows) {
    return rows.events() == 0
        || (rows.events() < limits.ready() - events && rows.bytes() < limits.readyBytes() - bytes);
  }

  private void keep(WaitingRows rows, Row row) {
    rows.add(row);
    events += row.count();
    bytes += row.events().length;
  }

  /** Whether a new row of a function goes behind others: its own, or those whose turn it is. */
  boolean goFirst(String function, Room room) {
    return byFunction.containsKey(function)
        || (!byFunction.isEmpty() && room.hasItsShare(function));
  }

  /** Takes the row whose turn it is, of those for which there is room. */
  @Nullable Row take(Room room) {
    Iterator<Map.Entry<String, WaitingRows>> turns = byFunction.entrySet().iterator();
    while (turns.hasNext()) {
      Map.Entry<String, WaitingRows> turn = turns.next();
      WaitingRows rows = turn.getValue();
      Row row = rows.first();
      boolean othersFirst = byFunction.size() > 1 && room.hasItsShare(turn.getKey());
      if (row == null || othersFirst || !room.claim(row)) {
        continue;
      }
      rows.removeFirst();
      events -= row.count();
      bytes -= row.events().length;
      turns.remove();
      if (!rows.isEmpty()) {
        byFunction.put(turn.getKey(), rows);
      }
      return row;
    }
    return null;
  }

  /** Begins a load for which it is time; null if there is none. */
  @Nullable Load beginLoad() {
    for (Map.Entry<String, WaitingRows> function : byFunction.entrySet()) {
      WaitingRows rows = function.getValue();
      int space = Math.max(1, limits.ready() - events - rows.events());
      if (rows.wantsLoad(space)) {
        long most = Math.max(1, limits.readyBytes() - bytes - rows.bytes());
        return new Load(function.getKey(), rows.beginLoad(), space, most);
      }
    }
    return null;
  }

  /** Ends a load; what was not read is still to be read. */
  void endLoad(Load load, Rows found) {
    WaitingRows rows = rows(load.function());
    rows.endLoad(found.read());
    found.rows().forEach(row -> keep(rows, row));
    if (rows.isEmpty()) {
      byFunction.remove(load.function());
    }
  }
}
