package io.twinloom.local.deploy;

import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.local.deploy.PhaseWork.Outcome;
import io.twinloom.model.TwinloomException;
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
 */
final class ChangeRunner implements AutoCloseable {

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  /** What is under way may take so long before the status says that it is waited for. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final LiveTwin live;
  private final InstantSource clock;
  private final Thread thread;
  private boolean woken;
  private boolean pausing;
  private boolean resumed;

  ChangeRunner(LiveTwin live, InstantSource clock) {
    this.live = live;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("change").daemon().unstarted(this::run);
  }

  /** Goes on with what is under way, and does what begins later. */
  void start() {
    thread.start();
  }

  /** Goes on with what is under way; what follows it does not find it paused still. */
  void resume() {
    live.openChange()
        .filter(open -> open.standing().step() == Step.PAUSED)
        .ifPresent(open -> live.note(open.standing(Step.ENTERING, "", clock.instant())));
    goOn();
  }

  /** Goes on with what is under way, also where somebody had stopped it. */
  synchronized void goOn() {
    pausing = false;
    resumed = true;
    woken = true;
    notifyAll();
  }

  /** Stops what is under way once its phase is over, or waits. */
  synchronized void pause() {
    pausing = true;
    notifyAll();
  }

  private synchronized boolean isPausing() {
    return pausing;
  }

  private void run() {
    try {
      while (true) {
        Optional<Change> change = live.openChange();
        if (change.isEmpty()) {
          awaitWork();
        } else if (isPaused(change.get())) {
          if (change.get().standing().step() != Step.PAUSED) { // Stopped before its phase began.
            live.note(change.get().standing(Step.PAUSED, "", clock.instant()));
          }
          awaitWork();
        } else {
          carryOut(change.get());
        }
      }
    } catch (InterruptedException e) {
      // The twin ends; what is under way is written down.
      Thread.currentThread().interrupt();
    }
  }

  /** One that was stopped before this process began stays so until somebody goes on with it. */
  private synchronized boolean isPaused(Change change) {
    return pausing || change.standing().step() == Step.PAUSED && !resumed;
  }

  private synchronized void awaitWork() throws InterruptedException {
    while (!woken) {
      wait();
    }
    woken = false;
  }

  private synchronized void working() {
    resumed = false;
  }

  /** Carries a phase out, again and again until it has succeeded or somebody stops it. */
  private void carryOut(Change change) throws InterruptedException {
    working();
    long pause = FIRST_PAUSE_MILLIS;
    boolean entered = false;
    while (true) {
      Outcome outcome;
      try {
        if (!entered) {
          enter(change);
          entered = true;
        }
        outcome = new PhaseWork(live.clouds(), live.project().topology()).run(change);
      } catch (RuntimeException e) {
        // Whatever it is, the twin goes on as it is, and so does the change some time.
        outcome = new Outcome.Waiting(why(e));
      }
      switch (outcome) {
        case Outcome.Done done -> {
          over(change);
          return;
        }
        case Outcome.Further further -> {
          pause = FIRST_PAUSE_MILLIS;
          live.note(change.standing(Step.ACTING, further.how(), clock.instant()));
        }
        case Outcome.Waiting waiting -> {
          live.note(change.standing(Step.WAITING, waiting.why(), clock.instant()));
          pause(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
      }
      if (isPausing()) {
        live.note(change.standing(Step.PAUSED, "", clock.instant()));
        return;
      }
      if (live.openChange().filter(open -> open.id().equals(change.id())).isEmpty()) {
        return;
      }
    }
  }

  private void over(Change change) {
    if (change.isLast()) {
      live.finish(change);
    } else if (isPausing()) {
      live.note(change.next(clock.instant()).standing(Step.PAUSED, "", clock.instant()));
    } else {
      live.note(change.next(clock.instant()));
    }
  }

  private static String why(RuntimeException e) {
    return e instanceof TwinloomException known
        ? known.what()
        : "an internal error, " + e.getClass().getSimpleName();
  }

  private void enter(Change change) throws InterruptedException {
    CompletableFuture<Void> former =
        live.enter(change.standing(Step.ENTERING, "", clock.instant()));
    try {
      former.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      live.note(
          change.standing(Step.WAITING, "what began before is still under way", clock.instant()));
      await(former);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    live.note(change.standing(Step.ACTING, "", clock.instant()));
  }

  private static void await(CompletableFuture<Void> former) throws InterruptedException {
    try {
      former.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private synchronized void pause(long millis) throws InterruptedException {
    if (!woken && !pausing) {
      wait(millis);
    }
    woken = false;
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
