package io.twinloom.cli.demo;

import io.twinloom.cli.terminal.Columns;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.model.Device;
import io.twinloom.model.Project;
import io.twinloom.model.UserCode;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The newest values of the demonstration's devices. */
final class ValueLines {

  /** What stands before the curve of a value. */
  private static final int BEFORE_CURVE = 58;

  private static final int SHORTEST_CURVE = 4;
  private static final String WAITING = "waiting for its first value ...";

  private final Project project;
  private final BiFunction<Paint, String, String> painted;

  ValueLines(Project project, BiFunction<Paint, String, String> painted) {
    this.project = project;
    this.painted = painted;
  }

  /** A line for each property, with a curve of its last values where there is room. */
  List<String> full(LatestValues latest, int columns) {
    List<String> lines = new ArrayList<>();
    int curve = columns - BEFORE_CURVE;
    for (Device device : project.devices()) {
      String name = device.id();
      String code = language(device);
      for (LatestValues.Shown shown : latest.of(device)) {
        lines.add(
            "  "
                + painted.apply(Paint.BOLD, Columns.left(name, 11))
                + painted.apply(Paint.DIM, Columns.left(code, 7))
                + (shown.made() ? painted.apply(Paint.MAGENTA, "+ ") : "  ")
                + Columns.left(shown.property(), 22)
                + painted.apply(Paint.GREEN, Columns.right(text(shown), 10))
                + (curve < SHORTEST_CURVE
                    ? ""
                    : "  " + painted.apply(Paint.BLUE, last(shown.picture(), curve))));
        name = "";
        code = "";
      }
      if (code.equals(language(device)) && name.equals(device.id())) {
        lines.add(waiting(name));
      }
    }
    return lines;
  }

  /** A line for each device, with as many of its values as fit. */
  List<String> brief(LatestValues latest, int columns) {
    List<String> lines = new ArrayList<>();
    for (Device device : project.devices()) {
      List<String> parts = new ArrayList<>();
      for (LatestValues.Shown shown : latest.of(device)) {
        parts.add(
            (shown.made() ? painted.apply(Paint.MAGENTA, "+") : "")
                + shown.property()
                + " "
                + painted.apply(Paint.GREEN, text(shown)));
      }
      String heading = "  " + painted.apply(Paint.BOLD, Columns.left(device.id(), 11)) + " ";
      lines.add(
          parts.isEmpty() ? waiting(device.id()) : Fitting.some(heading, parts, "  ", columns));
    }
    return lines;
  }

  private String waiting(String device) {
    return "  "
        + painted.apply(Paint.BOLD, Columns.left(device, 11))
        + painted.apply(Paint.DIM, WAITING);
  }

  private static String text(LatestValues.Shown shown) {
    return Printable.cut(shown.value(), 20);
  }

  private static String last(String picture, int most) {
    return picture.substring(Math.max(0, picture.length() - most));
  }

  private String language(Device device) {
    return project
        .processorOf(device.id())
        .or(project::defaultProcessor)
        .map(UserCode::form)
        .map(f -> f.isPython() ? "Python" : "Java")
        .orElse("");
  }
}
