package io.twinloom.cli.command;

import io.twinloom.cli.ExitCode;
import io.twinloom.cli.Output;
import io.twinloom.cli.Paint;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.StatusReport;
import io.twinloom.deployer.Target;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.local.deploy.LocalDeployError;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code status}: how the twin is. */
@Command(name = "status", description = "Say how the twin is, layer by layer.")
final class StatusCommand extends DeployedCommand {

  @Override
  protected int run(Output output) throws Exception {
    Target target = target();
    List<String> warnings = target.warnings();
    Optional<DeployedTwin> running = target.deployed();
    if (running.isPresent()) {
      try {
        return told(running.get().status(), output);
      } catch (TwinloomException e) {
        if (e.error() != LocalDeployError.LOCAL_UNREACHABLE) {
          throw e;
        }
        // It was killed just now, or hangs: that is its status.
        warnings = List.of(e.what() + " " + e.fix());
      }
    }
    List<String> known = warnings;
    return withProject(
        output,
        project -> told(StatusReport.ofStopped(target.name(), project, known).toJson(), output));
  }

  private static int told(JsonObject status, Output output) {
    output.result(status, lines(status, output));
    return ExitCode.DONE;
  }

  private static List<String> lines(JsonObject status, Output output) {
    List<String> lines = new ArrayList<>();
    boolean running = status.get("running") == JsonBoolean.TRUE;
    lines.add(
        output.paint(Paint.BOLD, status.text("twin").orElse(""))
            + " on "
            + status.text("target").orElse("")
            + ": "
            + (running
                ? output.paint(Paint.GREEN, "runs")
                : output.paint(Paint.YELLOW, "does not run")));
    lines.add("");
    for (JsonObject layer : objects(status, "layers")) {
      boolean healthy = layer.get("healthy") == JsonBoolean.TRUE;
      lines.add(
          "  "
              + output.paint(healthy ? Paint.GREEN : Paint.DIM, healthy ? "●" : "○")
              + String.format(
                      Locale.ROOT,
                      " %-11s %-7s %-24s %-24s %s",
                      layer.text("layer").orElse(""),
                      layer.text("cloud").orElse(""),
                      layer.text("http").orElse(""),
                      layer.text("mqtt").orElse(""),
                      layer.text("lastEvent").map(t -> "last " + t).orElse(""))
                  .stripTrailing());
    }
    if (running) {
      lines.add("");
      for (JsonObject function : objects(status, "functions")) {
        lines.add(function(function, output));
      }
      lines.add("");
      for (JsonObject connection : objects(status, "connections")) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-44s %s",
                connection.text("id").orElse(""),
                connection.text("state").orElse("")));
      }
      lines.add("");
      status.text("dashboards").ifPresent(url -> lines.addAll(List.of("  dashboards  " + url, "")));
      objects(status, "tiers").forEach(tier -> lines.add(tier(tier)));
      List<JsonObject> rules = objects(status, "rules");
      if (!rules.isEmpty()) {
        lines.add("");
      }
      rules.forEach(rule -> lines.add(rule(rule, output)));
      lines.add("");
      lines.add(
          "  waiting: " + status.get("backlog") + "   dead letters: " + status.get("deadLetters"));
      status
          .object("counters")
          .orElse(JsonObject.EMPTY)
          .members()
          .forEach((what, count) -> lines.add("  " + what + ": " + count));
    }
    texts(status, "alarms").forEach(text -> lines.add(output.paint(Paint.RED, "  alarm: ") + text));
    texts(status, "warnings")
        .forEach(text -> lines.add(output.paint(Paint.YELLOW, "  warning: ") + text));
    return lines;
  }

  private static List<String> texts(JsonObject status, String name) {
    return status.array(name).orElse(JsonArray.EMPTY).values().stream()
        .map(text -> text instanceof JsonString s ? s.value() : text.toString())
        .toList();
  }

  private static String tier(JsonObject tier) {
    String name =
        String.format(
            Locale.ROOT,
            "  %-11s %-7s ",
            tier.text("tier").orElse(""),
            tier.text("cloud").orElse(""));
    return tier.has("items")
        ? name + String.format(Locale.ROOT, "%,d items", number(tier, "items"))
        : name
            + String.format(
                Locale.ROOT,
                "%,d chunks, %,d bytes",
                number(tier, "chunks"),
                number(tier, "bytes"));
  }

  private static String rule(JsonObject rule, Output output) {
    long skipped = number(rule, "skipped");
    return String.format(
            Locale.ROOT, "  rule %-3d %,10d fired", number(rule, "rule"), number(rule, "fired"))
        + (skipped == 0
            ? ""
            : output.paint(Paint.YELLOW, String.format(Locale.ROOT, "  %,d skipped", skipped)))
        + "  "
        + rule.text("condition").orElse("")
        + output.paint(Paint.DIM, "  → " + rule.text("does").orElse(""));
  }

  private static String function(JsonObject function, Output output) {
    String text =
        String.format(
            Locale.ROOT,
            "  %-44s %-7s %,10d run",
            function.text("name").orElse(""),
            function.text("cloud").orElse(""),
            number(function, "invocations"));
    long errors = number(function, "errors");
    return text
        + (errors == 0
            ? ""
            : output.paint(Paint.RED, String.format(Locale.ROOT, "  %,d failed", errors)))
        + function.text("url").map(u -> output.paint(Paint.DIM, "  " + u)).orElse("");
  }

  private static long number(JsonObject object, String name) {
    return object.get(name) instanceof JsonNumber n ? n.asDecimal().longValue() : 0;
  }

  private static List<JsonObject> objects(JsonObject status, String name) {
    return status.array(name).orElse(JsonArray.EMPTY).values().stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }
}
