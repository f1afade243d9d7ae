package io.twinloom.cli.demo;

import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** What happened because of measurements, for people. */
final class EventLines {

  private final BiFunction<Paint, String, String> painted;

  EventLines(BiFunction<Paint, String, String> painted) {
    this.painted = painted;
  }

  /** How often each rule has fired, and the newest events, oldest first. */
  List<String> lines(DemoEvents events, StatusReport status, int atMost) {
    List<String> counts = new ArrayList<>();
    for (StatusReport.RuleStatus rule : status.rules()) {
      counts.add(
          "rule " + rule.rule() + " fired " + painted.apply(Paint.YELLOW, Count.of(rule.fired())));
    }
    List<String> lines = new ArrayList<>();
    lines.add("  events      " + String.join("   ", counts));
    for (DemoEvents.DemoEvent event : events.recent(atMost)) {
      lines.add(
          "  "
              + painted.apply(Paint.DIM, clock(event.time()))
              + "  "
              + who(event)
              + Printable.line(event.text()));
    }
    return lines;
  }

  private String who(DemoEvents.DemoEvent event) {
    return switch (event.kind()) {
      case RULE -> painted.apply(Paint.YELLOW, "! " + event.who()) + "  fires: ";
      case SAID -> painted.apply(Paint.MAGENTA, "+ " + event.who()) + "  ";
      case COMMAND -> painted.apply(Paint.CYAN, "⇐ " + event.who()) + "  receives ";
    };
  }

  /** The time of day of an ISO 8601 instant, to the second. */
  private static String clock(String time) {
    return time.length() > 19 ? time.substring(11, 19) : time;
  }
}
