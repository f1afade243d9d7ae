package io.twinloom.cli.demo;

import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.Tty.Size;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.text.Count;
import io.twinloom.topology.Connection;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The twin in one picture that fits its window. What the product is about comes first: the way over
 * the clouds, events, tiers and the history stay whatever the window's size; in a small one the
 * values are short, and what to type next is behind a key.
 */
final class Picture {

  private static final int MOST_EVENTS = 6;

  /** So many events are worth more than the values' curves. */
  private static final int EVENTS_BEFORE_CURVES = 3;

  /** What is shown besides the values. */
  record Numbers(double perSecond, Optional<Double> median, StatusReport status, Duration since) {}

  /** All that is shown. */
  record Content(LatestValues latest, DemoEvents events, TierDemo tiers, Numbers numbers) {}

  /** What the viewer has chosen by a key. */
  enum Page {
    VALUES,
    INVITATION,
    KEYS
  }

  private final Project project;
  private final Topology topology;
  private final List<String> invitation;
  private final BiFunction<Paint, String, String> painted;
  private final ValueLines values;
  private final EventLines happened;

  /**
   * @param invitation what to type to use the twin
   * @param painted paints a text where colours may be
   */
  Picture(
      Project project,
      Topology topology,
      List<String> invitation,
      BiFunction<Paint, String, String> painted) {
    this.project = project;
    this.topology = topology;
    this.invitation = List.copyOf(invitation);
    this.painted = painted;
    this.values = new ValueLines(project, painted);
    this.happened = new EventLines(painted);
  }

  /**
   * The lines of one picture, see {@code docs/quickstart.md}; at most as many as the window has.
   */
  List<String> lines(Size size, Content content, Page page, boolean paused) {
    List<String> head = head(size, content.numbers());
    List<String> foot = foot(size, content.tiers(), content.numbers(), paused);
    int room = size.rows() - head.size() - foot.size();
    List<String> body =
        switch (page) {
          case KEYS -> keys();
          case INVITATION -> invitation;
          case VALUES -> body(size, room, content);
        };
    List<String> lines = new ArrayList<>(head);
    lines.addAll(body.subList(0, Math.clamp(room, 0, body.size())));
    lines.addAll(foot);
    return lines.stream()
        .limit(size.rows())
        .map(line -> Fitting.cut(line, size.columns()))
        .toList();
  }

  private List<String> head(Size size, Numbers numbers) {
    List<String> head = new ArrayList<>();
    String since = String.format(Locale.ROOT, "%d s", numbers.since().toSeconds());
    head.add(
        "  "
            + painted.apply(Paint.BOLD, topology.twin())
            + painted.apply(
                Paint.DIM,
                size.columns() >= 78
                    ? "  one twin over three clouds, all of them on this machine   " + since
                    : "  one twin over three clouds   " + since));
    if (size.rows() >= 30) {
      head.add("");
    }
    head.add(way(size.columns()));
    head.addAll(
        Fitting.wrapped("  crossed   ", crossings(numbers.status()), "   ", size.columns()));
    if (size.rows() >= 22) {
      head.add("");
    }
    return head;
  }

  private List<String> foot(Size size, TierDemo tiers, Numbers numbers, boolean paused) {
    List<String> foot = new ArrayList<>();
    foot.add(
        Fitting.first(
            size.columns(),
            List.of(
                "  tiers       " + tiers.tiers(painted),
                "  tiers       " + tiers.tiers(painted, true),
                "  tiers  " + tiers.tiers(painted, true))));
    foot.add(
        Fitting.first(
            size.columns(),
            List.of(
                "  history     " + tiers.history(painted),
                "  history     " + tiers.history(painted, ", in one answer"),
                "  history  " + tiers.history(painted, ""))));
    if (size.rows() >= 26) {
      foot.add("");
    }
    foot.addAll(Fitting.wrapped("  ", numbers(numbers), "   ", size.columns()).subList(0, 1));
    foot.add(keyLine(paused));
    return foot;
  }

