package io.twinloom.cli.demo;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.model.Device;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.UserCode;
import io.twinloom.topology.Connection;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The twin in a terminal, drawn over itself again and again. Not for several threads. */
final class LiveView implements AutoCloseable {

  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final int MOST_EVENTS = 6;
  private static final Pattern PAINT = Pattern.compile("\u001b\\[[0-9]*m");

  /** What is shown besides the values. */
  record Numbers(double perSecond, Optional<Double> median, StatusReport status, Duration since) {}

  private final PreparedProject project;
  private final List<String> invitation;
  private final Output output;
  private final PrintStream out;
  private int drawn;

  LiveView(PreparedProject project, List<String> invitation, Output output) {
    this.project = project;
    this.invitation = List.copyOf(invitation);
    this.output = output;
    this.out = output.terminal().out();
    out.print(HIDE_CURSOR);
  }

  void draw(LatestValues values, DemoEvents events, TierDemo tiers, Numbers numbers) {
    List<String> lines = lines(values, events, tiers, numbers);
    int rows = Math.max(10, output.terminal().rows() - 1);
    StringBuilder frame = new StringBuilder(4_096);
    if (drawn > 0) {
      frame.append("\u001b[").append(drawn).append('A').append('\r');
    }
    drawn = Math.min(rows, lines.size());
    for (String line : lines.subList(0, drawn)) {
      frame.append(cut(line)).append(CLEAR_LINE).append('\n');
    }
    out.print(frame.append(CLEAR_BELOW));
    out.flush();
  }

