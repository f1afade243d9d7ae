package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.StatusReport.FunctionStatus;
import io.twinloom.deployer.control.StatusReport.LayerStatus;
import io.twinloom.deployer.control.StatusReport.RuleStatus;
import io.twinloom.deployer.control.TierSize;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The status of a twin for people. */
final class StatusLines {

  private final StatusReport status;
  private final Output output;

  StatusLines(StatusReport status, Output output) {
    this.status = status;
    this.output = output;
  }

  List<String> all() {
    List<String> lines = new ArrayList<>();
    lines.add(
        output.paint(Paint.BOLD, status.twin())
            + " on "
            + status.target()
            + ": "
            + (status.running()
                ? output.paint(Paint.GREEN, "runs")
                : output.paint(Paint.YELLOW, "does not run")));
    lines.add("");
    status.layers().forEach(layer -> lines.add(layer(layer)));
    if (status.running()) {
      running(lines);
    }
    status.alarms().forEach(text -> lines.add(output.paint(Paint.RED, "  alarm: ") + text));
    status.warnings().forEach(text -> lines.add(output.paint(Paint.YELLOW, "  warning: ") + text));
    return lines;
  }

  private void running(List<String> lines) {
    lines.add("");
    status.functions().forEach(function -> lines.add(function(function)));
    lines.add("");
    status
        .connections()
        .forEach(c -> lines.add(String.format(Locale.ROOT, "  %-44s %s", c.id(), c.state().id())));
    lines.add("");
    status.dashboards().ifPresent(url -> lines.addAll(List.of("  dashboards  " + url, "")));
    status.tiers().forEach(tier -> lines.add(tier(tier)));
    if (!status.rules().isEmpty()) {
      lines.add("");
    }
    status.rules().forEach(rule -> lines.add(rule(rule)));
    lines.add("");
    lines.add("  waiting: " + status.backlog() + "   dead letters: " + status.deadLetters());
    status.counters().forEach((what, count) -> lines.add("  " + what + ": " + count));
  }

  private String layer(LayerStatus layer) {
    return "  "
        + output.paint(layer.healthy() ? Paint.GREEN : Paint.DIM, layer.healthy() ? "●" : "○")
        + String.format(
                Locale.ROOT,
                " %-11s %-7s %-24s %-24s %s",
                layer.layer().title(),
                layer.cloud().id(),
                address(layer, "http"),
                address(layer, "mqtt"),
                layer.lastEvent().map(t -> "last " + t).orElse(""))
            .stripTrailing();
  }

  private static String address(LayerStatus layer, String protocol) {
    return Optional.ofNullable(layer.addresses().get(protocol)).map(URI::toString).orElse("");
  }

  private static String tier(TierSize tier) {
    String name =
        String.format(Locale.ROOT, "  %-11s %-7s ", tier.tier().title(), tier.cloud().id());
    return switch (tier) {
      case TierSize.Items hot -> name + String.format(Locale.ROOT, "%,d items", hot.items());
      case TierSize.Chunks colder ->
          name
              + String.format(
                  Locale.ROOT, "%,d chunks, %,d bytes", colder.chunks(), colder.bytes());
    };
  }

  private String rule(RuleStatus rule) {
    return String.format(Locale.ROOT, "  rule %-3d %,10d fired", rule.rule(), rule.fired())
        + (rule.skipped() == 0
            ? ""
            : output.paint(
                Paint.YELLOW, String.format(Locale.ROOT, "  %,d skipped", rule.skipped())))
        + "  "
        + rule.condition()
        + output.paint(Paint.DIM, "  → " + rule.does());
  }

  private String function(FunctionStatus function) {
    String text =
        String.format(
            Locale.ROOT,
            "  %-44s %-7s %,10d run",
            function.name(),
            function.cloud().id(),
            function.invocations());
    return text
        + (function.errors() == 0
            ? ""
            : output.paint(
                Paint.RED, String.format(Locale.ROOT, "  %,d failed", function.errors())))
        + function.url().map(u -> output.paint(Paint.DIM, "  " + u)).orElse("");
  }
}
