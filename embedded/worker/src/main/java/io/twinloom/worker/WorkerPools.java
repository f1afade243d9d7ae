package io.twinloom.worker;

import io.twinloom.worker.WorkerException.Reason;
import io.twinloom.worker.wire.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * User code in processes apart from the system. Java functions share worker JVMs; each Python
 * function has processes of its own. A worker starts on first need, serves one event at a time, and
 * is replaced when it dies.
 *
 * <p>One lock guards all that is known of workers and calls; it is taken for short whiles only,
 * never over input or output. Calls complete and frames are sent after it is free.
 */
public final class WorkerPools implements AutoCloseable {

  /** How often running events are looked at while there are any. */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** How often workers are looked at while nothing runs. */
  private static final long IDLE_TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** So long closing waits for the processes that it has killed. */
  private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final WorkerLimits limits;
  private final RuntimeFiles files;
  private final HostedFunctions functions;
  private final Map<Worker, WorkerPool> workers = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final AtomicLong ids = new AtomicLong();
  private final Set<Worker> toFlush = new HashSet<>();
  private final List<Runnable> toComplete = new ArrayList<>();
  private final PoolCallbacks callbacks = new Callbacks();
  private final WorkerEvents events;
  private final VersionExchange exchange;
  private final WorkerWatch watch;
  private final PythonProcesses python;
  private boolean ticking;
  private volatile boolean closed;
  private final AtomicInteger startedWorkers = new AtomicInteger();

  private WorkerPools(
      List<WorkerFunction> functions,
      WorkerLimits limits,
      WorkerLog log,
      Path scratch,
      Isolation isolation) {
    this.limits = limits;
    this.events = new WorkerEvents(callbacks, log);
    this.files = new RuntimeFiles(scratch, isolation);
    PoolMaker pools = PoolMaker.of(functions, limits, isolation, files.root(), callbacks);
    this.functions = new HostedFunctions(pools::pool);
    this.exchange = new VersionExchange(this.functions, events);
    this.python = new PythonProcesses(limits, workers, events);
    this.watch = new WorkerWatch(limits, this.functions, events, callbacks);
    functions.forEach(function -> this.functions.present(this.functions.host(function)));
  }

  /** Makes the functions callable; no process is started before the first call. */
  public static WorkerPools start(
      List<WorkerFunction> functions, WorkerLimits limits, WorkerLog log, Workplace place) {
    return start(functions, limits, log, place.scratch(), Isolation.of(true, functions, place));
  }

  static WorkerPools start(
      List<WorkerFunction> functions,
      WorkerLimits limits,
      WorkerLog log,
      Path scratch,
      Isolation isolation) {
    WorkerPools pools = new WorkerPools(functions, limits, log, scratch, isolation);
    Thread.ofPlatform().daemon().name("worker-limits").start(pools::watch);
    return pools;
  }

  /**
   * Calls a function with an event and waits for what it returns.
   *
   * @param event a JSON object
   * @param trace for the lines that the function prints; may be empty
   * @return a JSON object
   * @throws WorkerException if it is unknown, failed, returned no object, or exceeded its limits
   */
  public byte[] call(String function, byte[] event, String trace) {
    return switch (callAll(function, List.of(new WorkerCall(event, trace))).getFirst()) {
      case CallResult.Returned returned -> returned.json();
      case CallResult.Failed failed -> throw failed.why();
    };
  }

  /**
   * Calls a function with events, one after the other, and waits until each has ended. They go to
   * the function's process together; the limits are of each event, and one that fails, or ends the
   * process, fails alone.
   *
   * @return how each call has ended, in order
   */
  public List<CallResult> callAll(String function, List<WorkerCall> events) {
    HostedCode code = functions.find(function);
    if (code == null) {
      WorkerException unknown =
          new WorkerException(
              Reason.UNKNOWN_FUNCTION,
              function,
              "",
              "There is no user function '" + function + "'");
      return events.stream().<CallResult>map(event -> new CallResult.Failed(unknown)).toList();
    }
    List<Call> calls = new ArrayList<>(events.size());
    long begun = System.nanoTime();
    for (WorkerCall event : events) {
      calls.add(new Call(ids.incrementAndGet(), code, event.trace(), event.json(), begun));
    }
    underLock(now -> accept(code.latest(), calls, now));
    return Call.awaitAll(calls);
  }

  /**
   * Puts versions of functions in the place of those that have their names, if there are any. All
   * are loaded first, while the former ones serve; what runs then ends with the former version, and
   * what waits runs the new one.
   *
   * @throws WorkerException if one of them cannot be loaded: the former ones go on, all of them
   */
  public void exchange(List<WorkerFunction> versions) {
    List<HostedCode> made = new ArrayList<>();
    versions.forEach(files::show);
    boolean loaded = false;
    try {
      for (WorkerFunction version : versions) {
        load(version, made);
      }
      loaded = true;
    } finally {
      boolean complete = loaded;
      underLock(now -> exchange.finish(made, complete, now));
    }
  }

