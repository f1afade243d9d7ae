package io.twinloom.local.invoke;

import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import io.twinloom.local.worker.UserFunctions;
import io.twinloom.model.text.Count;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits how many events the user functions of a cloud have at a time, so that one that hangs, or
 * is slower than its devices, does not take all that the queue may run.
 */
final class UserCodeAdmission {

  /**
   * So many events every user function may have at a time, those that wait for its worker included.
   * It may have more while it makes progress and the functions together leave room; further events
   * are put off.
   */
  static final int CALLS_OF_EACH = 48;

  /** Beyond so many calls of user functions together, each has only its own share. */
  static final int CALLS_WITH_ROOM = 128;

  /** A function that has answered within this time makes progress. */
  private static final long PROGRESS_MILLIS = 2_000;

  private static final class Slot {
    final AtomicInteger calls = new AtomicInteger();
    volatile long lastAnswerMillis;
  }

  private final InstantSource clock;
  private final UserFunctions workers;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();

  UserCodeAdmission(InstantSource clock, UserFunctions workers) {
    this.clock = clock;
    this.workers = workers;
  }

  void add(String function) {
    slots.putIfAbsent(function, new Slot());
  }

  void remove(String function) {
    slots.remove(function);
  }

  boolean has(String function) {
    return slots.containsKey(function);
  }

  /**
   * Runs user code.
   *
   * @throws InvocationException if there is none of this name, it is busy, or it failed
   */
  JsonObject call(String function, JsonObject event, String trace) {
    Slot slot = slots.get(function);
    if (slot == null) {
      throw InvocationException.unknownFunction(function);
    }
    int all = calls.incrementAndGet();
    int own = slot.calls.incrementAndGet();
    try {
      if (own > CALLS_OF_EACH && (all > CALLS_WITH_ROOM || !makesProgress(slot))) {
        throw InvocationException.unavailable(
            "It is busy with " + Count.of(own - 1, "event"),
            function,
            "The event is put off and tried again; make the code faster if this lasts.");
      }
      JsonObject result = workers.call(function, event, trace);
      slot.lastAnswerMillis = clock.millis();
      return result;
    } finally {
      slot.calls.decrementAndGet();
      calls.decrementAndGet();
    }
  }

  /**
   * Runs user code on several events; says how each call has ended, in order. How many there may be
   * at a time is limited by the lane that they come from.
   */
  List<Called> callAll(String function, List<Call> events) {
    Slot slot = slots.get(function);
    if (slot == null) {
      throw InvocationException.unknownFunction(function);
    }
    calls.addAndGet(events.size());
    slot.calls.addAndGet(events.size());
    try {
      List<Called> ended = workers.callAll(function, events);
      slot.lastAnswerMillis = clock.millis();
      return ended;
    } finally {
      slot.calls.addAndGet(-events.size());
      calls.addAndGet(-events.size());
    }
  }

  private boolean makesProgress(Slot slot) {
    return clock.millis() - slot.lastAnswerMillis < PROGRESS_MILLIS;
  }
}
