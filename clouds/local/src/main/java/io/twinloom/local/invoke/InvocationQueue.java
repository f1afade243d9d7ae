package io.twinloom.local.invoke;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.json.Json;
import io.twinloom.model.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A local cloud's asynchronous invocation: at least once, with retries and dead letters, over a
 * crash at any point.
 *
 * <p>An event that comes from outside (a device, a request) is on disk before it is acknowledged,
 * and stays there until its function and everything that this function invoked are done. An event
 * that a function hands on is therefore <em>held</em> by the event that caused it, and needs no
 * place of its own on disk: after a crash its cause runs again and hands it on again. Only when it
 * fails does it get its own place, its attempts and its next time; then its cause lets go of it.
 *
 * <p>{@code lock} guards the counts and the ready events. Nothing is called while it is held but
 * the database's {@code write}, which only queues.
 */
public final class InvocationQueue implements AutoCloseable {

  private static final int LOAD = 500;
  private static final Duration POLL = Duration.ofMillis(200);

  /** Runs a function on an event; what it throws is the failure of the event. */
  @FunctionalInterface
  public interface Runner {
    void run(String function, byte[] event);
  }

  /** An event with a place on disk, and those that it holds. */
  private static final class Root {
    final EventTable.Row row;
    final AtomicInteger unfinished = new AtomicInteger(1);
    volatile @Nullable Throwable failure;
    volatile boolean letGo = true;

    Root(EventTable.Row row) {
      this.row = row;
    }
  }

  /** A thread's work for one root: it runs the first event that is handed on itself, afterwards. */
  private static final class Execution {
    final Root root;
    @Nullable Held next;

    Execution(Root root) {
      this.root = root;
    }
  }

  private record Held(String function, byte[] event) {}

  private static final ThreadLocal<@Nullable Execution> CURRENT = new ThreadLocal<>();

  private final EventTable table;
  private final EventNumbers numbers;
  private final Runner runner;
  private final RetrySchedule retries;
  private final QueueLimits limits;
  private final DeadLetters deadLetters;
  private final InvocationLog log;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private volatile @Nullable ScheduledFuture<?> polling;

  private final Object lock = new Object();
  private final Deque<EventTable.Row> ready = new ArrayDeque<>();
  private final Set<Long> retrying = new HashSet<>();
  private final List<Long> settledRetries = new ArrayList<>();
  private boolean looking;
  private final Deque<Runnable> outside = new ArrayDeque<>();
  private int running;
  private long runningBytes;
  private long backlog;
  private long loadedTo;
  private final List<EventTable.Row> stranded = new ArrayList<>();
  private long readyBytes;
  private boolean moreOnDisk;
  private boolean leftOnDisk;
  private boolean loading;
  private boolean started;
  private boolean closed;

  /**
   * Opens the queue over what an earlier run has left; nothing runs before {@link #start}.
   *
   * @param timer for what waits for a time
   */
  public InvocationQueue(
      CloudDatabase database,
      Runner runner,
      RetrySchedule retries,
      QueueLimits limits,
      DeadLetters deadLetters,
      InvocationLog log,
      InstantSource clock,
      ScheduledExecutorService timer) {
    this.table = new EventTable(database);
    this.numbers = new EventNumbers(table);
    this.runner = runner;
    this.retries = retries;
    this.limits = limits;
    this.deadLetters = deadLetters;
    this.log = log;
    this.clock = clock;
    this.backlog = table.count();
    this.moreOnDisk = backlog > 0;
    this.timer = timer;
  }

  /** The tables that the queue needs. */
  public static List<String> schema() {
    return EventTable.SCHEMA;
  }

  /** Begins with what an earlier run has left. */
  public void start() {
    polling =
        timer.scheduleWithFixedDelay(
            () -> Thread.startVirtualThread(this::runWhatIsDue),
            POLL.toMillis(),
            POLL.toMillis(),
            TimeUnit.MILLISECONDS);
    synchronized (lock) {
      started = true;
    }
    loadMore();
  }

  /** Events that are accepted and not done. */
  public long backlog() {
    synchronized (lock) {
      return backlog;
    }
  }

  /**
   * Takes an event from outside.
   *
   * @param event makes the event, given the number of its acceptance, which no other event has
   * @return completes when it is on disk; waits while the queue holds as much as it may
   */
  public CompletableFuture<Void> accept(String function, LongFunction<byte[]> event) {
    CompletableFuture<Void> accepted = new CompletableFuture<>();
    synchronized (lock) {
      if (closed) {
        accepted.completeExceptionally(unavailable("it is stopping", null));
      } else if (backlog >= limits.backlog() || !outside.isEmpty()) {
        outside.add(() -> write(function, event, accepted));
      } else {
        write(function, event, accepted);
      }
    }
    return accepted;
  }

