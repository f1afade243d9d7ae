package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Columns;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code traces}: the recent traces, or one as a waterfall. */
@Command(
    name = "traces",
    description = {
      "List recent traces, or draw one as a waterfall.",
      "",
      "  twinloom traces my-twin --device sensor-1",
      "  twinloom traces my-twin 7c1f2c1e-…",
      "  twinloom traces my-twin 7c1f2c1e-… --otlp --json > trace.json"
    })
final class TracesCommand extends RunningTwinCommand {

  private static final int BAR = 40;

  @Parameters(
      index = "1",
      arity = "0..1",
      converter = TraceArgument.class,
      paramLabel = "ID",
      description = "One trace.")
  private @Nullable String id;

  @Option(
      names = "--device",
      converter = DeviceArgument.class,
      paramLabel = "ID",
      description = "Only traces of this device.")
  private @Nullable String device;

  @Option(names = "--failed", description = "Only traces that did not end well.")
  private boolean failed;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many (default: 20).")
  private int limit = 20;

  @Option(names = "--otlp", description = "The trace as OTLP JSON.")
  private boolean otlp;

  @Override
  protected int run(Output output) throws Exception {
    if (id == null) {
      return list(output);
    }
    if (otlp) {
      JsonObject trace = client().readRoot(List.of("traces", id), Map.of("format", "otlp"));
      output.result(trace, List.of(trace.toString()));
      return ExitCode.DONE;
    }
    JsonObject trace = client().readRoot(List.of("traces", id), Map.of());
    output.result(trace, waterfall(trace, output));
    return ExitCode.DONE;
  }

  private int list(Output output) {
    Map<String, String> asked = new LinkedHashMap<>();
    if (device != null) {
      asked.put("device", device);
    }
    if (failed) {
      asked.put("outcome", "failed");
    }
    asked.put("limit", Integer.toString(limit));
    JsonObject traces = client().read(List.of("traces"), asked);
    List<String> lines = new ArrayList<>();
    for (JsonObject trace : objects(traces, "items")) {
      lines.add(
          text(trace, "started")
              + "  "
              + output.paint(Paint.BOLD, text(trace, "id"))
              + String.format(
                  Locale.ROOT,
                  "  %8.1f ms  %s %s",
                  number(trace, "ms"),
                  Columns.left(Printable.line(text(trace, "device")), 20),
                  outcome(text(trace, "outcome"), output)));
    }
    if (lines.isEmpty()) {
      lines.add("The log has no trace like this.");
    }
    output.result(traces, lines);
    return ExitCode.DONE;
  }

  private static String outcome(String outcome, Output output) {
    return outcome.equals("ok") ? outcome : output.paint(Paint.RED, outcome);
  }

  private static List<String> waterfall(JsonObject trace, Output output) {
    double whole = Math.max(0.001, number(trace, "ms"));
    List<String> lines = new ArrayList<>();
    lines.add(
        output.paint(Paint.BOLD, text(trace, "id"))
            + String.format(
                Locale.ROOT, "  %.1f ms  %s", whole, Printable.line(text(trace, "device"))));
    for (JsonObject span : objects(trace, "spans")) {
      lines.add(row(span, whole, output));
      if (!text(span, "outcome").equals("ok")) {
        lines.add("      " + output.paint(Paint.RED, text(span, "outcome")));
      }
    }
    lines.add(output.paint(Paint.DIM, "= is the critical path, * was tried again"));
    return lines;
  }

  private static String row(JsonObject span, double whole, Output output) {
    int from = (int) Math.clamp(number(span, "startMs") / whole * BAR, 0, BAR - 1);
    int length = (int) Math.clamp(Math.ceil(number(span, "ms") / whole * BAR), 1, BAR - from);
    boolean critical = span.get("critical") == JsonBoolean.TRUE;
    String bar =
        " ".repeat(from) + (critical ? "=" : "-").repeat(length) + " ".repeat(BAR - from - length);
    String name =
        "  ".repeat((int) number(span, "depth"))
            + text(span, "function")
            + (number(span, "attempt") > 1 ? "*" : "");
    return String.format(
            Locale.ROOT, "%-8s%s", text(span, "cloud"), Columns.left(Printable.cut(name, 45), 46))
        + "|"
        + (critical ? output.paint(Paint.CYAN, bar) : bar)
        + String.format(Locale.ROOT, "| %8.1f ms", number(span, "ms"));
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElse("");
  }

  private static double number(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber n ? n.asDouble() : 0;
  }

  private static List<JsonObject> objects(JsonObject json, String name) {
    List<JsonObject> all = new ArrayList<>();
    for (JsonValue value : json.array(name).orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject object) {
        all.add(object);
      }
    }
    return all;
  }
}
