package io.twinloom.local.deploy;

import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries out the change of a twin that runs: for each phase, brings the twin into its layout, does
 * what it is for, and waits until its condition holds. Each step is written down before it begins,
 * so that the next process goes on where this one has ended, however it has ended. What fails is
 * tried again.
 *
 * <p>One lock, the monitor of the {@link Twin}, guards what is written of the change. That a change
 * is paused is written by the runner's thread alone, where nothing of the change is under way; that
 * it is not paused any more, by who goes on with it, before that is answered.
 */
final class ChangeRunner implements AutoCloseable {

  /** How long the runner waits. */
  record Pace(Duration firstRetry, Duration longestRetry, Duration patience, Duration look) {

    /**
     * What is under way may take a second before the status says that it is waited for. Whether a
     * former store has become empty is looked at every minute.
     */
    static final Pace USUAL =
        new Pace(
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1));
  }

  /** The twin that is changed. What writes of its change holds its monitor. */
  interface Twin {

    /** What is under way. */
    Optional<Change> openChange();

    /**
     * Writes down how far a change is.
     *
     * @return false where it is not the one that is under way any more: then nothing is written
     */
    boolean note(Change change);

    /**
     * Writes the change down and brings the twin into the layout of its phase.
     *
     * @return completes when nothing is under way any more that began before; empty where the
     *     change is not the one that is under way any more: then nothing is done
     */
    Optional<CompletableFuture<Void>> enter(Change change);

    /** Does what a phase is for, or some of it. */
    PhaseOutcome work(Change change);

    /** Takes why something outside of a change's phases failed; it is tried again. */
    void failed(String why);

    /** Ends a change whose last phase is over. */
    void finish(Change change);

    /** Begins to end what is not needed any more, where no change is under way. */
    void beginWhatIsDue();
  }

  private final Twin twin;
  private final InstantSource clock;
  private final Pace pace;
  private final Thread thread;

  /**
   * The id of the change that is to be paused once nothing of it is under way. Written without the
   * monitor, which a phase that is entered holds for long: it names its change, so that it is not
   * one of the next change where it comes too late.
   */
  private volatile Optional<String> pausing = Optional.empty();

  /** Guards {@link #orders} alone, and is held for no longer than that takes. */
  private final Object ordering = new Object();

  /** Counts what the runner was asked for: who waits for something else looks again. */
  private long orders;

  /** How long the runner's thread waits after its next failure. */
  private Duration retry;

  ChangeRunner(Twin twin, InstantSource clock, Pace pace) {
    this.twin = twin;
    this.clock = clock;
    this.pace = pace;
    this.retry = pace.firstRetry();
    this.thread = Thread.ofPlatform().name("change").daemon().unstarted(this::run);
  }

  /** Goes on with what is under way, unless it is paused, and does what begins later. */
  void start() {
    thread.start();
  }

  /** Goes on with what is under way, also where it is paused or is to be. */
  void goOn() {
    synchronized (twin) {
      pausing = Optional.empty();
      twin.openChange()
          .filter(ChangeRunner::isPaused)
          .ifPresent(open -> twin.note(open.standing(Step.ENTERING, "", clock.instant())));
      twin.notifyAll();
    }
    ordered();
  }

  /**
   * Stops a change between two phases, or two attempts at one. Returns at once, whatever is under
   * way.
   *
   * @param change its id; nothing happens where another one is under way by now
   */
  void pause(String change) {
    pausing = Optional.of(change);
    ordered();
  }

  private void ordered() {
    synchronized (ordering) {
      orders++;
      ordering.notifyAll();
    }
  }

  private boolean isPausing(Change change) {
    return pausing.filter(change.id()::equals).isPresent();
  }

  private static boolean isPaused(Change change) {
    return change.standing().step() == Step.PAUSED;
  }

  private void run() {
    try {
      while (true) {
        long seen = seen();
        try {
          carryOut(next());
        } catch (RuntimeException e) {
          // Not even how far it is could be written down, or what is due could not be begun: that
          // is tried again as all else is.
          twin.failed(why(e));
          awaitRetry(seen);
        }
      }
    } catch (InterruptedException e) {
      // The twin ends; what is under way is written down.
      Thread.currentThread().interrupt();
    }
  }

  /** The change that is to be gone on with, once there is one. */
  private Change next() throws InterruptedException {
    synchronized (twin) {
      while (true) {
        Optional<Change> open = twin.openChange();
        if (open.isEmpty()) {
          twin.beginWhatIsDue();
          if (twin.openChange().isEmpty()) {
            twin.wait(pace.look().toMillis());
          }
        } else if (isPaused(open.get())) {
          twin.wait();
        } else if (isPausing(open.get())) {
          twin.note(open.get().standing(Step.PAUSED, "", clock.instant()));
          pausing = Optional.empty();
        } else {
          return open.get();
        }
      }
    }
  }

  private long seen() {
    synchronized (ordering) {
      return orders;
    }
  }

  /** Whether a change is still the one to go on with. */
  private boolean isToGoOn(Change change) {
    synchronized (twin) {
      return !isPausing(change)
          && twin.openChange().filter(open -> open.id().equals(change.id())).isPresent();
    }
  }

  /** Carries a phase out, again and again until it has succeeded or somebody stops it. */
  private void carryOut(Change change) throws InterruptedException {
    boolean entered = false;
    Change noted = change;
    while (true) {
      long seen = seen();
      if (!isToGoOn(change)) {
        return;
      }
      PhaseOutcome outcome;
      try {
        if (!entered && !enter(change)) {
          return;
        }
        entered = true;
        outcome = twin.work(change);
      } catch (RuntimeException e) {
        // Whatever it is, the twin goes on as it is, and so does the change some time.
        outcome = new PhaseOutcome.Waiting(why(e));
      }
      switch (outcome) {
        case PhaseOutcome.Done done -> {
          over(change);
          retry = pace.firstRetry();
          return;
        }
        case PhaseOutcome.Further further -> {
          noted = noted.further(further.progress(), clock.instant());
          twin.note(noted);
          retry = pace.firstRetry();
        }
        case PhaseOutcome.Waiting waiting -> {
          noted =
              noted
                  .standing(waiting.progress())
                  .standing(Step.WAITING, waiting.why(), clock.instant());
          twin.note(noted);
          awaitRetry(seen);
        }
      }
    }
  }

  private void over(Change change) {
    synchronized (twin) {
      if (!change.isLast()) {
        twin.note(change.next(clock.instant()));
        return;
      }
      twin.finish(change);
    }
  }

  /** Why something failed, for the log and the status. */
  static String why(RuntimeException e) {
    return e instanceof TwinloomException known
        ? known.what()
        : "an internal error, " + e.getClass().getSimpleName();
  }

  /** Returns whether the change is still the one that is under way. */
  private boolean enter(Change change) throws InterruptedException {
    Optional<CompletableFuture<Void>> former =
        twin.enter(change.standing(Step.ENTERING, "", clock.instant()));
    if (former.isEmpty()) {
      return false;
    }
    try {
      former.get().get(pace.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      twin.note(
          change.standing(Step.WAITING, "what began before is still under way", clock.instant()));
      await(former.get());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return twin.note(change.standing(Step.ACTING, "", clock.instant()));
  }

  private static void await(CompletableFuture<Void> former) throws InterruptedException {
    try {
      former.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Waits before the next attempt, longer each time, or until the runner is asked for something.
   */
  private void awaitRetry(long seen) throws InterruptedException {
    long end = System.nanoTime() + retry.toNanos();
    Duration twice = retry.multipliedBy(2);
    retry = twice.compareTo(pace.longestRetry()) < 0 ? twice : pace.longestRetry();
    synchronized (ordering) {
      long left = end - System.nanoTime();
      while (orders == seen && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(ordering, left);
        left = end - System.nanoTime();
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
