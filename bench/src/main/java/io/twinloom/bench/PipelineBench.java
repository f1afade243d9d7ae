package io.twinloom.bench;

import io.twinloom.bench.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The whole pipeline: ten devices publish 300 bytes of JSON at QoS 1; half have a processor, the
 * others pass through. Throughput: as fast as the twin stores, with a bounded number on the way.
 * Latency: at 500 events/s, from the publish to the moment when the reader of the hot store gives
 * the item.
 */
final class PipelineBench {

  /** Events a second while latencies are measured. */
  static final int LATENCY_RATE = 500;

  private static final int SAMPLE_EVERY = 10;
  private static final Duration LATENCY_WARM_UP = Duration.ofSeconds(10);
  private static final Duration LATENCY_AT_MOST = Duration.ofSeconds(30);

  /** A twin that has had nothing to do for so long is idle. */
  private static final Duration IDLE = Duration.ofSeconds(20);

  private final Path launcher;
  private final FullLoad load;
  private final Duration measured;

  PipelineBench(Path launcher, Duration warmUp, Duration measured) {
    this.launcher = launcher;
    this.load = new FullLoad(warmUp, measured);
    this.measured = measured;
  }

  PipelineResult run(int clouds, BenchProject.Language language)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("twinloom-bench");
    try {
      Map<FloorKind, Throughput> floors = new EnumMap<>(FloorKind.class);
      for (FloorKind kind : FloorKind.values()) {
        floors.put(kind, floor(kind, clouds, folder.resolve("floor-" + kind)));
      }
      Path project = folder.resolve("project");
      BenchProject.write(project, clouds, language);
      try (TwinProcess twin =
          TwinProcess.start(launcher, project, folder.resolve("data"), clouds)) {
        ProcessFigures ready = ProcessFigures.of(twin.process());
        Thread.sleep(IDLE);
        ProcessFigures idle = ProcessFigures.of(twin.process());
        Throughput full = load.on(twin);
        Latencies latencies = latencies(twin);
        return new PipelineResult(
            new PipelineResult.Setting(clouds, language),
            floors,
            full,
            latencies,
            new PipelineResult.Memory(
                twin.readyAfter(), ready, idle, ProcessFigures.of(twin.process())));
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private Throughput floor(FloorKind kind, int clouds, Path folder)
      throws IOException, InterruptedException {
    try (FloorProcess server = FloorProcess.start(kind, clouds, folder)) {
      return load.on(server);
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
}
