package io.twinloom.deployer.grafana;

import static io.twinloom.deployer.grafana.Query.flag;
import static io.twinloom.deployer.grafana.Query.number;
import static io.twinloom.deployer.grafana.Query.text;
import static io.twinloom.deployer.grafana.Query.time;

import io.twinloom.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dashboards on Twinloom's own API: overview, device, tiers and operations. */
final class TwinDashboards {

  private static final Map<String, String> NONE = Map.of();

  private final String twin;

  TwinDashboards(String twin) {
    this.twin = twin;
  }

  Dashboard overview() {
    JsonObject summary =
        Query.rows(
                "summary",
                NONE,
                number("running"),
                number("unhealthyLayers"),
                number("deadLetters"),
                number("backlog"),
                number("errors"),
                number("warnings"))
            .target("A", "table");
    return new Dashboard(twin, "overview", "overview", Sources.ROWS)
        .panel(Panel.stat("Running", "1 where the twin runs.", "", summary, "running"))
        .panel(
            Panel.stat(
                "Layers unhealthy",
                "Layers whose functions do not all run.",
                "",
                summary,
                "unhealthyLayers"))
        .panel(Panel.stat("Dead letters", "Events set aside.", "", summary, "deadLetters"))
        .panel(Panel.stat("Backlog", "Events that wait.", "", summary, "backlog"))
        .panel(Panel.stat("Errors", "Invocations that failed.", "", summary, "errors"))
        .panel(Panel.stat("Warnings", "See twinloom status.", "", summary, "warnings"))
        .panel(nodeGraph())
        .panel(
            Panel.table(
                "Newest values",
                "The newest item of each device, of the first 200.",
                12,
                12,
                Query.rows(
                        "latest",
                        NONE,
                        text("device"),
                        text("property"),
                        text("text"),
                        time("time"))
                    .target("A", "table")))
        .panel(
            Panel.table(
                "Layers",
                "Where each layer is, and whether it is healthy.",
                12,
                8,
                Query.rows(
                        "layers",
                        NONE,
                        text("layer"),
                        text("cloud"),
                        flag("healthy"),
                        text("lastEvent"))
                    .target("A", "table")))
        .panel(
            Panel.table(
                "Rules",
                "How often each rule has fired, or could not be evaluated.",
                12,
                8,
                Query.rows(
                        "rules",
                        NONE,
                        number("rule"),
                        text("condition"),
                        text("does"),
                        number("fired"),
                        number("skipped"))
                    .target("A", "table")));
  }

  private static Panel nodeGraph() {
    JsonObject nodes =
        Query.rows(
                "nodes",
                NONE,
                text("id"),
                text("title"),
                text("subTitle"),
                number("mainStat"),
                number("secondaryStat"),
                number("arc__ok"),
                number("arc__error"))
            .target("A", "node-graph-nodes");
    JsonObject edges =
        Query.rows("edges", NONE, text("id"), text("source"), text("target"), text("mainStat"))
            .target("B", "node-graph-edges");
    return new Panel(
        "nodeGraph",
        "Functions",
        "Who invokes whom; invocations and errors, and the share that ended well as a ring.",
        12,
        12,
        new Panel.Content(List.of(nodes, edges), "", JsonObject.EMPTY, ""));
  }

  Dashboard device() {
    Map<String, String> range = new LinkedHashMap<>();
    range.put("device", "${device}");
    range.put("property", "${property}");
    range.put("from", Query.FROM);
    range.put("to", Query.TO);
    range.put("interval", "${__interval_ms}");
    Query values =
        Query.rows("series", range, time("time"), number("min"), number("avg"), number("max"));
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("device", "${device}");
    lines.put("from", Query.FROM);
    return new Dashboard(twin, "device", "device", Sources.ROWS)
        .variable("device", "Device", Query.rows("devices", NONE, text("device")), false)
        .variable(
            "property",
            "Property",
            Query.rows("properties", Map.of("device", "${device}"), text("property")),
            true)
        .panel(
            Panel.series(
                    "${property}",
                    "Least, average and greatest value by interval, over all tiers.",
                    12,
                    "",
                    List.of(values.target("A", "timeseries")))
                .repeated("property"))
        .panel(
            Panel.table(
                "Newest values",
                "The newest item of the device.",
                12,
                8,
                Query.rows(
                        "latest",
                        Map.of("device", "${device}"),
                        text("property"),
                        text("text"),
                        time("time"))
                    .target("A", "table")))
        .panel(
            Panel.table(
                "Log",
                "Lines of the log about the device.",
                12,
                8,
                Query.rows(
                        "logs",
                        lines,
                        time("time"),
                        text("level"),
                        text("body"),
                        text("function"),
                        text("trace"))
                    .target("A", "table")));
  }

