package io.twinloom.bench;

import io.twinloom.bench.process.ProcessFigures;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one run of the pipeline gave.
 *
 * @param floors what the machine gives for each kind of floor
 * @param latencies at {@link PipelineBench#LATENCY_RATE}
 */
record PipelineResult(
    Setting setting,
    Map<FloorKind, Throughput> floors,
    Throughput full,
    Latencies latencies,
    Memory memory) {

  PipelineResult {
    floors = new EnumMap<>(floors);
  }

  /** What was run. */
  record Setting(int clouds, BenchProject.Language language) {
    String languageName() {
      return language.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the twin's process took of memory, and of time to start.
   *
   * @param ready when it was ready
   * @param idle when it had had nothing to do for a while since
   * @param loaded after the load
   */
  record Memory(
      Duration readyAfter, ProcessFigures ready, ProcessFigures idle, ProcessFigures loaded) {}

  /** For people. */
  String text() {
    return String.format(
            Locale.ROOT,
            "pipeline  clouds=%d processors=%s  %.0f events/s  cpu %.0f us/event (%.2f cores),"
                + " devices %.0f us  after %d s%n",
            setting.clouds(),
            setting.languageName(),
            full.perSecond(),
            full.cpuMicros(),
            full.cores(),
            full.devicesMicros(),
            full.warmedUp().toSeconds())
        + floors.entrySet().stream()
            .map(floor -> floorText(name(floor.getKey()) + " floor", floor.getValue()))
            .collect(Collectors.joining())
        + (full.batches().isEmpty() ? "" : "          mean batch: " + batchText() + "\n")
        + String.format(
            Locale.ROOT,
            "          at %d/s: p50 %.1f ms  p99 %.1f ms  (%d samples)%n"
                + "          ready after %.2f s  resident then %d MB  idle %d MB  peak %d MB  workers' peak"
                + " %d MB",
            PipelineBench.LATENCY_RATE,
            latencies.percentile(0.5),
            latencies.percentile(0.99),
            latencies.count(),
            memory.readyAfter().toMillis() / 1e3,
            memory.ready().megabytes(),
            memory.idle().megabytes(),
            memory.loaded().peakMegabytes(),
            memory.loaded().childrenPeakMegabytes());
  }

  private static String name(FloorKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private String floorText(String name, Throughput floor) {
    return String.format(
        Locale.ROOT,
        "          %-14s %.0f/s  ratio %.2f  cpu %.0f us/event (%.2f cores), devices %.0f us%n",
        name,
        floor.perSecond(),
        full.perSecond() / floor.perSecond(),
        floor.cpuMicros(),
        floor.cores(),
        floor.devicesMicros());
  }

  private String batchText() {
    return new TreeMap<>(full.batches())
        .entrySet().stream()
            .map(e -> e.getKey() + String.format(Locale.ROOT, " %.1f", e.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** One JSON object; later releases only add members. */
  JsonObject json() {
    JsonObject.Builder batches = JsonObject.builder();
    for (Map.Entry<String, Double> one : new TreeMap<>(full.batches()).entrySet()) {
      batches.put(one.getKey(), number(one.getValue()));
    }
    JsonObject.Builder json =
        JsonObject.builder()
            .put("bench", "pipeline")
            .put("clouds", setting.clouds())
            .put("processors", setting.languageName())
            .put("events_per_second", number(full.perSecond()))
            .put("cpu_us_per_event", number(full.cpuMicros()))
            .put("cores", number(full.cores()))
            .put("devices_cpu_us_per_event", number(full.devicesMicros()))
            .put("warmed_up_s", full.warmedUp().toSeconds());
    floors.forEach((kind, floor) -> json.put(name(kind) + "_floor", floorJson(floor)));
    return json.put("mean_batch", batches.build())
        .put("latency_rate", PipelineBench.LATENCY_RATE)
        .put("p50_ms", number(latencies.percentile(0.5)))
        .put("p99_ms", number(latencies.percentile(0.99)))
        .put("samples", latencies.count())
        .put("ready_after_ms", memory.readyAfter().toMillis())
        .put("resident_ready_mb", memory.ready().megabytes())
        .put("resident_idle_mb", memory.idle().megabytes())
        .put("resident_peak_mb", memory.loaded().peakMegabytes())
        .put("workers_peak_mb", memory.loaded().childrenPeakMegabytes())
        .build();
  }

  private JsonObject floorJson(Throughput floor) {
    return JsonObject.builder()
        .put("events_per_second", number(floor.perSecond()))
        .put("ratio", number(full.perSecond() / floor.perSecond()))
        .put("cpu_us_per_event", number(floor.cpuMicros()))
        .put("cores", number(floor.cores()))
        .put("devices_cpu_us_per_event", number(floor.devicesMicros()))
        .build();
  }

  private static JsonNumber number(double value) {
    return JsonNumber.of(Double.isFinite(value) ? Math.round(value * 1e3) / 1e3 : 0);
  }
}
