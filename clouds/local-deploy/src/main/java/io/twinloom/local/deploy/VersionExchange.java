package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.PhaseFunctions;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.deployer.change.SettingSteps;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Has clouds that run be another version of the twin, through the steps that a change of settings
 * takes. Its caller sees to it that there is one exchange at a time.
 */
final class VersionExchange {

  /** Half as long as who asks for a change waits for the answer: it may have to be taken back. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** As long as a start, and each look after it, try to come to the settings of the version. */
  static final Duration LONGEST_OF_A_LOOK = Duration.ofSeconds(5);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LocalClouds clouds;
  private final LocalDataFolder data;
  private final LocalWiring wiring;
  private CompletableFuture<Void> former = CompletableFuture.completedFuture(null);

  VersionExchange(LocalClouds clouds, LocalDataFolder data, LocalWiring wiring) {
    this.clouds = clouds;
    this.data = data;
    this.wiring = wiring;
  }

  /** Completes when nothing is under way any more that began with settings of before. */
  CompletableFuture<Void> former() {
    return former;
  }

  /**
   * Exchanges the version; where that fails, the present one runs on.
   *
   * @param longest for so long the steps in between may take
   * @return the names of the user functions that run other code now
   * @throws TwinloomException {@code TL-LOCAL-UNDER-WAY} if they take longer
   */
  List<String> to(PreparedProject next, PreparedProject present, Duration longest) {
    List<PreparedProject> steps = SettingSteps.between(present, next);
    long end = System.nanoTime() + longest.toNanos();
    boolean done = false;
    try {
      for (PreparedProject step : steps) {
        var unused = run(step);
        await(step, end);
      }
      List<String> exchanged = run(next);
      done = true;
      return exchanged;
    } finally {
      if (!done && !steps.isEmpty()) {
        var unused = run(present);
      }
    }
  }

  private List<String> run(PreparedProject next) {
    LocalClouds.Exchange exchange = clouds.change(TwinSpecs.of(next, data, wiring));
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
      Thread.currentThread().interrupt();
      throw underWay("the waiting was interrupted", step);
    }
    PhaseFunctions functions = PhaseWork.functions(clouds, step.topology());
    while (functions.idleMovers() instanceof PhaseOutcome.Waiting(String why)) {
      if (System.nanoTime() >= end) {
        throw underWay(why, step);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static TwinloomException underWay(String why, PreparedProject step) {
    return new TwinloomException(
        LocalDeployError.LOCAL_UNDER_WAY,
        "The settings of the movers or signatures are not changed yet: " + why + ".",
        step.topology().twin(),
        LocalDeployError.LOCAL_UNDER_WAY.fix());
  }
}
