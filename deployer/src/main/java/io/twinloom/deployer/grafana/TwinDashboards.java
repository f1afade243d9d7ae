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
            table(
                "Newest values",
                "The newest item of each device, of the first 200.",
                12,
                Query.rows(
                    "latest", NONE, text("device"), text("property"), text("text"), time("time"))))
        .panel(
            table(
                "Layers",
                "Where each layer is, and whether it is healthy.",
                8,
                Query.rows(
                    "layers",
                    NONE,
                    text("layer"),
                    text("cloud"),
                    flag("healthy"),
                    text("lastEvent"))))
        .panel(
            table(
                "Rules",
                "How often each rule has fired, or could not be evaluated.",
                8,
                Query.rows(
                    "rules",
                    NONE,
                    number("rule"),
                    text("condition"),
                    text("does"),
                    number("fired"),
                    number("skipped"))));
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
        new Panel.Content(List.of(nodes, edges), "", JsonObject.EMPTY));
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
            table(
                "Newest values",
                "The newest item of the device.",
                8,
                Query.rows(
                    "latest",
                    Map.of("device", "${device}"),
                    text("property"),
                    text("text"),
                    time("time"))))
        .panel(
            table(
                "Log",
                "Lines of the log about the device.",
                8,
                Query.rows(
                    "logs",
                    lines,
                    time("time"),
                    text("level"),
                    text("body"),
                    text("function"),
                    text("trace"))));
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
                new Panel.Content(List.of(sizes), "bytes", bars)))
        .panel(
            curve(
                "Items in the hot tier",
                "Items that wait to become old enough.",
                "short",
                "twinloom_tier_items",
                "{{tier}} on {{cloud}}"))
        .panel(
            curve(
                "Oldest hot item beyond its time",
                "More than a day says that the mover does not keep up.",
                "s",
                "twinloom_hot_overdue_seconds",
                "overdue"));
  }

  Dashboard operations() {
    return new Dashboard(twin, "operations", "operations", Sources.METRICS)
        .panel(rate("Invocations", "twinloom_function_invocations_total", "function", "reqps"))
        .panel(
            curve(
                "Failed invocations",
                "Invocations that did not end well, by function and outcome.",
                "reqps",
                "sum by (function, outcome)"
                    + " (rate(twinloom_function_invocations_total{outcome!=\"ok\"}[5m]))",
                "{{function}} {{outcome}}"))
        .panel(
            curve(
                "Duration, 95 %",
                "The time that 95 % of invocations stay below.",
                "s",
                "histogram_quantile(0.95, sum by (function, le)"
                    + " (rate(twinloom_function_duration_seconds_bucket[5m])))",
                "{{function}}"))
        .panel(
            rate(
                "Requests between clouds",
                "twinloom_connection_requests_total",
                "connection",
                "reqps"))
        .panel(
            curve(
                "Circuit breakers",
                "1 where a circuit breaker is open.",
                "short",
                "twinloom_connection_circuit_open",
                "{{connection}}"))
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
            curve(
                "Dead letters",
                "Events that were set aside.",
                "short",
                "twinloom_dead_letters",
                "dead letters"))
        .panel(
            rate("Refused messages of devices", "twinloom_devices_refused_total", "code", "reqps"));
  }

  private static Panel rate(String title, String metric, String label, String unit) {
    return curve(
        title,
        "A second, over five minutes.",
        unit,
        "sum by (" + label + ") (rate(" + metric + "[5m]))",
        "{{" + label + "}}");
  }

  private static Panel table(String title, String description, int height, Query rows) {
    return Panel.table(title, description, 12, height, rows.target("A", "table"));
  }

  private static Panel curve(
      String title, String description, String unit, String expression, String legend) {
    return Panel.series(
        title, description, 12, unit, List.of(Prometheus.target("A", expression, legend)));
  }
}
