package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Columns;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.StatusReport.FunctionStatus;
import io.twinloom.deployer.control.StatusReport.LayerStatus;
import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.deployer.control.StatusReport.Origin;
import io.twinloom.deployer.control.StatusReport.RuleStatus;
import io.twinloom.deployer.control.StoreStatus;
import io.twinloom.deployer.control.StoreStatus.DeviceSeen;
import io.twinloom.deployer.control.StoreStatus.Role;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.model.Layer;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The status of a twin for people. */
final class StatusLines {

  private static final String DEAD_LETTERS = "twinloom dead-letters";
  private static final int MOST_DEVICES = 10;

  private final StatusReport status;
  private final String named;
  private final Output output;
  private final int nameWidth;

  /**
   * @param named the twin as another command takes it, see {@link ProjectCommand#sameTwin}
   */
  StatusLines(StatusReport status, String named, Output output) {
    this.status = status;
    this.named = named;
    this.output = output;
    this.nameWidth =
        Stream.concat(
                status.functions().stream().map(FunctionStatus::name),
                status.connections().stream().map(StatusReport.ConnectionStatus::id))
            .mapToInt(Columns::of)
            .max()
            .orElse(0);
  }

  List<String> all() {
    return all("does not run");
  }

  /** Of a twin whose process is there and does not answer. */
  List<String> unanswered() {
    return all("does not answer");
  }

  private List<String> all(String otherwise) {
    List<String> lines = new ArrayList<>();
    lines.add(
        output.paint(Paint.BOLD, status.twin())
            + " on "
            + status.target()
            + ": "
            + (status.running()
                ? output.paint(Paint.GREEN, "runs")
                : output.paint(Paint.YELLOW, otherwise)));
    lines.add("");
    status.layers().forEach(layer -> lines.add(layer(layer)));
    status.stores().stream()
        .filter(store -> store.role() != Role.CURRENT)
        .forEach(store -> lines.add(store(store)));
    status.change().ifPresent(change -> lines.add(change(change)));
    status
        .change()
        .flatMap(ChangeStatus::progress)
        .ifPresent(far -> lines.add(output.paint(Paint.DIM, "  progress: ") + far.text()));
    if (status.running()) {
      running(lines);
    }
    options(lines);
    status
        .alarms()
        .forEach(
            text ->
                lines.add(
                    output.paint(Paint.RED, "  alarm: ")
                        + Printable.line(text).replace(DEAD_LETTERS, DEAD_LETTERS + " " + named)));
    status
        .warnings()
        .forEach(
            text -> lines.add(output.paint(Paint.YELLOW, "  warning: ") + Printable.line(text)));
    return lines;
  }

  /** What was given or chosen: the usual values are in the help. */
  private void options(List<String> lines) {
    List<OptionStatus> own =
        status.options().stream().filter(o -> o.origin() != Origin.DEFAULT).toList();
    if (!own.isEmpty()) {
      lines.add("");
    }
    for (OptionStatus option : own) {
      lines.add(
          "  option  "
              + Printable.line(option.name() + " " + option.value())
              + output.paint(
                  Paint.DIM, option.origin() == Origin.GIVEN ? "  given" : "  chosen, and kept"));
    }
  }

  private void running(List<String> lines) {
    lines.add("");
    // The clouds' own counts go back further; those of this machine begin with its process.
    lines.add(
        output.paint(
            Paint.DIM,
            "  functions"
                + (status.target().equals("local") ? ", counted since the twin was started" : "")));
    status.functions().forEach(function -> lines.add(function(function)));
    lines.add("");
    status.connections().forEach(c -> lines.add("  " + name(c.id()) + " " + c.state().id()));
    lines.add("");
    status.dashboards().ifPresent(url -> lines.addAll(List.of("  dashboards  " + url, "")));
    status.tiers().forEach(tier -> lines.add(tier(tier)));
    if (!status.rules().isEmpty()) {
      lines.add("");
    }
    status.rules().forEach(rule -> lines.add(rule(rule)));
    lines.add("");
    lines.add(
        "  waiting: "
            + Count.of(status.backlog())
            + "   dead letters: "
            + Count.of(status.deadLetters()));
    status
        .counters()
        .forEach((what, count) -> lines.add("  " + Printable.line(what) + ": " + Count.of(count)));
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
                // Every cloud listens, but the devices' one alone takes what they send.
                layer.layer() == Layer.L1 ? address(layer, "mqtt") : "",
                layer.lastEvent().map(t -> "last " + t).orElse(""))
            .stripTrailing();
  }

  private static String store(StoreStatus store) {
    return "  ○ "
        + store.tier().title()
        + " also on "
        + store.cloud().id()
        + ": "
        + switch (store.role()) {
          case CURRENT -> "in use";
          case PREVIOUS ->
              store.tier().isTier() ? "read; what gets too old for it leaves it" : "still in use";
          case COPYING -> "in a change";
          case RETAINED -> "kept, and neither read nor written";
          case FORWARDING -> "still lets devices in" + lastSeen(store.devices());
        };
  }

  private static String lastSeen(List<DeviceSeen> devices) {
    return devices.isEmpty()
        ? "; none was last seen there"
        : "; last seen there: "
            + devices.stream()
                .limit(MOST_DEVICES)
                .map(seen -> Printable.line(seen.device()) + " at " + seen.time())
                .collect(Collectors.joining(", "))
            + (devices.size() > MOST_DEVICES
                ? " and " + Count.of(devices.size() - MOST_DEVICES, "more", "more")
                : "");
  }

  private String change(ChangeStatus change) {
    return output.paint(Paint.YELLOW, "  change: ")
        + Printable.line(
            change.at().text()
                + " ("
                + change.state()
                + change.waitingFor().map(why -> ": " + why).orElse("")
                + ")");
  }

  private static String address(LayerStatus layer, String protocol) {
    return Optional.ofNullable(layer.addresses().get(protocol)).map(URI::toString).orElse("");
  }

  private static String tier(TierSize tier) {
    String name =
        String.format(Locale.ROOT, "  %-11s %-7s ", tier.tier().title(), tier.cloud().id());
    return switch (tier) {
      case TierSize.Items hot -> name + Count.of(hot.items(), "item");
      case TierSize.Chunks colder ->
          name + Count.of(colder.chunks(), "chunk") + ", " + Count.of(colder.bytes(), "byte");
    };
  }

  private String rule(RuleStatus rule) {
    return String.format(Locale.ROOT, "  rule %-3d %,10d fired", rule.rule(), rule.fired())
        + (rule.skipped() == 0
            ? ""
            : output.paint(
                Paint.YELLOW, String.format(Locale.ROOT, "  %,d skipped", rule.skipped())))
        + "  "
        + Printable.line(rule.condition())
        + output.paint(Paint.DIM, "  → " + Printable.line(rule.does()));
  }

  /** A name with blanks behind it, so that what follows stands in a column. */
  private String name(String name) {
    return Columns.left(name, nameWidth);
  }

  private String function(FunctionStatus function) {
    String text =
        "  "
            + name(function.name())
            + String.format(
                Locale.ROOT,
                " %-7s %,10d %s",
                function.cloud().id(),
                function.invocations(),
                Count.noun(function.invocations(), "run"));
    return text
        + (function.errors() == 0
            ? ""
            : output.paint(
                Paint.RED, String.format(Locale.ROOT, "  %,d failed", function.errors())))
        + function.url().map(u -> output.paint(Paint.DIM, "  " + u)).orElse("");
  }
}
