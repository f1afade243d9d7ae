package io.twinloom.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a pool knows of one worker: what it has to do, and since when. Guarded by the pool's lock.
 */
final class WorkerLoad {

  /** Where a worker is in its life. */
  enum State {
    STARTING,
    READY,
    /** It takes nothing more. */
    LEAVING
  }

  /** So many events are sent ahead at most: enough that neither side waits for the other. */
  static final int MAX_AHEAD = 64;

  /** Less than a pipe holds: so sending never waits for a worker that does not read. */
  static final int MAX_AHEAD_BYTES = 48 * 1024;

  /** While a worker loads code that it meets for the first time, more patience is due. */
  static final long LOADING_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  final Deque<Call> unanswered = new ArrayDeque<>();
  final Set<Integer> defined = new HashSet<>();
  final Set<Integer> loaded = new HashSet<>();

  /** The functions that have answered once: from then on they have nothing more to load. */
  private final Set<Integer> warm = new HashSet<>();

  State state = State.STARTING;

  /** The event that this worker was started for, since it needs one where nothing else has been. */
  @Nullable Call reservedFor;

  /** Since when the first unanswered event runs, or the worker starts or idles. */
  long since;

  private int bytes;
  private String lastFunction = "";
  private String lastTrace = "";

  WorkerLoad(long now) {
    this.since = now;
  }

  void add(Call call, long now) {
    if (unanswered.isEmpty()) {
      since = now;
    }
    unanswered.add(call);
    bytes += call.size();
  }

  /** Whose event runs, or ran last; empty where there was none yet. */
  String function() {
    Call first = unanswered.peek();
    return first == null ? lastFunction : first.code.name();
  }

  /** The trace of that event. */
  String trace() {
    Call first = unanswered.peek();
    return first == null ? lastTrace : first.trace;
  }

  /** The first unanswered event is done. */
  void doneFirst(long now) {
    Call done = unanswered.remove();
    bytes -= done.size();
    lastFunction = done.code.name();
    lastTrace = done.trace;
    warm.add(done.code.number);
    since = now;
  }

  void removed(Call call) {
    unanswered.remove(call);
    bytes -= call.size();
  }

  /** Takes all that is unanswered, in its order. */
  List<Call> removeAll() {
    List<Call> calls = List.copyOf(unanswered);
    unanswered.clear();
    bytes = 0;
    return calls;
  }

  boolean isIdle() {
    return unanswered.isEmpty() && reservedFor == null;
  }

  /** How long the first unanswered event has been running. */
  long runningFor(long now) {
    return unanswered.isEmpty() || state == State.STARTING ? 0 : now - since;
  }

  /** Whether its first event has run for so long that others should not wait for it. */
  boolean isStuck(long patience, long now) {
    Call first = unanswered.peek();
    return first != null
        && runningFor(now) > (warm.contains(first.code.number) ? patience : LOADING_NANOS);
  }

  /** Whether an event of this size may be sent ahead. */
  boolean hasRoomFor(Call call) {
    return unanswered.isEmpty()
        || (unanswered.size() < MAX_AHEAD && bytes + call.size() <= MAX_AHEAD_BYTES);
  }

  boolean runs(HostedCode code) {
    Call first = unanswered.peek();
    return first != null && first.code == code;
  }

  /** Whether it has work of a slow function: nobody else should wait behind that. */
  boolean servesSlow() {
    Call first = unanswered.peek();
    return first != null && first.code.isSlow();
  }
}
