package io.twinloom.server.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.LiveTwin.DeviceActivity;
import io.twinloom.deployer.live.LiveTwin.Figures;
import io.twinloom.deployer.live.LiveTwin.Ledger;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.deployer.live.TierContents.TierSpan;
import io.twinloom.http.Response;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Routes;
import io.twinloom.server.twin.RunningTwins;
import io.twinloom.topology.DeployedFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The route of metrics: what is asked for is looked at then, and nothing is counted for it. */
public final class MetricRoutes {

  /** As status counts it. */
  private static final String RESTARTS = "user-code-restarts";

  private static final int MOST_DEVICES = 1_000;
  private static final double HALF = 0.5;

  private final RunningTwins twins;
  private final String version;
  private final InstantSource clock;
  private final ExpositionFormats formats = ExpositionFormats.init();

  public MetricRoutes(RunningTwins twins, String version, InstantSource clock) {
    this.twins = twins;
    this.version = version;
    this.clock = clock;
  }

  /** Adds the route to a table. */
  public void addTo(Routes routes) {
    routes.add("GET", "/metrics", this::scrape);
  }

  /** As text of Prometheus, or of OpenMetrics where that is asked for. */
  private Response scrape(ApiRequest request) {
    Samples samples = new Samples();
    samples.info(Metric.BUILD, version);
    twins.byId().values().forEach(twin -> collect(twin, samples));
    boolean open = request.header("accept").filter(a -> a.contains("openmetrics-text")).isPresent();
    ExpositionFormatWriter writer =
        open ? formats.getOpenMetricsTextFormatWriter() : formats.getPrometheusTextFormatWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, samples.snapshots());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Response(200, writer.getContentType(), out.toByteArray());
  }

  private void collect(RunningProject twin, Samples samples) {
    String name = twin.project().topology().twin();
    StatusReport status = twin.control().status();
    traffic(twin, name, samples);
    circuits(status, name, samples);
    measured(twin.live().measured(), name, samples);
    ledger(twin.live().ledger(LiveTwin.KEPT), name, samples);
    samples.count(Metric.USER_CODE_RESTARTS, status.counters().getOrDefault(RESTARTS, 0L), name);
    samples.gauge(Metric.QUEUE_EVENTS, status.backlog(), name);
    samples.gauge(Metric.DEAD_LETTERS, status.deadLetters(), name);
    status.tiers().forEach(tier -> tier(tier, name, samples));
    samples.gauge(Metric.HOT_OVERDUE, overdue(twin).toMillis() / 1e3, name);
    devices(twin.live().devices(), name, samples);
    for (StatusReport.RuleStatus rule : status.rules()) {
      String number = Integer.toString(rule.rule());
      samples.count(Metric.RULES_FIRED, rule.fired(), name, number);
      samples.count(Metric.RULES_SKIPPED, rule.skipped(), name, number);
    }
  }

  private static void traffic(RunningProject twin, String name, Samples samples) {
    LiveTwin.Traffic traffic = twin.live().traffic(LiveTwin.KEPT);
    for (DeployedFunction function : twin.project().topology().functions()) {
      Figures figures = traffic.functions().get(function.name());
      if (figures != null) {
        LiveTwin.Totals totals = figures.totals();
        String cloud = function.cloud().id();
        String layer = function.layer().title();
        samples.count(
            Metric.FUNCTION_INVOCATIONS,
            totals.count() - totals.errors(),
            name,
            function.name(),
            cloud,
            layer,
            "ok");
        samples.count(
            Metric.FUNCTION_INVOCATIONS,
            totals.errors(),
            name,
            function.name(),
            cloud,
            layer,
            "failed");
        samples.histogram(Metric.FUNCTION_SECONDS, totals, name, function.name(), cloud, layer);
      }
    }
    new TreeMap<>(traffic.connections())
        .forEach(
            (id, figures) -> {
              LiveTwin.Totals totals = figures.totals();
              samples.count(
                  Metric.CONNECTION_REQUESTS, totals.count() - totals.errors(), name, id, "ok");
              samples.count(Metric.CONNECTION_REQUESTS, totals.errors(), name, id, "failed");
              samples.histogram(Metric.CONNECTION_SECONDS, totals, name, id);
            });
  }

  private static void circuits(StatusReport status, String name, Samples samples) {
    for (StatusReport.ConnectionStatus connection : status.connections()) {
      double open =
          connection.state() == ConnectionState.OPEN
              ? 1
              : connection.state() == ConnectionState.PROBING ? HALF : 0;
      samples.gauge(Metric.CIRCUIT_OPEN, open, name, connection.id());
    }
  }

  private static void measured(LiveTwin.Measured ever, String name, Samples samples) {
    samples.count(Metric.MEASUREMENTS, ever.published(), name, "published");
    samples.count(Metric.MEASUREMENTS, ever.stored(), name, "stored");
    samples.count(Metric.MEASUREMENTS, ever.deadLettered(), name, "dead_lettered");
    samples.count(Metric.MEASUREMENTS, ever.filtered(), name, "filtered");
  }

  private static void ledger(Ledger ledger, String name, Samples samples) {
    samples.gauge(Metric.MEASUREMENTS_MISSING, ledger.missing(), name);
    double oldest = ledger.oldestQueued().map(d -> d.toMillis() / 1e3).orElse(0.0);
    samples.gauge(Metric.QUEUE_OLDEST, oldest, name);
  }

  private static void tier(TierSize size, String name, Samples samples) {
    String tier = size.tier().title();
    String cloud = size.cloud().id();
    switch (size) {
      case TierSize.Items hot -> samples.gauge(Metric.TIER_ITEMS, hot.items(), name, tier, cloud);
      case TierSize.Chunks colder -> {
        samples.gauge(Metric.TIER_CHUNKS, colder.chunks(), name, tier, cloud);
        samples.gauge(Metric.TIER_BYTES, colder.storedBytes(), name, tier, cloud);
      }
    }
  }

  private Duration overdue(RunningProject twin) {
    Optional<Instant> oldest =
        twin.live().tiers().tiers().stream()
            .filter(t -> t.tier().equals("hot"))
            .findFirst()
            .flatMap(TierSpan::oldest);
    Duration stays = Duration.ofDays(twin.project().project().config().hotDays());
    return oldest
        .map(o -> Duration.between(o.plus(stays), clock.instant()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  private static void devices(Map<String, DeviceActivity> devices, String name, Samples samples) {
    Map<String, Long> refused = new TreeMap<>();
    devices.values().forEach(d -> d.refused().forEach((c, n) -> refused.merge(c, n, Long::sum)));
    refused.forEach((code, n) -> samples.count(Metric.DEVICES_REFUSED, n, name, code));
    if (devices.size() > MOST_DEVICES) {
      return;
    }
    new TreeMap<>(devices)
        .forEach(
            (id, device) -> {
              samples.count(Metric.DEVICE_MESSAGES, device.messages(), name, id);
              device
                  .lastSeen()
                  .ifPresent(
                      t ->
                          samples.gauge(Metric.DEVICE_LAST_SEEN, t.toEpochMilli() / 1e3, name, id));
            });
  }
}
