package io.twinloom.server.deployments;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A deployment, or the removal of one, and how far it is. Safe for threads. */
final class Deployment {

  /** What is done. */
  enum Action {
    DEPLOY,
    DESTROY
  }

  /** Where it stands. */
  enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /**
   * What it is.
   *
   * @param target {@code local} or {@code cloud}
   */
  record Facts(String id, String project, Action action, String target, Instant startedAt) {}

  private final Facts facts;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<JsonValue> steps = new ArrayList<>();
  private State state = State.RUNNING;
  private Optional<Instant> endedAt = Optional.empty();
  private Optional<JsonObject> problem = Optional.empty();
  private long changes;

  Deployment(Facts facts) {
    this.facts = facts;
  }

  Facts facts() {
    return facts;
  }

  /** Notes what is done now. */
  void step(Instant time, String text) {
    change(
        () ->
            steps.add(JsonObject.builder().put("time", time.toString()).put("text", text).build()));
  }

  /** Notes its end. */
  void end(Instant time, State how, Optional<JsonObject> why) {
    change(
        () -> {
          state = how;
          endedAt = Optional.of(time);
          problem = why;
        });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isRunning() {
    lock.lock();
    try {
      return state == State.RUNNING;
    } finally {
      lock.unlock();
    }
  }

  /** How often it has changed. */
  long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it has changed more often than that, or for a while.
   *
   * @return how often it has changed
   */
  long await(long known, long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (changes <= known && left > 0) {
        left = changed.awaitNanos(left);
      }
      return changes;
    } finally {
      lock.unlock();
    }
  }

  JsonObject json() {
    lock.lock();
    try {
      return JsonObject.builder()
          .put("id", facts.id())
          .put("project", facts.project())
          .put("action", facts.action().name().toLowerCase(Locale.ROOT))
          .put("target", facts.target())
          .put("state", state.name().toLowerCase(Locale.ROOT))
          .put("startedAt", facts.startedAt().toString())
          .put(
              "endedAt",
              endedAt.<JsonValue>map(t -> new JsonString(t.toString())).orElse(JsonNull.NULL))
          .put("steps", new JsonArray(steps))
          .put("problem", problem.<JsonValue>map(p -> p).orElse(JsonNull.NULL))
          .build();
    } finally {
      lock.unlock();
    }
  }
}
