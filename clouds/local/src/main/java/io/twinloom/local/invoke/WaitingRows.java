package io.twinloom.local.invoke;

import io.twinloom.local.invoke.EventTable.Row;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one function that wait for room: the first in memory, behind them the numbers of
 * those that are on disk alone. Not safe for threads.
 */
final class WaitingRows {

  /** So many rows are read at a time at most. */
  private static final int LOAD = 500;

  private final Deque<Row> inMemory = new ArrayDeque<>();
  private final Deque<Long> onDisk = new ArrayDeque<>();
  private int events;
  private long bytes;
  private boolean loading;

  /** Events in memory. */
  int events() {
    return events;
  }

  /** Their bytes. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return inMemory.isEmpty() && onDisk.isEmpty();
  }

  boolean hasMoreOnDisk() {
    return !onDisk.isEmpty();
  }

  void add(Row row) {
    inMemory.add(row);
    events += row.count();
    bytes += row.events().length;
  }

  void addOnDisk(long number) {
    onDisk.add(number);
  }

  @Nullable Row first() {
    return inMemory.peek();
  }

  void removeFirst() {
    Row row = inMemory.remove();
    events -= row.count();
    bytes -= row.events().length;
  }

  /**
   * Whether more are to be read: there are fewer in memory than there is still space for.
   *
   * @param space in events
   */
  boolean wantsLoad(int space) {
    return !onDisk.isEmpty() && !loading && (events == 0 || events < space / 2);
  }

  /** Begins a load: the numbers of the next rows, in order. */
  List<Long> beginLoad() {
    loading = true;
    return onDisk.stream().limit(LOAD).toList();
  }

  /** Ends it: so many of the numbers were looked for, their rows are in memory now. */
  void endLoad(int read) {
    loading = false;
    for (int i = 0; i < read; i++) {
      onDisk.remove();
    }
  }
}
