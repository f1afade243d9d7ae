package io.twinloom.local.invoke;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many events a queue has accepted and not done, and those from outside that wait until it has
 * room for them. Not safe for threads: its queue's lock guards it.
 */
final class Backlog {

  private final long most;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private long events;

  /**
   * @param events those that an earlier run has left
   * @param most beyond so many, events from outside wait
   */
  Backlog(long events, long most) {
    this.events = events;
    this.most = most;
  }

  long events() {
    return events;
  }

  /** Beyond so many, events from outside wait. */
  long most() {
    return most;
  }

  boolean isFull() {
    return events >= most;
  }

  /** Accepts events from outside now, or as soon as there is room and its turn has come. */
  void accept(Runnable acceptance) {
    if (isFull() || !waiting.isEmpty()) {
      waiting.add(acceptance);
    } else {
      acceptance.run();
    }
  }

  void add(int more) {
    events += more;
  }

  /** Events are done: those that wait for room are accepted as far as there is some. */
  void remove(int done) {
    events -= done;
    while (!waiting.isEmpty() && !isFull()) {
      waiting.remove().run();
    }
  }
}
