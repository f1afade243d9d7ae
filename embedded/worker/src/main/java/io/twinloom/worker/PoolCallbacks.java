package io.twinloom.worker;

import java.util.Optional;

/** What a pool has done for it, outside of the lock where it may take long. */
interface PoolCallbacks {
  /** Makes and starts a worker; empty where there are too many at the moment. */
  Optional<Worker> startWorker(WorkerPool pool, WorkerLoad load);

  /** Has what is enqueued for a worker sent once the lock is free. */
  void flushLater(Worker worker);

  /** Has something done once the lock is free. */
  void later(Runnable action);

  /** Hands in a call that is of another version by now. */
  void submit(Call call, long now);
}
