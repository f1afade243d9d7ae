package io.twinloom.worker;

import io.twinloom.worker.wire.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The workers that serve the same functions, and the events that wait for them. Decides which
 * worker gets which event: a quick function's events are sent ahead to a worker that is busy, so
 * that it never waits; a slow function's events have a worker to themselves.
 *
 * <p>Not safe by itself: every method is called with the lock of {@link WorkerPools} blocked.
 */
final class WorkerPool {

  /**
   * A worker whose event has run for so long is stuck: another is started beside it. Much more than
   * the patience, since starting a process on a machine that is merely busy makes it worse.
   */
  private static final long GROW_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** An event that finds no worker for so long fails; its caller may try again later. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long FIRST_RESTART_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LAST_RESTART_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * How far a pool grows.
   *
   * @param busy workers that are there for the amount of work alone
   * @param all workers of any kind
   * @param perFunction workers that one slow function occupies
   */
  record Size(int busy, int all, int perFunction) {

    /** As many worker JVMs at most, those included that are occupied by slow events. */
    private static final int MAX_JAVA_WORKERS = 16;

    static Size ofJava(WorkerLimits limits) {
      return new Size(busy(limits), MAX_JAVA_WORKERS, limits.workersPerFunction());
    }

    static Size ofPython(WorkerLimits limits) {
      int most = limits.workersPerFunction();
      return new Size(busy(limits), most + 1, most);
    }

    /** More processes than half of the processors only take time from each other and from us. */
    private static int busy(WorkerLimits limits) {
      int half = Runtime.getRuntime().availableProcessors() / 2;
      return Math.clamp(half, 1, limits.workersPerFunction());
    }
  }

  final WorkerCommand command;
  private final Size size;
  private final long patience;
  private final PoolCallbacks callbacks;
  private final List<Worker> workers = new ArrayList<>();
  private final Deque<Call> waiting = new ArrayDeque<>();
  private long restartPause;
  private long restartAt;
  private boolean restarting;

  WorkerPool(WorkerCommand command, Size size, long patience, PoolCallbacks callbacks) {
    this.command = command;
    this.size = size;
    this.patience = patience;
    this.callbacks = callbacks;
  }

  List<Worker> workers() {
    return workers;
  }

  Deque<Call> waiting() {
    return waiting;
  }

  void submit(List<Call> calls, long now) {
    waiting.addAll(calls);
    pump(now);
  }

  /** Takes the calls of a function out that have not started. */
  List<Call> takeWaiting(HostedCode code) {
    List<Call> calls = waiting.stream().filter(call -> call.code == code).toList();
    waiting.removeAll(calls);
    return calls;
  }