  Dashboard tiers() {
    JsonObject sizes =
        Query.rows(
                "tiers",
                NONE,
                text("tier"),
                text("cloud"),
                number("items"),
                number("chunks"),
                number("bytes"),
                number("storedBytes"))
            .target("A", "table");
    JsonObject bars =
        JsonObject.builder().put("orientation", "horizontal").put("displayMode", "basic").build();
    return new Dashboard(twin, "tiers", "tiers", Sources.ROWS, Sources.METRICS)
        .panel(Panel.table("Tiers", "What each tier holds, and on which cloud.", 24, 6, sizes))
        .panel(
            new Panel(
                "bargauge",
                "Bytes stored",
                "What the chunks of the colder tiers take.",
                12,
                8,
                new Panel.Content(List.of(sizes), "bytes", bars, "")))
        .panel(
            Panel.series(
                "Items in the hot tier",
                "Items that wait to become old enough.",
                12,
                "short",
                List.of(Prometheus.target("A", "twinloom_tier_items", "{{tier}} on {{cloud}}"))))
        .panel(
            Panel.series(
                "Oldest hot item beyond its time",
                "More than a day says that the mover does not keep up.",
                12,
                "s",
                List.of(Prometheus.target("A", "twinloom_hot_overdue_seconds", "overdue"))));
  }

  Dashboard operations() {
    return new Dashboard(twin, "operations", "operations", Sources.METRICS)
        .panel(rate("Invocations", "twinloom_function_invocations_total", "function", "reqps"))
        .panel(
            Panel.series(
                "Failed invocations",
                "Invocations that did not end well, by function and outcome.",
                12,
                "reqps",
                List.of(
                    Prometheus.target(
                        "A",
                        "sum by (function, outcome)"
                            + " (rate(twinloom_function_invocations_total{outcome!=\"ok\"}[5m]))",
                        "{{function}} {{outcome}}"))))
        .panel(
            Panel.series(
                "Duration, 95 %",
                "The time that 95 % of invocations stay below.",
                12,
                "s",
                List.of(
                    Prometheus.target(
                        "A",
                        "histogram_quantile(0.95, sum by (function, le)"
                            + " (rate(twinloom_function_duration_seconds_bucket[5m])))",
                        "{{function}}"))))
        .panel(
            rate(
                "Requests between clouds",
                "twinloom_connection_requests_total",
                "connection",
                "reqps"))
        .panel(
            Panel.series(
                "Circuit breakers",
                "1 where a circuit breaker is open.",
                12,
                "short",
                List.of(
                    Prometheus.target("A", "twinloom_connection_circuit_open", "{{connection}}"))))
        .panel(
            Panel.series(
                "Queue",
                "Events that are accepted and not done, and how long the oldest has been on its way.",
                12,
                "short",
                List.of(
                    Prometheus.target("A", "twinloom_queue_events", "events"),
                    Prometheus.target("B", "twinloom_queue_oldest_seconds", "oldest, seconds"))))
        .panel(
            Panel.series(
                "Dead letters",
                "Events that were set aside.",
                12,
                "short",
                List.of(Prometheus.target("A", "twinloom_dead_letters", "dead letters"))))
        .panel(
            rate("Refused messages of devices", "twinloom_devices_refused_total", "code", "reqps"));
  }

  private static Panel rate(String title, String metric, String label, String unit) {
    return Panel.series(
        title,
        "A second, over five minutes.",
        12,
        unit,
        List.of(
            Prometheus.target(
                "A", "sum by (" + label + ") (rate(" + metric + "[5m]))", "{{" + label + "}}")));
  }
}
