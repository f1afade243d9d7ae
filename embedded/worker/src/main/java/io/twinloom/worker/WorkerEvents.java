package io.twinloom.worker;

import io.twinloom.worker.WorkerLog.Level;
import io.twinloom.worker.wire.Frame;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What follows from what workers say, and from their ends. A worker answers each event before it
 * starts the next, so when it dies the first unanswered event is the one that killed it, and the
 * others go to another worker as if nothing had been.
 *
 * <p>Every method is called under the lock of {@link WorkerPools}.
 */
final class WorkerEvents {
  private final PoolCallbacks callbacks;
  private final WorkerLog log;

  WorkerEvents(PoolCallbacks callbacks, WorkerLog log) {
    this.callbacks = callbacks;
    this.log = log;
  }

  /** Takes frames that came together; what waits is looked through once for all of them. */
  void received(Worker worker, WorkerPool pool, List<Frame> frames, long now) {
    frames.forEach(frame -> received(worker, pool, frame, now));
    if (!pool.waiting().isEmpty()) {
      pool.pump(now);
    }
  }

  private void received(Worker worker, WorkerPool pool, Frame frame, long now) {
    WorkerLoad load = worker.load;
    if (load.state == WorkerLoad.State.LEAVING) {
      // Other workers have what it had.
      return;
    }
    switch (frame.type()) {
      case Frame.READY -> pool.started(worker, now);
      case Frame.LOADED -> loaded(load, (int) frame.id(), now);
      case Frame.ANSWER, Frame.ERROR -> answered(worker, frame, now);
      case Frame.GIVEN_BACK -> givenBack(load, pool, frame, now);
      case Frame.PRINTED -> printed(load, frame);
      case Frame.RETIRING -> leave(load, pool, now);
      default -> callbacks.later(worker::end);
    }
  }

  void said(Worker worker, String line) {
    WorkerLoad load = worker.load;
    WorkerLoad.Origin origin = load.origin();
    note(origin, Level.INFO, line);
    if (load.startMarking()) {
      worker.enqueue(new Frame(Frame.MARK, 0, new byte[0]));
      callbacks.flushLater(worker);
    }
  }

  private void printed(WorkerLoad load, Frame frame) {
    Optional<Call> call = load.unanswered.stream().filter(c -> c.id == frame.id()).findFirst();
    note(call.map(WorkerLoad::origin).orElseGet(() -> load.last("")), level(frame), frame.text(1));
  }

  private static Level level(Frame frame) {
    return switch (frame.body().length == 0 ? Frame.INFO : frame.body()[0]) {
      case Frame.DEBUG -> Level.DEBUG;
      case Frame.WARN -> Level.WARN;
      case Frame.SEVERE -> Level.ERROR;
      default -> Level.INFO;
    };
  }

  private void note(WorkerLoad.Origin from, Level level, String line) {
    callbacks.later(() -> log.printed(from.function(), from.version(), from.trace(), level, line));
  }

  private static void loaded(WorkerLoad load, int function, long now) {
    load.loaded.add(function);
    Call first = load.unanswered.peek();
    if (first != null && first.code.number == function) {
      first.code.loaded();
      load.since = now;
    }
  }

  private void answered(Worker worker, Frame frame, long now) {
    WorkerLoad load = worker.load;
    Call first = load.unanswered.peek();
    if (first == null || first.id != frame.id()) {
      // Something else than our own code wrote this; the worker cannot be trusted with more.
      callbacks.later(worker::end);
      return;
    }
    if (load.countsAsItsOwnTime(now)) {
      first.code.ranFor(load.runningFor(now));
    }
    load.doneFirst(now);
    if (frame.type() == Frame.ANSWER) {
      callbacks.later(() -> first.answer.complete(frame.body()));
    } else {
      fail(first, error(first, frame, now));
    }
  }

  private static WorkerException error(Call call, Frame frame, long now) {
    byte failure = frame.body().length == 0 ? Frame.FAILED : frame.body()[0];
    String text = frame.body().length == 0 ? "It failed" : frame.text(1);
    return switch (failure) {
      case Frame.NOT_LOADED -> {
        call.code.notLoaded("Its code cannot be loaded: " + text, now);
        yield call.code.paused();
      }
      case Frame.MEMORY -> call.code.tookTooMuch(text);
      default -> call.code.failed(text);
    };
  }

  private static void givenBack(WorkerLoad load, WorkerPool pool, Frame frame, long now) {
    Set<Long> back = new HashSet<>();
    for (ByteBuffer body = ByteBuffer.wrap(frame.body()); body.remaining() >= Long.BYTES; ) {
      back.add(body.getLong());
    }
    List<Call> calls = load.unanswered.stream().filter(c -> back.contains(c.id)).toList();
    calls.forEach(load::removed);
    pool.takeBack(calls, now);
  }

  /** Has a worker forget a function, behind the calls of it that it has. */
  void forget(Worker worker, HostedCode code) {
    worker.enqueue(new Frame(Frame.FORGET, code.number, new byte[0]));
    callbacks.flushLater(worker);
  }

  /** Ends a worker without fault; other workers take what it has not answered. */
  void retire(Worker worker, WorkerPool pool, long now) {
    callbacks.later(worker::end);
    leave(worker.load, pool, now);
  }

  private static void leave(WorkerLoad load, WorkerPool pool, long now) {
    load.state = WorkerLoad.State.LEAVING;
    pool.takeBack(load.removeAll(), now);
  }

  void ended(Worker worker, WorkerPool pool, Worker.Ending ending, long now) {
    WorkerLoad load = worker.load;
    pool.workers().remove(worker);
    if (load.state == WorkerLoad.State.STARTING) {
      report(load, ending);
      pool.notStarted(ending, now);
    } else if (load.state == WorkerLoad.State.READY) {
      report(load, ending);
      blameFirst(worker, ending, now);
    }
    pool.takeBack(load.removeAll(), now);
  }

  private void report(WorkerLoad load, Worker.Ending ending) {
    String function = load.function();
    callbacks.later(() -> log.died(function, ending.text(), ending.lastWords()));
  }

  private void blameFirst(Worker worker, Worker.Ending ending, long now) {
    WorkerLoad load = worker.load;
    Call guilty = load.unanswered.peek();
    if (guilty == null) {
      return;
    }
    boolean othersWereThere = load.defined.size() > 1;
    if (othersWereThere && !guilty.diedOnce) {
      guilty.diedOnce = true;
      return;
    }
    load.removed(guilty);
    Optional<String> exceeded = worker.exceededLimit(ending);
    if (exceeded.isPresent()) {
      fail(guilty, guilty.code.tookTooMuch(exceeded.get()));
    } else if (!load.loaded.contains(guilty.code.number)) {
      guilty.code.notLoaded("Its process " + ending.text() + " while its code was loaded", now);
      fail(guilty, guilty.code.paused());
    } else {
      fail(guilty, guilty.code.failed("Its process " + ending.text()));
    }
  }

  void fail(Call call, WorkerException error) {
    callbacks.later(() -> call.answer.completeExceptionally(error));
  }
}