  /** Queues events that had not started again, in their order, for other workers. */
  void takeBack(List<Call> calls, long now) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.get(i);
      call.waitingSince = now;
      HostedCode latest = call.code.latest();
      if (latest == call.code) {
        waiting.addFirst(call);
      } else {
        callbacks.submit(call.of(latest), now);
      }
    }
    pump(now);
  }

  /** Gives waiting events to workers, as far as there are any for them. */
  void pump(long now) {
    Set<HostedCode> blocked = new HashSet<>();
    for (Iterator<Call> calls = waiting.iterator(); calls.hasNext(); ) {
      Call call = calls.next();
      // Events of one function keep their order as far as that goes: none overtakes one that waits.
      if (blocked.contains(call.code) && !call.diedOnce) {
        continue;
      }
      Worker worker = place(call, now);
      if (worker == null) {
        blocked.add(call.code);
      } else {
        calls.remove();
        assign(worker, call, now);
      }
    }
  }

  private @Nullable Worker place(Call call, long now) {
    if (call.diedOnce) {
      return placeAlone(call, now);
    }
    return call.code.isSlow() ? placeSlow(call, now) : placeQuick(call, now);
  }

  private @Nullable Worker placeAlone(Call call, long now) {
    for (Worker worker : workers) {
      if (worker.load.reservedFor == call) {
        return worker.load.state == WorkerLoad.State.READY ? worker : null;
      }
    }
    if (mayStart(now)) {
      WorkerLoad load = new WorkerLoad(now);
      load.reservedFor = call;
      start(load);
    }
    return null;
  }

  private @Nullable Worker placeSlow(Call call, long now) {
    long running = workers.stream().filter(w -> w.load.runs(call.code)).count();
    if (running >= size.perFunction()) {
      return null;
    }
    // The last worker first: the first one is where the quick functions are.
    for (int i = workers.size() - 1; i >= 0; i--) {
      WorkerLoad load = workers.get(i).load;
      if (load.state == WorkerLoad.State.READY && load.isIdle() && !load.outdated) {
        return workers.get(i);
      }
    }
    startOne(now);
    return null;
  }

  private @Nullable Worker placeQuick(Call call, long now) {
    Worker best = null;
    boolean anyFree = false;
    for (Worker worker : workers) {
      WorkerLoad load = worker.load;
      boolean free =
          load.state == WorkerLoad.State.READY
              && !load.outdated
              && load.reservedFor == null
              && !load.servesSlow()
              && !load.isStuck(patience, now);
      anyFree |= free;
      if (free && load.hasRoomFor(call)) {
        if (load.unanswered.size() < WorkerLoad.MAX_AHEAD / 2) {
          return worker;
        }
        if (best == null || load.unanswered.size() < best.load.unanswered.size()) {
          best = worker;
        }
      }
    }
    if (best == null) {
      grow(call, anyFree, now);
    }
    return best;
  }

  private void grow(Call call, boolean anyFree, long now) {
    if (workers.stream().allMatch(w -> w.load.reservedFor != null || w.load.outdated)) {
      startOne(now);
    } else if (anyFree) {
      boolean late = now - call.waitingSince > GROW_AFTER_NANOS;
      if (late && workers.size() < size.busy()) {
        startOne(now);
      }
    } else if (workers.stream().allMatch(w -> isSlowOrStuck(w.load, now))) {
      startOne(now);
    }
  }

  private static boolean isSlowOrStuck(WorkerLoad load, long now) {
    return load.servesSlow() || load.isHeldUp(GROW_AFTER_NANOS, now);
  }

  private void startOne(long now) {
    boolean starting =
        workers.stream()
            .anyMatch(w -> w.load.state == WorkerLoad.State.STARTING && w.load.reservedFor == null);
    if (!starting && mayStart(now)) {
      start(new WorkerLoad(now));
    }
  }

  private boolean mayStart(long now) {
    return workers.size() < size.all() && !(restarting && restartAt - now > 0);
  }

  private void start(WorkerLoad load) {
    callbacks.startWorker(this, load).ifPresent(workers::add);
  }

  private void assign(Worker worker, Call call, long now) {
    worker.load.reservedFor = null;
    if (worker.load.defined.add(call.code.number)) {
      worker.enqueue(definition(call.code));
    }
    worker.load.add(call, now);
    worker.enqueue(Frame.call(call.id, call.code.number, call.event));
    callbacks.flushLater(worker);
  }

  private static Frame definition(HostedCode code) {
    return new Frame(Frame.DEFINE, code.number, DefinitionJson.write(code.function));
  }

  void started(Worker worker, long now) {
    worker.load.state = WorkerLoad.State.READY;
    worker.load.since = now;
    restartPause = 0;
    restarting = false;
    pump(now);
  }

  /** A worker ended before it was ready: the next is not started at once. */
  void notStarted(Worker.Ending ending, long now) {
    restartPause = Math.clamp(restartPause * 2, FIRST_RESTART_NANOS, LAST_RESTART_NANOS);
    restartAt = now + restartPause;
    restarting = true;
    if (workers.isEmpty()) {
      failWaiting(code -> code.unavailable("A process for user code " + ending.text()));
    }
  }

  /** Fails what has waited for too long. */
  void failOverdue(long now) {
    for (Iterator<Call> calls = waiting.iterator(); calls.hasNext(); ) {
      Call call = calls.next();
      if (now - call.waitingSince > LONGEST_WAIT_NANOS) {
        calls.remove();
        fail(call, call.code.unavailable("It is busy with earlier events"));
      }
    }
  }

  /** Fails everything: nothing more is started. */
  void stop(Function<HostedCode, WorkerException> error) {
    failWaiting(error);
    for (Worker worker : workers) {
      worker.load.removeAll().forEach(call -> fail(call, error.apply(call.code)));
    }
  }

  private void failWaiting(Function<HostedCode, WorkerException> error) {
    for (Call call; (call = waiting.poll()) != null; ) {
      fail(call, error.apply(call.code));
    }
  }

  private void fail(Call call, WorkerException error) {
    callbacks.later(() -> call.answer.completeExceptionally(error));
  }
}
