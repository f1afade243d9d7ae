package io.twinloom.local.invoke;

import io.twinloom.local.invoke.EventTable.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The events that wait on disk for a time, as far as one must know of them in memory: so that none
 * runs twice at once, and none is forgotten. Not safe for threads: its queue's lock guards it.
 */
final class DueEvents {

  private final Set<Long> taken = new HashSet<>();
  private final Set<Long> ending = new HashSet<>();
  private final List<Long> settled = new ArrayList<>();
  private final List<Row> stranded = new ArrayList<>();
  private boolean looking;

  /** Begins a look at the disk, unless one is under way. */
  boolean beginLook() {
    if (looking) {
      return false;
    }
    looking = true;
    settled.forEach(taken::remove);
    settled.clear();
    return true;
  }

  void endLook() {
    looking = false;
  }

  boolean isTaken(Row row) {
    return taken.contains(row.number()) || ending.contains(row.number());
  }

  /**
   * Notes that an event has run and that what comes of it is about to be written. Until it is
   * {@linkplain #settle settled} no look takes it: the settling of a run that is over must not be
   * taken for that of the next one.
   */
  void end(Row row) {
    ending.add(row.number());
  }

  /** Notes that an event which a look has found runs now. */
  void take(Row row) {
    taken.add(row.number());
  }

  /**
   * Notes that an event has run and what came of it is written, or could not be.
   *
   * @param unwritten whether it waits for a time that could not be written
   */
  void settle(Row row, boolean unwritten) {
    ending.remove(row.number());
    if (taken.contains(row.number())) {
      // A look that is under way may still show it as due: it is left alone until the next begins.
      settled.add(row.number());
    } else if (unwritten) {
      // No look would find it before a restart.
      stranded.add(row);
    }
  }

  /** Those that no look would find; they are forgotten here. */
  List<Row> takeStranded() {
    List<Row> all = List.copyOf(stranded);
    stranded.clear();
    return all;
  }
}
