package io.twinloom.local.invoke;

import io.twinloom.local.invoke.EventTable.Row;
import io.twinloom.local.invoke.EventTable.Rows;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait for nothing but room to run, in order: the first of them in memory, the rest
 * on disk alone until there is space for them. Not safe for threads: its queue's lock guards it.
 */
final class ReadyEvents {

  private final QueueLimits limits;
  private final Deque<Row> inMemory = new ArrayDeque<>();
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
   * Whether an event that has just been written may run or wait in memory. If not, it is left on
   * disk, or a load that ran in between has found it there already.
   */
  boolean admits(Row row) {
    if (row.number() <= loadedTo) {
      return false;
    }
    if (moreOnDisk || inMemory.size() >= limits.ready() || bytes >= limits.readyBytes()) {
      moreOnDisk = true;
      leftOnDisk = true;
      return false;
    }
    loadedTo = row.number();
    return true;
  }

  void add(Row row) {
    inMemory.add(row);
    bytes += row.event().length;
  }

  @Nullable Row first() {
    return inMemory.peek();
  }

  void removeFirst() {
    bytes -= inMemory.remove().event().length;
  }

  /** Whether it is time to load more; if so the load counts as begun. */
  boolean wantsLoad() {
    boolean wanted =
        moreOnDisk
            && !loading
            && inMemory.size() < limits.ready() / 2
            && bytes < limits.readyBytes();
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
      loadedTo = Math.max(loadedTo, row.number());
      add(row);
    }
    // An event that came while the disk was read, and was left there, may not be among them.
    moreOnDisk = found.more() || leftOnDisk;
  }
}
