package io.twinloom.bench;

import io.twinloom.bench.process.ProcessFigures;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes as fast as a server stores, with a bounded number of events on the way. */
final class FullLoad {

  /** Acknowledged and not yet stored: more would measure the disk, not the pipeline. */
  private static final long MOST_OUTSTANDING = 4_000;

  /** How often is looked how many are stored: the bound allows 400,000 events a second. */
  private static final long LOOK_MILLIS = 10;

  /** How long a look at the rate takes while the server warms up. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Duration warmUp;
  private final Duration measured;

  /**
   * @param warmUp at most so long before it is measured: less where the rate is steady before
   */
  FullLoad(Duration warmUp, Duration measured) {
    this.warmUp = warmUp;
    this.measured = measured;
  }

  Throughput on(Server server) throws InterruptedException {
    AtomicLong stored = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    Thread watcher = Thread.ofPlatform().daemon().start(() -> look(server, stored, over));
    try (Fleet fleet = Fleet.connect(server.broker(), server.twin(), BenchProject.devices())) {
      Duration warmedUp = warmUp(server, fleet, stored);
      Map<String, Server.Hop> hopsBefore = server.hops();
      Duration cpuBefore = ProcessFigures.of(server.process()).cpu();
      Duration devicesBefore = ownCpu();
      long before = server.stored();
      long begun = System.nanoTime();
      fleet.publishAtFullSpeed(measured, stored::get, MOST_OUTSTANDING);
      long events = Math.max(1, server.stored() - before);
      double seconds = (System.nanoTime() - begun) / 1e9;
      Duration cpu = ProcessFigures.of(server.process()).cpu().minus(cpuBefore);
      Duration devices = ownCpu().minus(devicesBefore);
      return new Throughput(
          events / seconds,
          cpu.toNanos() / 1e3 / events,
          cpu.toNanos() / 1e9 / seconds,
          devices.toNanos() / 1e3 / events,
          batches(hopsBefore, server.hops()),
          warmedUp);
    } finally {
      over.set(true);
      watcher.join();
    }
  }

  /** Returns how long it took. */
  private Duration warmUp(Server server, Fleet fleet, AtomicLong stored)
      throws InterruptedException {
    SteadyRate rate = new SteadyRate();
    long begun = System.nanoTime();
    long before = server.stored();
    while (true) {
      Duration soFar = Duration.ofNanos(System.nanoTime() - begun);
      Duration left = warmUp.minus(soFar);
      if (!left.isPositive()) {
        return soFar;
      }
      long at = System.nanoTime();
      fleet.publishAtFullSpeed(
          left.compareTo(LOOK) < 0 ? left : LOOK, stored::get, MOST_OUTSTANDING);
      long now = server.stored();
      if (rate.isSteadyAfter((now - before) * 1e9 / (System.nanoTime() - at))) {
        return Duration.ofNanos(System.nanoTime() - begun);
      }
      before = now;
    }
  }

  private static void look(Server server, AtomicLong stored, AtomicBoolean over) {
    try {
      while (!over.get()) {
        stored.set(server.stored());
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The devices are in this process. */
  private static Duration ownCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static Map<String, Double> batches(
      Map<String, Server.Hop> before, Map<String, Server.Hop> after) {
    Map<String, Double> mean = new TreeMap<>();
    after.forEach(
        (name, hop) -> {
          Server.Hop was = before.getOrDefault(name, Server.Hop.NONE);
          long batches = hop.batches() - was.batches();
          if (batches > 0) {
            mean.put(name, (hop.events() - was.events()) / (double) batches);
          }
        });
    return mean;
  }
}
