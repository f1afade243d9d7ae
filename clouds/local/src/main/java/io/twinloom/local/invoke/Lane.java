package io.twinloom.local.invoke;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The events that wait for a function, in their order. Not safe for threads. */
final class Lane {

  private final String function;
  private final LaneRule rule;
  private final int attempts;
  private final Deque<QueuedEvent> waiting = new ArrayDeque<>();
  private int runs;
  private long lastRunMillis;

  /**
   * @param attempts as many an event has in all
   */
  Lane(String function, LaneRule rule, int attempts) {
    this.function = function;
    this.rule = rule;
    this.attempts = attempts;
  }

  String function() {
    return function;
  }

  int waiting() {
    return waiting.size();
  }

  /** Whether nothing of it is left. */
  boolean isIdle() {
    return runs == 0 && waiting.isEmpty();
  }

  /** Whether it has runs which all have begun before this time. */
  boolean isStuckSince(long millis) {
    return runs >= rule.runs() && lastRunMillis < millis;
  }

  /** Adds an event; whether a run is to begin, which counts from now on. */
  boolean add(QueuedEvent event, long now) {
    waiting.add(event);
    if (runs >= rule.runs()) {
      return false;
    }
    runs++;
    lastRunMillis = now;
    return true;
  }

  /** What the next run is given; with nothing the run ends, which counts from now on. */
  List<QueuedEvent> take(long now) {
    List<QueuedEvent> taken = new ArrayList<>(Math.min(waiting.size(), rule.events()));
    long bytes = 0;
    int most = rule.events();
    for (QueuedEvent next; (next = waiting.peek()) != null; ) {
      most = Math.min(most, neighbours(next));
      if (!taken.isEmpty() && (taken.size() >= most || bytes + next.size() > LaneRule.MOST_BYTES)) {
        break;
      }
      taken.add(waiting.remove());
      bytes += next.size();
    }
    if (taken.isEmpty()) {
      runs--;
    } else {
      lastRunMillis = now;
    }
    return taken;
  }

  /**
   * With how many an event may run at most: where a batch fails as a whole it is not known which
   * event is to blame, so each comes again with fewer, and its last attempt is made alone.
   */
  private int neighbours(QueuedEvent event) {
    if (event.attempts() == 0) {
      return LaneRule.MOST_EVENTS;
    }
    return event.attempts() < attempts - 1 ? LaneRule.MOST_EVENTS / 10 : 1;
  }

  /** Takes out the events behind the first {@code kept}. */
  List<QueuedEvent> takeBeyond(int kept) {
    List<QueuedEvent> beyond = new ArrayList<>();
    while (waiting.size() > kept) {
      beyond.add(waiting.removeLast());
    }
    return beyond;
  }
}
