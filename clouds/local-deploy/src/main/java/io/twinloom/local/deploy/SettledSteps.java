package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.PhaseFunctions;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits for what the steps of a change of settings wait for, for so long in all. */
final class SettledSteps {

  /** As long as somebody waits for the answer to a change, and half of that to take it back. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LocalClouds clouds;
  private final long end = System.nanoTime() + LONGEST.toNanos();

  SettledSteps(LocalClouds clouds) {
    this.clouds = clouds;
  }

  /**
   * Waits until nothing is under way that began before a step, and no mover that it suspends has an
   * open plan.
   *
   * @param former completes when the former is so
   * @throws TwinloomException {@code TL-LOCAL-UNDER-WAY} if that takes too long
   */
  void await(PreparedProject step, CompletableFuture<Void> former) {
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
