package io.twinloom.local.invoke;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.local.invoke.EventTable.Row;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One event of a row, which holds all that comes of it in memory until that is done: so that is as
 * safe on disk as the row, and needs no place of its own.
 */
final class EventCause {

  /** A row that is worked on: it stays on disk until nothing of it is held any more. */
  static final class Root {
    private final Row row;
    private final AtomicInteger open;
    private volatile @Nullable Outcome failure;
    private volatile boolean released = true;

    Root(Row row) {
      this.row = row;
      this.open = new AtomicInteger(row.count());
    }

    Row row() {
      return row;
    }

    /** How the function has failed on the only event of the row. */
    @Nullable Outcome failure() {
      return failure;
    }

    void fail(Outcome why) {
      failure = why;
    }

    /** Whether all that failed has a place of its own on disk; if not, the row runs again. */
    boolean isReleased() {
      return released;
    }

    void keep() {
      released = false;
    }
  }

  private final Root root;
  private final int size;
  private final AtomicInteger held = new AtomicInteger(1);

  EventCause(Root root, int size) {
    this.root = root;
    this.size = size;
  }

  Root root() {
    return root;
  }

  /** How many bytes the event has. */
  int size() {
    return size;
  }

  /** Holds one more event; only while another one is held. */
  void hold() {
    held.incrementAndGet();
  }

  /** An event is done, or has a place of its own; whether nothing is held any more. */
  boolean release() {
    return held.decrementAndGet() == 0;
  }

  /** Nothing of this cause is held any more; whether that holds for the whole row. */
  boolean end() {
    return root.open.decrementAndGet() == 0;
  }
}
