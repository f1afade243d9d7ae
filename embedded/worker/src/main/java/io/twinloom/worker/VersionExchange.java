package io.twinloom.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a version of a function when another one takes its place. Guarded by the lock of
 * {@link WorkerPools}.
 */
final class VersionExchange {

  /**
   * A worker JVM that has had the classes of so many former versions is replaced: something of them
   * may be kept by what outlives them, such as a driver that they have registered. Where a version
   * has left a thread running, the worker ends by itself.
   */
  private static final int MAX_FORMER_VERSIONS = 10;

  private final HostedFunctions functions;
  private final WorkerEvents events;

  VersionExchange(HostedFunctions functions, WorkerEvents events) {
    this.functions = functions;
    this.events = events;
  }

  /**
   * Has versions be the present ones, or forgets them.
   *
   * @param loaded whether all of them could be loaded
   */
  void finish(List<HostedCode> versions, boolean loaded, long now) {
    for (HostedCode code : versions) {
      if (loaded) {
        succeed(code, now);
      } else {
        abandon(code, now);
      }
    }
  }

  private void succeed(HostedCode code, long now) {
    @Nullable HostedCode former = functions.present(code);
    if (former == null) {
      return;
    }
    former.successor = code;
    WorkerPool next = functions.poolOf(code);
    List<Call> waiting = functions.poolOf(former).takeWaiting(former);
    next.submit(waiting.stream().map(call -> call.of(code)).toList(), now);
    leave(former, now);
  }

  private void abandon(HostedCode code, long now) {
    functions.poolOf(code).takeWaiting(code).forEach(call -> events.fail(call, code.closed()));
    leave(code, now);
  }

  /** Lets the workers of a version go once they have answered what they have. */
  private void leave(HostedCode former, long now) {
    WorkerPool pool = functions.poolOf(former);
    functions.loaded(former);
    boolean unused = functions.isUnused(pool);
    for (Worker worker : List.copyOf(pool.workers())) {
      WorkerLoad load = worker.load;
      if (!unused && load.defined.contains(former.number)) {
        load.outdated |= ++load.formerVersions >= MAX_FORMER_VERSIONS;
        events.forget(worker, former);
      }
      if ((unused || load.outdated) && load.isIdle() && load.state == WorkerLoad.State.READY) {
        events.retire(worker, pool, now);
      }
    }
    functions.forgetIfDone(pool);
  }
}
