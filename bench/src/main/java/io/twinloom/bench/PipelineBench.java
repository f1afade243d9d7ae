package io.twinloom.bench;

import io.twinloom.bench.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The whole pipeline: ten devices publish 300 bytes of JSON at QoS 1; half have a processor, the
 * others pass through. Throughput: as fast as the twin stores, with a bounded number on the way.
 * Latency: at 500 events/s, from the publish to the moment when the reader of the hot store gives
 * the item.
 */
final class PipelineBench {

  /** Acknowledged and not yet stored: more would measure the disk, not the pipeline. */
  private static final long MOST_OUTSTANDING = 4_000;

  private static final int LATENCY_RATE = 500;
  private static final int SAMPLE_EVERY = 10;
  private static final Duration LATENCY_WARM_UP = Duration.ofSeconds(10);
  private static final Duration LATENCY_AT_MOST = Duration.ofSeconds(30);

  private final Path launcher;
  private final Duration warmUp;
  private final Duration measured;

  PipelineBench(Path launcher, Duration warmUp, Duration measured) {
    this.launcher = launcher;
    this.warmUp = warmUp;
    this.measured = measured;
  }

  void run(int clouds, BenchProject.Language language) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("twinloom-bench");
    try {
      double floor = floor(clouds, folder.resolve("floor"));
      Path project = folder.resolve("project");
      BenchProject.write(project, clouds, language);
      try (TwinProcess twin =
          TwinProcess.start(launcher, project, folder.resolve("data"), clouds)) {
        ProcessFigures idle = ProcessFigures.of(twin.process());
        Throughput full = throughput(twin);
        Latencies latencies = latencies(twin);
        report(
            clouds,
            language,
            floor,
            full,
            latencies,
            idle,
            ProcessFigures.of(twin.process()),
            twin);
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private double floor(int clouds, Path folder) throws IOException, InterruptedException {
    try (FloorProcess server = FloorProcess.start(clouds, folder)) {
      return throughput(server).perSecond();
    }
  }

  /** Events stored per second, and the processor time of each in microseconds. */
  private record Throughput(double perSecond, double cpuMicros, double cores) {}

  private Throughput throughput(Server server) throws InterruptedException {
    AtomicLong stored = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    Thread watcher =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    while (!over.get()) {
                      stored.set(server.stored());
                      TimeUnit.MILLISECONDS.sleep(100);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    try (Fleet fleet = Fleet.connect(server.broker(), server.twin(), BenchProject.devices())) {
      fleet.publishAtFullSpeed(warmUp, stored::get, MOST_OUTSTANDING);
      Duration cpuBefore = ProcessFigures.of(server.process()).cpu();
      long before = server.stored();
      long begun = System.nanoTime();
      fleet.publishAtFullSpeed(measured, stored::get, MOST_OUTSTANDING);
      long events = server.stored() - before;
      double seconds = (System.nanoTime() - begun) / 1e9;
      Duration cpu = ProcessFigures.of(server.process()).cpu().minus(cpuBefore);
      return new Throughput(
          events / seconds,
          cpu.toNanos() / 1e3 / Math.max(1, events),
          cpu.toNanos() / 1e9 / seconds);
    } finally {
      over.set(true);
      watcher.join();
    }
  }

  private Latencies latencies(TwinProcess twin) throws IOException, InterruptedException {
    Duration duration = measured.compareTo(LATENCY_AT_MOST) < 0 ? measured : LATENCY_AT_MOST;
    try (Fleet fleet = Fleet.connect(twin.broker(), twin.twin(), BenchProject.devices());
        ReadableProbe probe = new ReadableProbe(twin.hotReader(), twin.hotReaderToken())) {
      // What the full load left on the way ends first, and the probe's own code gets compiled.
      fleet.publishAtRate(LATENCY_RATE, LATENCY_WARM_UP, SAMPLE_EVERY, probe::lookFor);
      probe.count();
      fleet.publishAtRate(LATENCY_RATE, duration, SAMPLE_EVERY, probe::lookFor);
      return probe.latencies();
    }
  }

  private static void report(
      int clouds,
      BenchProject.Language language,
      double floor,
      Throughput full,
      Latencies latencies,
      ProcessFigures idle,
      ProcessFigures loaded,
      TwinProcess twin) {
    System.out.printf(
        Locale.ROOT,
        "pipeline  clouds=%d processors=%s  %.0f events/s  floor %.0f  ratio %.2f  cpu %.0f"
            + " us/event (%.2f cores)%n          at %d/s: p50 %.1f ms  p99 %.1f ms  (%d samples)%n "
            + "         ready after %.2f s  resident idle %d MB  peak %d MB  workers' peak %d MB%n",
        clouds,
        language.name().toLowerCase(Locale.ROOT),
        full.perSecond(),
        floor,
        full.perSecond() / floor,
        full.cpuMicros(),
        full.cores(),
        LATENCY_RATE,
        latencies.percentile(0.5),
        latencies.percentile(0.99),
        latencies.count(),
        twin.readyAfter().toMillis() / 1e3,
        idle.megabytes(),
        loaded.peakMegabytes(),
        loaded.childrenPeakMegabytes());
  }
}
