package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.deployer.change.SettingSteps;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Has clouds that run be another version of the twin, through the steps that a change of settings
 * takes. Its caller sees to it that there is one exchange at a time.
 */
final class VersionExchange {

  /** Half as long as who asks for a change waits for the answer: it may have to be taken back. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** As long as a start, and each look after it, try to come to the settings of the version. */
  private static final Duration LONGEST_OF_A_LOOK = Duration.ofSeconds(5);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** The clouds, as far as an exchange needs them. */
  interface Running {

    /** Has a version run from now on. */
    LocalClouds.Exchange change(PreparedProject version);

    /** Whether the movers that a step suspends have no open plan. */
    PhaseOutcome idleMovers(PreparedProject step);

    static Running on(LocalClouds clouds, LocalDataFolder data, LocalWiring wiring) {
      return new Running() {
        @Override
        public LocalClouds.Exchange change(PreparedProject version) {
          return clouds.change(TwinSpecs.of(version, data, wiring));
        }

        @Override
        public PhaseOutcome idleMovers(PreparedProject step) {
          return PhaseWork.functions(clouds, step.topology()).idleMovers();
        }
      };
    }
  }

  private final Running running;
  private CompletableFuture<Void> former = CompletableFuture.completedFuture(null);

  /** The version that is to run again, where a failed exchange could not be taken back. */
  private Optional<PreparedProject> owed = Optional.empty();

  VersionExchange(Running running) {
    this.running = running;
  }

  /** Completes when nothing is under way any more that began with settings of before. */
  CompletableFuture<Void> former() {
    return former;
  }

  /**
   * Exchanges the version; where that fails, the present one runs on. Where that fails, too, the
   * failure has the other one suppressed, and {@link #takeBackAgain} is to be called.
   *
   * @param longest for so long the steps in between may take
   * @return the names of the user functions that run other code now
   * @throws TwinloomException {@code TL-LOCAL-UNDER-WAY} if they take longer
   */
  List<String> to(PreparedProject next, PreparedProject present, Duration longest) {
    List<PreparedProject> steps = SettingSteps.between(present, next);
    long end = System.nanoTime() + longest.toNanos();
    try {
      for (PreparedProject step : steps) {
        var unused = run(step);
        await(step, end);
      }
      List<String> exchanged = run(next);
      owed = Optional.empty();
      return exchanged;
    } catch (RuntimeException | Error e) {
      if (!steps.isEmpty()) {
        takeBack(present, e);
      }
      throw e;
    }
  }

  /**
   * Exchanges the version where nothing is under way for longer than a look takes.
   *
   * @return false where something is: the present version runs on
   * @throws TwinloomException if it fails for another reason, as {@link #to} does
   */
  boolean toWithinALook(PreparedProject next, PreparedProject present) {
    try {
      var unused = to(next, present, LONGEST_OF_A_LOOK);
      return true;
    } catch (TwinloomException e) {
      if (e.code().equals(LocalDeployError.LOCAL_UNDER_WAY.code())
          && e.getSuppressed().length == 0) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Has the present version run again; where that fails too, the first failure is still the one.
   */
  private void takeBack(PreparedProject present, Throwable failure) {
    try {
      var unused = run(present);
    } catch (RuntimeException e) {
      owed = Optional.of(present);
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Has the version run again that runs on, where an exchange that failed did not come to that. */
  void takeBackAgain() {
    if (owed.isPresent()) {
      var unused = run(owed.get());
      owed = Optional.empty();
    }
  }

  private List<String> run(PreparedProject next) {
    LocalClouds.Exchange exchange = running.change(next);
    // Also where an attempt has failed after this, what it has left is waited for by the next one.
    former =
        former.isDone() ? exchange.former() : CompletableFuture.allOf(former, exchange.former());
    return exchange.functions();
  }

  /**
   * Waits until nothing is under way that began before a step, and no mover that it suspends has an
   * open plan.
   */
  private void await(PreparedProject step, long end) {
    try {
      former.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw underWay("something that began before is still under way", step);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(step);
    }
    while (running.idleMovers(step) instanceof PhaseOutcome.Waiting waiting) {
      if (System.nanoTime() >= end) {
        throw underWay(waiting.why(), step);
      }
      try {
        TimeUnit.NANOSECONDS.sleep(LOOK_NANOS);
      } catch (InterruptedException e) {
        throw interrupted(step);
      }
    }
  }

  private static TwinloomException interrupted(PreparedProject step) {
    Thread.currentThread().interrupt();
    return underWay("the waiting was interrupted", step);
  }

  private static TwinloomException underWay(String why, PreparedProject step) {
    return new TwinloomException(
        LocalDeployError.LOCAL_UNDER_WAY,
        "The settings of the movers or signatures are not changed yet: " + why + ".",
        step.topology().twin(),
        LocalDeployError.LOCAL_UNDER_WAY.fix());
  }
}
