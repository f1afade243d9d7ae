package io.twinloom.local.invoke;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The lanes of a cloud, one for each function, and for the processor one for each user function:
 * one that is slow, or hangs, holds its own events only. Safe for threads.
 */
final class Lanes {

  /** So many events of a lane that makes no progress stay in memory; others are put off. */
  static final int OF_A_STUCK_LANE = 48;

  /** So many events of a lane wait in memory at most, so that others find room. */
  static final int OF_A_LANE = 400;

  /** A lane whose runs have all lasted for longer makes no progress. */
  private static final long STUCK_MILLIS = 2_000;

  private record Key(String function, String lane) {}

  private final Map<Key, Lane> lanes = new HashMap<>();
  private final FunctionRunner rules;
  private final int attempts;
  private final InstantSource clock;
  private final Consumer<Lane> start;

  /**
   * @param start begins a run of a lane, elsewhere
   */
  Lanes(FunctionRunner rules, int attempts, InstantSource clock, Consumer<Lane> start) {
    this.rules = rules;
    this.attempts = attempts;
    this.clock = clock;
    this.start = start;
  }

  /**
   * Adds events to their lanes; those that have nothing to run start at once.
   *
   * @return those for which there is no room
   */
  List<QueuedEvent> add(List<QueuedEvent> events) {
    List<Lane> starting = new ArrayList<>();
    List<QueuedEvent> refused = new ArrayList<>();
    List<Key> keys = new ArrayList<>(events.size());
    for (QueuedEvent event : events) {
      keys.add(new Key(event.function(), rules.lane(event.function(), event::json)));
    }
    long now = clock.millis();
    synchronized (this) {
      for (int i = 0; i < keys.size(); i++) {
        Key key = keys.get(i);
        Lane lane =
            lanes.computeIfAbsent(
                key, k -> new Lane(k.function(), k.lane(), rules.rule(k.function()), attempts));
        QueuedEvent event = events.get(i);
        if (lane.waiting() >= most(lane, now) && mayBePutOff(lane, event)) {
          refused.add(event);
        } else if (lane.add(event, now)) {
          starting.add(lane);
        }
      }
    }
    starting.forEach(start);
    return refused;
  }

  private static int most(Lane lane, long now) {
    return lane.isStuckSince(now - STUCK_MILLIS) ? OF_A_STUCK_LANE : OF_A_LANE;
  }

  /**
   * Whether it helps others to put an event off. Where all events go through a lane it does not:
   * the room that the queue has limits them.
   */
  private static boolean mayBePutOff(Lane lane, QueuedEvent event) {
    return lane.isOfUserCode() || (!lane.takesBatches() && !event.isOfRow());
  }

  /** What the next run of a lane is given; empty where it ends. */
  synchronized List<QueuedEvent> take(Lane lane) {
    return lane.take(clock.millis());
  }

  /** Takes out the events of lanes without progress that are too many. */
  synchronized List<QueuedEvent> takeStuck() {
    long before = clock.millis() - STUCK_MILLIS;
    List<QueuedEvent> stuck = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      if (lane.isStuckSince(before)) {
        stuck.addAll(lane.takeBeyond(OF_A_STUCK_LANE, event -> mayBePutOff(lane, event)));
      }
    }
    return stuck;
  }
}
