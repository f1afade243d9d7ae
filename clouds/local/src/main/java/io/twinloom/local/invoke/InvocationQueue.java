package io.twinloom.local.invoke;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.JsonObject;
import io.twinloom.local.invoke.EventTable.Listing;
import io.twinloom.local.invoke.EventTable.Row;
import io.twinloom.local.invoke.EventTable.Rows;
import io.twinloom.local.invoke.ReadyEvents.Load;
import io.twinloom.local.store.CloudDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A local cloud's asynchronous invocation: at least once, with retries and dead letters, over a
 * crash at any point.
 *
 * <p>Events that come from outside (a device, a request) are on disk before they are acknowledged,
 * as one row where they came together, and stay there until their functions and everything that
 * these passed on are done. An event that a function passes on is therefore <em>held</em> by the
 * event that caused it, and needs no place of its own on disk: after a crash its cause runs again
 * and passes it on again. Only when it fails does it get its own place, its attempts and its next
 * time; then its cause no longer holds it.
 *
 * <p>What waits for room is with {@link ReadyEvents}, what waits for a time with {@link DueEvents},
 * what comes from outside with {@link EventIntake}, what runs with {@link EventRuns} and {@link
 * Lanes}, what failed with {@link FailedEvents}; here is how many there may be of each. {@code
 * lock} guards the counts and the two that wait. Nothing is called while it is held but the
 * database's {@code write}, which only queues.
 */
public final class InvocationQueue implements AutoCloseable {

  private static final int DUE = 500;
  private static final int POLL_MILLIS = 200;

  private final EventTable table;
  private final EventIntake intake;
  private final EventRuns runs;
  private final LeftEvents left;
  private final FailedEvents failures;
  private final QueueLimits limits;
  private final InvocationLog log;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private volatile @Nullable ScheduledFuture<?> polling;

  private final Object lock = new Object();
  private final ReadyEvents.Room room = new RoomToRun();
  private final ReadyEvents ready;
  private final DueEvents due = new DueEvents();
  private final RunningEvents running;
  private boolean started;
  private boolean closed;

  /** Opens the queue over what an earlier run has left; nothing runs before {@link #start}. */
  public InvocationQueue(
      CloudDatabase database,
      FunctionRunner runner,
      EventHandling handling,
      QueueLimits limits,
      DeadLetters deadLetters,
      InvocationLog log,
      InstantSource clock,
      ScheduledExecutorService timer) {
    RetrySchedule retries = handling.retries();
    boolean serialised = handling.serialised();
    this.table = new EventTable(database);
    Listing onDisk = table.list();
    this.intake =
        new EventIntake(table, lock, new Backlog(onDisk.events(), limits.backlog()), this::arrived);
    AsyncInvoker elsewhere = (function, event) -> invokeLater(function, List.of(event));
    this.runs = new EventRuns(runner, new Runs(), elsewhere, serialised, retries.attempts(), clock);
    this.left =
        new LeftEvents(
            new Interruptions(database), retries.attempts(), onDisk.last(), new Starts());
    this.failures = new FailedEvents(table, retries, deadLetters, clock, () -> intake.finished(1));
    this.limits = limits;
    this.log = log;
    this.clock = clock;
    this.running = new RunningEvents(limits, onDisk.last());
    this.ready = new ReadyEvents(limits, onDisk);
    this.timer = timer;
  }

  /** The tables that the queue needs. */
  public static List<String> schema() {
    return EventTable.SCHEMA;
  }

