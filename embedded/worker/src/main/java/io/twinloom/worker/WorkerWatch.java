package io.twinloom.worker;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends what runs for too long, workers that have nothing to do, and those of former versions.
 * Guarded by the lock of {@link WorkerPools}.
 */
final class WorkerWatch {

  /** A process that is not ready after this is ended. */
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** A worker beside others stays for so long without an event. */
  private static final long SURPLUS_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final WorkerLimits limits;
  private final HostedFunctions functions;
  private final WorkerEvents events;
  private final PoolCallbacks callbacks;

  WorkerWatch(
      WorkerLimits limits,
      HostedFunctions functions,
      WorkerEvents events,
      PoolCallbacks callbacks) {
    this.limits = limits;
    this.functions = functions;
    this.events = events;
    this.callbacks = callbacks;
  }

  /** Looks at all pools once. */
  void over(long now) {
    List.copyOf(functions.pools()).forEach(pool -> over(pool, now));
  }

  private void over(WorkerPool pool, long now) {
    for (Worker worker : List.copyOf(pool.workers())) {
      WorkerLoad load = worker.load;
      Call first = load.unanswered.peek();
      if (load.state == WorkerLoad.State.STARTING) {
        if (now - load.since > START_NANOS) {
          callbacks.later(worker::end);
        }
      } else if (load.isIdle()
          && (load.outdated
              || now - load.since > limits.idle().toNanos()
              || functions.isUnused(pool)
              || isSurplus(worker, pool, now))) {
        events.retire(worker, pool, now);
      } else if (first != null && load.runningFor(now) > limits.timeout().toNanos()) {
        load.removed(first);
        first.code.runsFor(Long.MAX_VALUE);
        events.fail(first, first.code.tookTooLong(limits.timeout()));
        events.retire(worker, pool, now);
      } else if (first != null && load.countsAsItsOwnTime(now)) {
        first.code.runsFor(load.runningFor(now));
      }
    }
    pool.failOverdue(now);
    pool.pump(now);
    functions.forgetIfDone(pool);
  }

  /**
   * Whether a worker has nothing to do any more that another one could not do as well: it was
   * started in a moment in which the other one stood still.
   */
  private static boolean isSurplus(Worker worker, WorkerPool pool, long now) {
    return worker.load.state == WorkerLoad.State.READY
        && worker.load.isIdle()
        && now - worker.load.since > SURPLUS_NANOS
        && pool.workers().stream()
            .anyMatch(
                other ->
                    other != worker
                        && other.load.state == WorkerLoad.State.READY
                        && !other.load.servesSlow());
  }
}