  /** Must be called under the lock: numbers and writes go in one order. */
  private void write(
      String function, LongFunction<byte[]> event, CompletableFuture<Void> accepted) {
    EventTable.Row row;
    try {
      long number = numbers.next();
      row = new EventTable.Row(number, function, event.apply(number), 0, 0);
    } catch (RuntimeException e) {
      accepted.completeExceptionally(unavailable("the event cannot be kept", e));
      return;
    }
    backlog++;
    table
        .put(row, 0)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                accepted.complete(null);
                arrived(row);
              } else {
                accepted.completeExceptionally(unavailable("the event cannot be kept", failure));
                finished();
              }
            });
  }

  private void arrived(EventTable.Row row) {
    boolean runs = false;
    synchronized (lock) {
      if (row.number() <= loadedTo) {
        return; // A load that ran in between has found it on disk already.
      }
      if (moreOnDisk || ready.size() >= limits.ready() || readyBytes >= limits.readyBytes()) {
        moreOnDisk = true;
        leftOnDisk = true;
      } else {
        loadedTo = row.number();
        runs = claim(row);
        if (!runs) {
          addReady(row);
        }
      }
    }
    if (runs) {
      startRun(row);
    }
  }

  /**
   * Hands an event on from within a running function, held by the event that caused it; from
   * elsewhere, it returns when the event is on disk.
   *
   * @throws InvocationException if it cannot be kept
   */
  public void invokeLater(String function, byte[] event) {
    Execution cause = CURRENT.get();
    if (cause == null) {
      keep(function, event);
      return;
    }
    cause.root.unfinished.incrementAndGet();
    Held held = new Held(function, event);
    if (cause.next == null) {
      cause.next = held;
    } else {
      Thread.startVirtualThread(() -> execute(cause.root, held));
    }
  }

  private void keep(String function, byte[] event) {
    synchronized (lock) {
      if (backlog >= limits.backlog()) {
        throw unavailable("it holds " + backlog + " events, as many as it may", null);
      }
    }
    try {
      accept(function, number -> event).join();
    } catch (CompletionException e) {
      throw unavailable("the event cannot be kept", e.getCause());
    }
  }

  /** Under the lock: whether there is room to run this event now; if so it is counted. */
  private boolean claim(EventTable.Row row) {
    if (!started
        || closed
        || running >= limits.running()
        || (running > 0 && runningBytes + row.event().length > limits.runningBytes())) {
      return false;
    }
    running++;
    runningBytes += row.event().length;
    return true;
  }

  private void startRun(EventTable.Row row) {
    Thread.startVirtualThread(() -> run(new Root(row)));
  }

  private void run(Root root) {
    Execution execution = new Execution(root);
    CURRENT.set(execution);
    try {
      runner.run(root.row.function(), root.row.event());
    } catch (Throwable t) {
      root.failure = t;
    }
    runHandedOn(execution);
    release(root);
  }

  private void execute(Root root, Held held) {
    Execution execution = new Execution(root);
    CURRENT.set(execution);
    runHeld(root, held);
    runHandedOn(execution);
  }

  private void runHandedOn(Execution execution) {
    for (Held held; (held = execution.next) != null; ) {
      execution.next = null;
      runHeld(execution.root, held);
    }
    CURRENT.remove();
  }

  private void runHeld(Root root, Held held) {
    try {
      runner.run(held.function(), held.event());
    } catch (Throwable t) {
      keepHeld(root, held, t);
      return;
    }
    release(root);
  }

  /** A held event failed: it gets a place of its own, and its cause lets go of it. */
  private void keepHeld(Root root, Held held, Throwable failure) {
    long number;
    try {
      number = numbers.next();
    } catch (RuntimeException e) {
      root.letGo = false;
      release(root);
      return;
    }
    EventTable.Row row = new EventTable.Row(number, held.function(), held.event(), 0, 0);
    synchronized (lock) {
      backlog++;
    }
    recordFailure(row, failure)
        .whenComplete(
            (done, failed) -> {
              if (failed != null) {
                root.letGo = false;
                finished();
              }
              release(root);
            });
  }

  private void release(Root root) {
    if (root.unfinished.decrementAndGet() == 0) {
      settle(root);
    }
  }

  private void settle(Root root) {
    EventTable.Row row = root.row;
    Throwable failure = root.failure;
    CompletableFuture<Void> settled;
    if (failure != null) {
      settled = recordFailure(row, failure);
    } else if (root.letGo) {
      settled = table.remove(row.number());
      finished();
    } else {
      // Something that it holds could be kept nowhere else: it runs again, and hands it on again.
      settled = table.put(row, clock.millis() + retries.gapAfter(1).toMillis());
    }
    synchronized (lock) {
      running--;
      runningBytes -= row.event().length;
      lock.notifyAll();
    }
    boolean again = failure != null || !root.letGo;
    settled.whenComplete((done, failed) -> settled(row, again && failed != null));
    runNext();
  }

  private void settled(EventTable.Row row, boolean stays) {
    synchronized (lock) {
      boolean wasDue = retrying.contains(row.number());
      if (wasDue) {
        // A look at the disk that is under way may still show it as due: it is left alone until
        // the next look begins.
        settledRetries.add(row.number());
      }
      if (stays && !wasDue) {
        // Its new time could not be written, so nobody would find it on disk before a restart.
        stranded.add(row);
      }
    }
  }

  /** Writes down that an event's function failed: when it is tried again, or that it is dead. */
  private CompletableFuture<Void> recordFailure(EventTable.Row row, Throwable failure) {
    boolean putOff =
        failure instanceof InvocationException invocation
            && invocation.reason() == InvocationException.Reason.UNAVAILABLE
            && row.postponed() < RetrySchedule.MAX_POSTPONEMENTS;
    if (putOff) {
      Duration wait = RetrySchedule.postponement(row.postponed());
      return table.put(
          new EventTable.Row(
              row.number(), row.function(), row.event(), row.attempts(), row.postponed() + 1),
          clock.millis() + wait.toMillis());
    }
    int failures = row.attempts() + 1;
    if (failures < retries.attempts()) {
      return table.put(
          new EventTable.Row(row.number(), row.function(), row.event(), failures, row.postponed()),
          clock.millis() + Math.max(1, retries.gapAfter(failures).toMillis()));
    }
    return bury(row, failure, failures);
  }

  private CompletableFuture<Void> bury(EventTable.Row row, Throwable failure, int failures) {
    JsonObject event = Json.parseObject(row.event());
    CompletableFuture<Void> buried = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            deadLetters.keep(
                new DeadLetter(
                    row.function(),
                    event,
                    describe(failure),
                    failures,
                    event.text("trace_id").orElse("")));
            table
                .remove(row.number())
                .whenComplete(
                    (done, failed) -> {
                      finished();
                      buried.complete(null);
                    });
          } catch (RuntimeException e) {
            // The store does not take it: it stays in the queue and is tried again.
            table
                .put(row, clock.millis() + retries.gapAfter(1).toMillis())
                .whenComplete((done, failed) -> buried.complete(null));
          }
        });
    return buried;
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** An event is done with: there is room for one from outside. */
  private void finished() {
    synchronized (lock) {
      backlog--;
      while (!outside.isEmpty() && backlog < limits.backlog()) {
        outside.remove().run();
      }
    }
  }

  private void runNext() {
    while (true) {
      EventTable.Row row;
      boolean load;
      synchronized (lock) {
        row = ready.peek();
        if (row != null && claim(row)) {
          ready.remove();
          readyBytes -= row.event().length;
        } else {
          row = null;
        }
        load =
            moreOnDisk
                && !loading
                && !closed
                && ready.size() < limits.ready() / 2
                && readyBytes < limits.readyBytes();
        if (load) {
          loading = true;
        }
      }
      if (load) {
        Thread.startVirtualThread(this::loadMore);
      }
      if (row == null) {
        return;
      }
      startRun(row);
    }
  }

  private void addReady(EventTable.Row row) {
    ready.add(row);
    readyBytes += row.event().length;
  }

  private void loadMore() {
    long after;
    synchronized (lock) {
      loading = true;
      leftOnDisk = false;
      after = loadedTo;
    }
    EventTable.Rows found = null;
    try {
      found = table.waiting(after, LOAD, limits.readyBytes());
    } catch (RuntimeException e) {
      note("The queue cannot be read: " + e.getMessage());
    }
    synchronized (lock) {
      loading = false;
      if (found == null) {
        return; // What is on disk stays there; the next look tries again.
      }
      for (EventTable.Row row : found.rows()) {
        loadedTo = Math.max(loadedTo, row.number());
        addReady(row);
      }
      // An event that came while the disk was read, and was left there, may not be among them.
      moreOnDisk = found.more() || leftOnDisk;
    }
    runNext();
  }

  private void runWhatIsDue() {
    synchronized (lock) {
      if (closed || looking) {
        return;
      }
      looking = true;
      settledRetries.forEach(retrying::remove);
      settledRetries.clear();
      stranded.forEach(this::addReady);
      stranded.clear();
    }
    try {
      for (EventTable.Row row : table.due(clock.millis(), LOAD, limits.readyBytes()).rows()) {
        if (claimDue(row)) {
          startRun(row);
        }
      }
    } catch (RuntimeException e) {
      note("The queue cannot be read: " + e.getMessage());
    } finally {
      synchronized (lock) {
        looking = false;
      }
    }
    // Events that came between a full queue and its next load wait for somebody to look.
    runNext();
  }

  private boolean claimDue(EventTable.Row row) {
    synchronized (lock) {
      return !retrying.contains(row.number()) && claim(row) && retrying.add(row.number());
    }
  }

  private void note(String message) {
    log.note(InvocationLog.Level.ERROR, "", "", message, Map.of());
  }

  private static InvocationException unavailable(String why, @Nullable Throwable cause) {
    return new InvocationException(
        InvocationException.Reason.UNAVAILABLE,
        "The queue does not take the event: " + why,
        "",
        "It is tried again by itself; free disk space if the disk is full.",
        cause);
  }

  /**
   * Starts nothing more and waits for what runs, at most as long as given; what does not end is on
   * disk and runs again.
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    close();
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (lock) {
      for (long left; running > 0 && (left = end - System.nanoTime()) > 0; ) {
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      return running == 0;
    }
  }

  @Override
  public void close() {
    ScheduledFuture<?> poll = polling;
    if (poll != null) {
      poll.cancel(false);
    }
    synchronized (lock) {
      closed = true;
    }
  }
}