  /** Begins with what an earlier run has left. */
  public void start() {
    Runnable look = () -> Thread.startVirtualThread(this::runWhatIsDue);
    polling = timer.scheduleWithFixedDelay(look, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    synchronized (lock) {
      started = true;
    }
    runNext();
  }

  /** Events that are accepted and not done. */
  public long backlog() {
    return intake.events();
  }

  /**
   * Takes events from outside that came together.
   *
   * @param events each makes an event, given the number of its acceptance, which no other event has
   * @return completes when all are on disk; waits while the queue holds as much as it may
   */
  public CompletableFuture<Void> accept(String function, List<LongFunction<JsonObject>> events) {
    return intake.accept(function, events);
  }

  /** As {@link #accept(String, List)}. */
  public CompletableFuture<Void> accept(String function, LongFunction<JsonObject> event) {
    return accept(function, List.of(event));
  }

  private void arrived(Row row, List<JsonObject> trees) {
    boolean runsNow;
    synchronized (lock) {
      runsNow = !ready.goFirst(row.function(), room) && room.claim(row);
      if (!runsNow) {
        ready.add(row);
      }
    }
    if (runsNow) {
      runs.begin(row, trees);
    } else {
      runNext();
    }
  }

  /** Why it takes no such event at the moment; empty where it does. */
  Optional<InvocationException> whyFull() {
    return intake.whyFull();
  }

  /**
   * Takes events that no running event holds; returns when all are on disk.
   *
   * @throws InvocationException if they cannot be kept
   */
  public void invokeLater(String function, List<JsonObject> events) {
    intake.acceptNow(function, events);
  }

  /** Under the lock: the room that there is for a row to run. */
  private final class RoomToRun implements ReadyEvents.Room {

    @Override
    public boolean hasItsShare(String function) {
      return running.hasItsShare(function);
    }

    @Override
    public boolean claim(Row row) {
      return started && !closed && running.claim(row);
    }
  }

  private final class Starts implements LeftEvents.Outcome {

    @Override
    public void start(Row row) {
      runs.begin(row, List.of());
    }

    @Override
    public void dead(Row row, InvocationException why) {
      releaseRoom(row, row.events().length);
      // Not on this thread: it may be starting one such event after the other.
      Thread.startVirtualThread(() -> settle(row, new Outcome.Failed(why), true));
    }
  }

  private final class Runs implements EventRuns.Listener {

    @Override
    public CompletableFuture<Void> keep(QueuedEvent event, Outcome outcome) {
      Row row = intake.add(event);
      return failures
          .record(row, outcome)
          .whenComplete(
              (done, failed) -> {
                if (failed != null) {
                  intake.finished(1);
                }
              });
    }

    @Override
    public void left(Row row, int size) {
      releaseRoom(row, size);
    }

    @Override
    public void ran(EventCause.Root root) {
      left.ran(root.row());
      settle(root.row(), root.failure(), root.isReleased());
    }
  }

  private void releaseRoom(Row row, int size) {
    synchronized (lock) {
      running.release(row, size);
      lock.notifyAll();
    }
  }

  private void settle(Row row, @Nullable Outcome failure, boolean released) {
    synchronized (lock) {
      due.end(row);
    }
    CompletableFuture<Void> written;
    if (failure != null) {
      written = failures.record(row, failure);
    } else if (released) {
      written = table.remove(row.number());
      intake.finished(row.count());
    } else {
      written = failures.again(row);
    }
    boolean stays = failure != null || !released;
    written.whenComplete(
        (done, failed) -> {
          synchronized (lock) {
            due.settle(row, stays && failed != null);
          }
        });
    runNext();
  }

  private void runNext() {
    while (true) {
      Row row;
      Load load;
      synchronized (lock) {
        row = ready.take(room);
        load = started && !closed ? ready.beginLoad() : null;
      }
      if (load != null) {
        Thread.startVirtualThread(() -> load(load));
      }
      if (row == null) {
        return;
      }
      left.start(row);
    }
  }

  private void load(Load load) {
    Rows found = Rows.NONE;
    try {
      found = table.rows(load);
    } catch (RuntimeException e) {
      unreadable(e);
    }
    synchronized (lock) {
      ready.endLoad(load, found);
    }
    if (found != Rows.NONE) {
      runNext();
    }
  }

  private void runWhatIsDue() {
    synchronized (lock) {
      if (closed || !due.beginLook()) {
        return;
      }
      due.takeStranded().forEach(ready::add);
    }
    try {
      for (Row row : table.due(clock.millis(), DUE, limits.readyBytes())) {
        if (claimDue(row)) {
          left.start(row);
        }
      }
    } catch (RuntimeException e) {
      unreadable(e);
    } finally {
      synchronized (lock) {
        due.endLook();
      }
    }
    runs.putOffStuck();
    // What could not be read is tried again.
    runNext();
  }

  private boolean claimDue(Row row) {
    synchronized (lock) {
      if (due.isTaken(row) || !room.claim(row)) {
        return false;
      }
      due.take(row);
      return true;
    }
  }

  private void unreadable(RuntimeException e) {
    String message = "The queue cannot be read: " + e.getMessage();
    log.note(InvocationLog.Level.ERROR, "", "", message, Map.of());
  }

  /**
   * Starts nothing more and waits for what runs, at most as long as given; what does not end is on
   * disk and runs again.
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    close();
    long end = System.nanoTime() + atMost.toNanos();
    try {
      synchronized (lock) {
        for (long rest; !running.isEmpty() && (rest = end - System.nanoTime()) > 0; ) {
          TimeUnit.NANOSECONDS.timedWait(lock, rest);
        }
        return running.isEmpty();
      }
    } finally {
      left.stopped();
    }
  }

  @Override
  public void close() {
    ScheduledFuture<?> poll = polling;
    if (poll != null) {
      poll.cancel(false);
    }
    intake.close();
    synchronized (lock) {
      closed = true;
    }
  }
}