  private List<String> body(Size size, int room, Content content) {
    LatestValues latest = content.latest();
    StatusReport status = content.numbers().status();
    boolean withEvents = !status.rules().isEmpty();
    int eventRows = withEvents ? 1 + EVENTS_BEFORE_CURVES : 0;
    List<String> shown = values.full(latest, size.columns());
    if (shown.size() + eventRows > room) {
      shown = values.brief(latest, size.columns());
    }
    List<String> body = new ArrayList<>(shown);
    int left = room - body.size();
    if (withEvents) {
      int blanks = left > eventRows + 1 ? 1 : 0;
      int most = Math.clamp(left - blanks - 1L, 0, MOST_EVENTS);
      List<String> lines = happened.lines(content.events(), status, most);
      addWithBlank(body, lines, blanks);
    }
    left = room - body.size();
    if (left >= 2) {
      body.add("");
      left--;
    }
    if (left > invitation.size() + 1) {
      body.addAll(invitation);
      body.add("");
    }
    return body;
  }

  private static void addWithBlank(List<String> body, List<String> lines, int blanks) {
    for (int i = 0; i < blanks; i++) {
      body.add("");
    }
    body.addAll(lines);
  }

  private String way(int columns) {
    StringBuilder way = new StringBuilder("  devices ");
    boolean narrow = columns < 78;
    Optional<Provider> before = Optional.empty();
    for (Layer layer : List.of(Layer.L1, Layer.L2, Layer.L3_HOT)) {
      Provider cloud = project.placement().of(layer).orElseThrow();
      boolean crosses = before.isPresent() && !before.get().equals(cloud);
      String arrow = narrow ? " ⇒ " : " ══HTTP⇒ ";
      String first = columns < 66 ? "→ " : "─MQTT→ ";
      way.append(before.isEmpty() ? first : crosses ? painted.apply(Paint.CYAN, arrow) : " ─→ ");
      way.append(painted.apply(Paint.BOLD, cloud.id())).append(' ').append(what(layer, narrow));
      before = Optional.of(cloud);
    }
    return way.toString();
  }

  private static String what(Layer layer, boolean narrow) {
    return switch (layer) {
      case L1 -> "takes in";
      case L2 -> narrow ? "runs code" : "runs your code";
      default -> "stores";
    };
  }

  /** How often each cloud has called each other one. */
  private List<String> crossings(StatusReport status) {
    Map<String, Long> calls = new LinkedHashMap<>();
    for (Connection connection : topology.connections()) {
      if (!connection.senders().isEmpty()) {
        calls.merge(
            connection.from().id() + " ⇒ " + connection.to().id(),
            invocations(status, connection.receiver().name()),
            Long::sum);
      }
    }
    List<String> counts = new ArrayList<>();
    calls.forEach(
        (clouds, count) -> counts.add(clouds + " " + painted.apply(Paint.CYAN, Count.of(count))));
    return counts;
  }

  private static long invocations(StatusReport status, String function) {
    return status.functions().stream()
        .filter(f -> f.name().equals(function))
        .mapToLong(StatusReport.FunctionStatus::invocations)
        .sum();
  }

  private List<String> numbers(Numbers numbers) {
    long dead = numbers.status().deadLetters();
    return List.of(
        painted.apply(Paint.BOLD, String.format(Locale.ROOT, "%.1f events/s", numbers.perSecond())),
        "device to store "
            + painted.apply(
                Paint.BOLD,
                numbers.median().map(m -> String.format(Locale.ROOT, "%.1f ms", m)).orElse("-"))
            + " (median)",
        "waiting " + Count.of(numbers.status().backlog()),
        "dead letters " + (dead == 0 ? "0" : painted.apply(Paint.RED, Count.of(dead))),
        painted.apply(Paint.MAGENTA, "+") + painted.apply(Paint.DIM, " made by your code"));
  }

  private String keyLine(boolean paused) {
    return painted.apply(Paint.DIM, "  q end   i use it yourself   space ")
        + (paused
            ? painted.apply(Paint.YELLOW, "go on (the picture stands still)")
            : painted.apply(Paint.DIM, "pause"))
        + painted.apply(Paint.DIM, "   ? keys");
  }

  private static List<String> keys() {
    return List.of(
        "  q, Ctrl-C   end the demo; the project and its data stay",
        "  i           what to type in another terminal: be a device, read, look around",
        "  space       let the picture stand still, or go on; the twin runs meanwhile",
        "  v           back to the values",
        "  ?           this",
        "");
  }
}
