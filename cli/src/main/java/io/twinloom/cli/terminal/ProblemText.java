package io.twinloom.cli.terminal;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Problem;
import io.twinloom.model.Problem.Severity;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A project's problems, for people and for machines. */
public final class ProblemText {

  private ProblemText() {}

  /** The problems grouped by their files, each with its place and its fix. */
  public static List<String> lines(List<Problem> problems, Output output) {
    Map<String, List<Problem>> byFile = new LinkedHashMap<>();
    problems.forEach(p -> byFile.computeIfAbsent(p.file(), f -> new ArrayList<>()).add(p));
    List<String> lines = new ArrayList<>();
    byFile.forEach(
        (file, its) -> {
          lines.add(output.paint(Paint.BOLD, file.isEmpty() ? "(the project)" : file));
          its.forEach(p -> add(p, lines, output));
          lines.add("");
        });
    return lines;
  }

  private static void add(Problem problem, List<String> lines, Output output) {
    boolean error = problem.severity() == Severity.ERROR;
    StringBuilder head = new StringBuilder("  ");
    head.append(output.paint(error ? Paint.RED : Paint.YELLOW, error ? "error" : "warning"));
    if (problem.line() > 0) {
      head.append("  line ").append(problem.line());
    }
    if (!problem.pointer().isEmpty()) {
      head.append("  ").append(Printable.line(problem.pointer()));
    }
    head.append(output.paint(Paint.DIM, "  [" + problem.code() + "]"));
    lines.add(head.toString());
    lines.add("    " + Printable.lines(problem.message()));
    if (!problem.fix().isEmpty()) {
      lines.add("    fix: " + Printable.lines(problem.fix()));
    }
  }

  /** How many errors and warnings there are, in words. */
  public static String count(List<Problem> problems) {
    long errors = problems.stream().filter(p -> p.severity() == Severity.ERROR).count();
    long warnings = problems.size() - errors;
    return Count.of(errors, "error") + ", " + Count.of(warnings, "warning");
  }

  /** The machine-readable result of {@code validate}. */
  public static JsonObject json(List<Problem> problems, boolean valid) {
    return JsonObject.builder().put("valid", valid).put("problems", json(problems)).build();
  }

  static JsonArray json(List<Problem> problems) {
    return new JsonArray(problems.stream().<JsonValue>map(Problem::json).toList());
  }
}
