package io.twinloom.local.invoke;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The events that wait for a function, in their order. Not safe for threads. */
final class Lane {

  private final String function;
  private final String name;
  private final LaneRule rule;
  private final int attempts;
  private final Deque<QueuedEvent> waiting = new ArrayDeque<>();
  private int runs;
  private long lastRunMillis;

  /**
   * @param name empty where its function has but this one
   * @param attempts as many an event has in all
   */
  Lane(String function, String name, LaneRule rule, int attempts) {
    this.function = function;
    this.name = name;
    this.rule = rule;
    this.attempts = attempts;
  }

  String function() {
    return function;
  }

  boolean takesBatches() {
    return rule.events() > 1;
  }

  /** Whether it is one of several that its function has, one for each user function. */
  boolean isOfUserCode() {
    return !name.isEmpty();
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

  /** Takes out of the events behind the first {@code kept} those that fit. */
  List<QueuedEvent> takeBeyond(int kept, Predicate<QueuedEvent> fits) {
    List<QueuedEvent> beyond = new ArrayList<>();
    Iterator<QueuedEvent> last = waiting.descendingIterator();
    while (waiting.size() > kept && last.hasNext()) {
      QueuedEvent event = last.next();
      if (fits.test(event)) {
        last.remove();
        beyond.add(event);
      }
    }
    return beyond;
  }
}
