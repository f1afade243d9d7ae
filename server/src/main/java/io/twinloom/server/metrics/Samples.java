package io.twinloom.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.twinloom.deployer.live.LiveTwin.Totals;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects the samples of a scrape. Not for several threads. */
final class Samples {

  private static final double LEAST_SECONDS = 0.000_05;

  private final Map<Metric, List<CounterSnapshot.CounterDataPointSnapshot>> counters =
      new EnumMap<>(Metric.class);
  private final Map<Metric, List<GaugeSnapshot.GaugeDataPointSnapshot>> gauges =
      new EnumMap<>(Metric.class);
  private final Map<Metric, List<HistogramSnapshot.HistogramDataPointSnapshot>> histograms =
      new EnumMap<>(Metric.class);
  private final Map<Metric, List<InfoSnapshot.InfoDataPointSnapshot>> infos =
      new EnumMap<>(Metric.class);

  void count(Metric metric, double value, String... labels) {
    counters
        .computeIfAbsent(metric, m -> new ArrayList<>())
        .add(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .value(Math.max(0, value))
                .labels(labels(metric, labels))
                .build());
  }

  void gauge(Metric metric, double value, String... labels) {
    gauges
        .computeIfAbsent(metric, m -> new ArrayList<>())
        .add(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(labels(metric, labels))
                .build());
  }

  void histogram(Metric metric, Totals totals, String... labels) {
    List<Double> bounds = new ArrayList<>();
    for (int i = 0; i < totals.ranges().size() - 1; i++) {
      bounds.add(LEAST_SECONDS * (1L << i));
    }
    bounds.add(Double.POSITIVE_INFINITY);
    histograms
        .computeIfAbsent(metric, m -> new ArrayList<>())
        .add(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, totals.ranges()))
                .sum(totals.seconds())
                .labels(labels(metric, labels))
                .build());
  }

  void info(Metric metric, String... labels) {
    infos
        .computeIfAbsent(metric, m -> new ArrayList<>())
        .add(InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels(metric, labels)).build());
  }

  private static Labels labels(Metric metric, String... values) {
    return Labels.of(metric.labels(), List.of(values));
  }

  MetricSnapshots snapshots() {
    List<MetricSnapshot> all = new ArrayList<>();
    counters.forEach(
        (m, points) -> {
          CounterSnapshot.Builder one = CounterSnapshot.builder().name(m.base()).help(m.help());
          points.forEach(one::dataPoint);
          all.add(one.build());
        });
    gauges.forEach(
        (m, points) -> {
          GaugeSnapshot.Builder one = GaugeSnapshot.builder().name(m.base()).help(m.help());
          points.forEach(one::dataPoint);
          all.add(one.build());
        });
    histograms.forEach(
        (m, points) -> {
          HistogramSnapshot.Builder one = HistogramSnapshot.builder().name(m.base()).help(m.help());
          points.forEach(one::dataPoint);
          all.add(one.build());
        });
    infos.forEach(
        (m, points) -> {
          InfoSnapshot.Builder one = InfoSnapshot.builder().name(m.base()).help(m.help());
          points.forEach(one::dataPoint);
          all.add(one.build());
        });
    return new MetricSnapshots(all);
  }
}