  /** The lines of one picture, see {@code docs/quickstart.md}. */
  List<String> lines(LatestValues values, DemoEvents events, TierDemo tiers, Numbers numbers) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "  "
            + output.paint(Paint.BOLD, project.topology().twin())
            + output.paint(Paint.DIM, "  one twin over three clouds, all of them on this machine")
            + output.paint(
                Paint.DIM, String.format(Locale.ROOT, "   %d s", numbers.since().toSeconds())));
    lines.add("");
    lines.add(way());
    lines.add(crossings(numbers.status()));
    lines.add("");
    for (Device device : project.project().devices()) {
      lines.addAll(device(device, values));
    }
    lines.add("");
    // What does not fit is cut off at the end, and the end says how to go on: events give way.
    int below = 6 + invitation.size();
    int room = output.terminal().rows() - 1 - lines.size() - below - 2;
    lines.addAll(events(events, numbers.status(), Math.clamp(room, 1, MOST_EVENTS)));
    lines.add("  tiers       " + tiers.tiers(output::paint));
    lines.add("  history     " + tiers.history(output::paint));
    lines.add("");
    lines.add(numbers(numbers));
    lines.add("");
    lines.addAll(invitation);
    return lines;
  }

  private String way() {
    StringBuilder way = new StringBuilder("  devices ");
    Optional<Provider> before = Optional.empty();
    for (Layer layer : List.of(Layer.L1, Layer.L2, Layer.L3_HOT)) {
      Provider cloud = project.project().placement().of(layer).orElseThrow();
      boolean crosses = before.isPresent() && !before.get().equals(cloud);
      way.append(
          before.isEmpty() ? "─MQTT→ " : crosses ? output.paint(Paint.CYAN, " ══HTTP⇒ ") : " ─→ ");
      way.append(output.paint(Paint.BOLD, cloud.id())).append(' ').append(what(layer));
      before = Optional.of(cloud);
    }
    return way.toString();
  }

  private static String what(Layer layer) {
    return switch (layer) {
      case L1 -> "takes in";
      case L2 -> "runs your code";
      default -> "stores";
    };
  }

  /** How often each cloud has called each other one. */
  private String crossings(StatusReport status) {
    Map<String, Long> calls = new LinkedHashMap<>();
    for (Connection connection : project.topology().connections()) {
      if (!connection.senders().isEmpty()) {
        calls.merge(
            connection.from().id() + " ⇒ " + connection.to().id(),
            invocations(status, connection.receiver().name()),
            Long::sum);
      }
    }
    List<String> counts = new ArrayList<>();
    calls.forEach(
        (clouds, count) ->
            counts.add(
                clouds + " " + output.paint(Paint.CYAN, String.format(Locale.ROOT, "%,d", count))));
    return "  crossed, each with its token:  " + String.join("   ", counts);
  }

  private List<String> device(Device device, LatestValues values) {
    List<String> lines = new ArrayList<>();
    String name = device.id();
    String code = language(device);
    for (LatestValues.Shown shown : values.of(device)) {
      lines.add(
          "  "
              + output.paint(Paint.BOLD, String.format(Locale.ROOT, "%-11s", name))
              + output.paint(Paint.DIM, String.format(Locale.ROOT, "%-7s", code))
              + (shown.made() ? output.paint(Paint.MAGENTA, "+ ") : "  ")
              + String.format(Locale.ROOT, "%-24s", shown.property())
              + output.paint(Paint.GREEN, String.format(Locale.ROOT, "%10s", shown.value()))
              + "  "
              + output.paint(Paint.BLUE, shown.picture()));
      name = "";
      code = "";
    }
    if (lines.isEmpty()) {
      lines.add(
          "  "
              + output.paint(Paint.BOLD, String.format(Locale.ROOT, "%-11s", name))
              + output.paint(Paint.DIM, "waiting for its first value ..."));
    }
    return lines;
  }

  private List<String> events(DemoEvents events, StatusReport status, int atMost) {
    if (status.rules().isEmpty()) {
      return List.of();
    }
    List<String> counts = new ArrayList<>();
    for (StatusReport.RuleStatus rule : status.rules()) {
      counts.add(
          "rule "
              + rule.rule()
              + " fired "
              + output.paint(Paint.YELLOW, String.format(Locale.ROOT, "%,d", rule.fired())));
    }
    List<String> lines = new ArrayList<>();
    lines.add("  events      " + String.join("   ", counts));
    for (DemoEvents.DemoEvent event : events.recent(atMost)) {
      lines.add(
          "  "
              + output.paint(Paint.DIM, clock(event.time()))
              + "  "
              + switch (event.kind()) {
                case RULE -> output.paint(Paint.YELLOW, "! " + event.who()) + "  fires: ";
                case SAID -> output.paint(Paint.MAGENTA, "+ " + event.who()) + "  ";
                case COMMAND -> output.paint(Paint.CYAN, "⇐ " + event.who()) + "  receives ";
              }
              + event.text());
    }
    lines.add("");
    return lines;
  }

  /** The time of day of an ISO 8601 instant, to the second. */
  private static String clock(String time) {
    return time.length() > 19 ? time.substring(11, 19) : time;
  }

  private String language(Device device) {
    return project
        .project()
        .processorOf(device.id())
        .or(project.project()::defaultProcessor)
        .map(UserCode::form)
        .map(f -> f.isPython() ? "Python" : "Java")
        .orElse("");
  }

  private String numbers(Numbers numbers) {
    long dead = numbers.status().deadLetters();
    return "  "
        + output.paint(Paint.BOLD, String.format(Locale.ROOT, "%.1f events/s", numbers.perSecond()))
        + "   device to store "
        + output.paint(
            Paint.BOLD,
            numbers.median().map(m -> String.format(Locale.ROOT, "%.1f ms", m)).orElse("-"))
        + " (median)   waiting "
        + numbers.status().backlog()
        + "   dead letters "
        + (dead == 0 ? "0" : output.paint(Paint.RED, String.valueOf(dead)))
        + "   "
        + output.paint(Paint.MAGENTA, "+")
        + output.paint(Paint.DIM, " made by your code");
  }

  private static long invocations(StatusReport status, String function) {
    return status.functions().stream()
        .filter(f -> f.name().equals(function))
        .mapToLong(StatusReport.FunctionStatus::invocations)
        .sum();
  }

  /** A line that is wider than the terminal would take two, and spoil the picture. */
  private String cut(String line) {
    int width = output.terminal().columns();
    if (PAINT.matcher(line).replaceAll("").length() <= width) {
      return line;
    }
    StringBuilder cut = new StringBuilder(line.length());
    int shown = 0;
    for (int i = 0; i < line.length() && shown < width; i++) {
      if (line.charAt(i) == '\u001b') {
        int end = line.indexOf('m', i);
        cut.append(line, i, end + 1);
        i = end;
      } else {
        cut.append(line.charAt(i));
        shown++;
      }
    }
    return cut.append(line.indexOf('\u001b') >= 0 ? "\u001b[0m" : "").toString();
  }

  @Override
  public void close() {
    out.print(SHOW_CURSOR);
    out.flush();
  }
}