  private void load(WorkerFunction version, List<HostedCode> made) {
    List<Call> loading = new ArrayList<>();
    underLock(
        now -> {
          HostedCode code = functions.host(version);
          made.add(code);
          // Without an event the code is only loaded.
          loading.add(new Call(ids.incrementAndGet(), code, "", new byte[0], now));
          accept(code, loading, now);
        });
    if (loading.getFirst().await() instanceof CallResult.Failed failed) {
      throw failed.why();
    }
  }

  private void accept(HostedCode code, List<Call> calls, long now) {
    if (closed || code.isPaused(now)) {
      WorkerException why = closed ? code.closed() : code.paused();
      calls.forEach(call -> events.fail(call, why));
      return;
    }
    List<Call> small = new ArrayList<>(calls.size());
    for (Call call : calls) {
      if (call.event.length > Frame.MAX_BYTES / 2) {
        events.fail(call, code.failed("The event has more than " + Frame.MAX_BYTES / 2 + " bytes"));
      } else {
        small.add(call.of(code));
      }
    }
    functions.poolOf(code).submit(small, now);
    if (!ticking) {
      work.signal();
    }
  }

  /** How many events run at the moment, or wait in a worker. */
  int running() {
    AtomicInteger running = new AtomicInteger();
    underLock(
        now ->
            running.set(workers.keySet().stream().mapToInt(w -> w.load.unanswered.size()).sum()));
    return running.get();
  }

  /** How many processes were started so far. */
  int started() {
    return startedWorkers.get();
  }

  /** How many processes there are. */
  int processes() {
    AtomicInteger there = new AtomicInteger();
    underLock(now -> there.set(workers.size()));
    return there.get();
  }

  /** Something that is done under the lock. */
  private interface Guarded {
    void run(long now);
  }

  private void underLock(Guarded guarded) {
    lock.lock();
    try {
      guarded.run(System.nanoTime());
    } finally {
      List<Worker> flushing = List.copyOf(toFlush);
      List<Runnable> completing = List.copyOf(toComplete);
      toFlush.clear();
      toComplete.clear();
      lock.unlock();
      flushing.forEach(Worker::flush);
      completing.forEach(Runnable::run);
    }
  }

  private final class Callbacks implements PoolCallbacks {
    @Override
    public Optional<Worker> startWorker(WorkerPool pool, WorkerLoad load) {
      if (closed
          || (pool.command instanceof PythonCommand
              && !python.hasRoom(functions.isLoading(pool), System.nanoTime()))) {
        return Optional.empty();
      }
      Worker worker = new Worker(pool.command, files, load, listener);
      workers.put(worker, pool);
      worker.start(Integer.toString(startedWorkers.incrementAndGet()));
      return Optional.of(worker);
    }

    @Override
    public void flushLater(Worker worker) {
      toFlush.add(worker);
    }

    @Override
    public void later(Runnable action) {
      toComplete.add(action);
    }

    @Override
    public void submit(Call call, long now) {
      functions.poolOf(call.code).submit(List.of(call), now);
    }
  }

  private final Worker.Listener listener =
      new Worker.Listener() {
        @Override
        public void received(Worker worker, List<Frame> frames) {
          underLock(
              now -> {
                WorkerPool pool = workers.get(worker);
                if (pool != null) {
                  events.received(worker, pool, frames, now);
                }
              });
        }

        @Override
        public void said(Worker worker, String line) {
          underLock(now -> events.said(worker, line));
        }

        @Override
        public void marked(Worker worker, long call) {
          underLock(now -> worker.load.mark(call));
        }

        @Override
        public void ended(Worker worker, Worker.Ending ending) {
          underLock(
              now -> {
                WorkerPool pool = workers.remove(worker);
                work.signalAll();
                if (pool != null && !closed) {
                  events.ended(worker, pool, ending, now);
                }
              });
        }
      };

  /** Looks after running events and idle workers until the pools are closed. */
  private void watch() {
    while (!closed) {
      underLock(
          now -> {
            watch.over(now);
            pause();
          });
    }
  }

  private void pause() {
    boolean running =
        workers.keySet().stream().anyMatch(w -> !w.load.unanswered.isEmpty())
            || functions.pools().stream().anyMatch(p -> !p.waiting().isEmpty());
    if (!toComplete.isEmpty() || !toFlush.isEmpty()) {
      return;
    }
    ticking = running;
    try {
      long ignored = work.awaitNanos(running ? TICK_NANOS : IDLE_TICK_NANOS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; it ends when the pools are closed.
      Thread.currentThread().interrupt();
    }
    ticking = true;
  }

  @Override
  public void close() {
    underLock(
        now -> {
          closed = true;
          functions.pools().forEach(pool -> pool.stop(HostedCode::closed));
          workers.keySet().forEach(worker -> toComplete.add(worker::end));
          work.signalAll();
        });
    lock.lock();
    try {
      long left = CLOSING_NANOS;
      while (!workers.isEmpty() && left > 0) {
        left = work.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    files.close();
  }
}
