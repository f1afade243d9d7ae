package io.twinloom.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * Code that loads for so long holds up the other functions of its process: a second process is
   * worth its cost then, and not before, since loading takes longer where two do it at once.
   */
  static final long SLOW_LOADING_NANOS = TimeUnit.SECONDS.toNanos(2);

  final Deque<Call> unanswered = new ArrayDeque<>();
  final Set<Integer> defined = new HashSet<>();
  final Set<Integer> loaded = new HashSet<>();

  /** The functions that have answered once: from then on they have nothing more to load. */
  private final Set<Integer> warm = new HashSet<>();

  State state = State.STARTING;

  /** How many of its functions have other versions by now. */
  int formerVersions;

  /** Whether it accepts no further calls, and ends once it has answered those that it has. */
  boolean outdated;

  /** The event that this worker was started for, since it needs one where nothing else has been. */
  @Nullable Call reservedFor;

  /** Since when the first unanswered event runs, or the worker starts or idles. */
  long since;

  /** With so many unanswered events further answers are on their way. */
  private static final int SEVERAL = 8;

  /** How many events are unanswered, for who has no lock. */
  private volatile int count;

  private int bytes;
  private String lastFunction = "";
  private String lastVersion = "";
  private String lastTrace = "";
  private boolean marking;
  private @Nullable Origin marked;

  /** Calls that were answered of late; as many as may be sent ahead, and some. */
  private final Map<Long, Origin> lastOnes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Origin> eldest) {
          return size() > 2 * MAX_AHEAD;
        }
      };

  WorkerLoad(long now) {
    this.since = now;
  }

  void add(Call call, long now) {
    if (unanswered.isEmpty()) {
      since = now;
    }
    unanswered.add(call);
    counted(call.size());
  }

  /** Whose event runs, or ran last; empty where there was none yet. */
  String function() {
    Call first = unanswered.peek();
    return first == null ? lastFunction : first.code.name();
  }

  /** Where something comes from that the worker's process has written past the worker. */
  record Origin(String function, String version, String trace) {}

  /** The event that the worker has marked; without marks the one that runs, or ran last. */
  Origin origin() {
    Call first = unanswered.peek();
    if (marked != null) {
      return marked;
    }
    return first == null ? new Origin(lastFunction, lastVersion, lastTrace) : origin(first);
  }

  /** The code whose event runs, or ran last, with a trace. */
  Origin last(String trace) {
    Call first = unanswered.peek();
    return first == null
        ? new Origin(lastFunction, lastVersion, trace)
        : new Origin(first.code.name(), first.code.function.version(), trace);
  }

  static Origin origin(Call call) {
    return new Origin(call.code.name(), call.code.function.version(), call.trace);
  }

  /** Whether the worker has to be asked to mark its events; true once. */
  boolean startMarking() {
    boolean first = !marking;
    marking = true;
    return first;
  }

  /** The worker has marked that this call begins. */
  void mark(long call) {
    for (Call one : unanswered) {
      if (one.id == call) {
        marked = origin(one);
        return;
      }
    }
    Origin done = lastOnes.get(call);
    if (done != null) {
      marked = done;
    }
  }

  /** The first unanswered event is done. */
  void doneFirst(long now) {
    Call done = unanswered.remove();
    counted(-done.size());
    lastFunction = done.code.name();
    lastVersion = done.code.function.version();
    lastTrace = done.trace;
    if (marking) {
      // Its marks may be read later than its answer.
      lastOnes.put(done.id, origin(done));
    }
    warm.add(done.code.number);
    since = now;
  }

  void removed(Call call) {
    unanswered.remove(call);
    counted(-call.size());
  }

  private void counted(int more) {
    bytes += more;
    count = unanswered.size();
  }

  /** Whether it has several events to answer; may be asked without the lock. */
  boolean hasSeveral() {
    return count >= SEVERAL;
  }

  /** Takes all that is unanswered, in its order. */
  List<Call> removeAll() {
    List<Call> calls = List.copyOf(unanswered);
    unanswered.clear();
    counted(-bytes);
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

  /**
   * Whether what the first event takes is the function's own time: the first event of a function in
   * a process loads what it needs, and takes long where any later one is quick.
   */
  boolean countsAsItsOwnTime(long now) {
    Call first = unanswered.peek();
    return first != null
        && loaded.contains(first.code.number)
        && (warm.contains(first.code.number) || runningFor(now) > SLOW_LOADING_NANOS);
  }

  /** Whether another worker is due, since this one's first event runs and runs. */
  boolean isHeldUp(long patience, long now) {
    Call first = unanswered.peek();
    return first != null
        && runningFor(now) > (warm.contains(first.code.number) ? patience : SLOW_LOADING_NANOS);
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
