package io.twinloom.packaging;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Problem;
import io.twinloom.model.Problem.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one piece of code, as it is kept.
 *
 * @param path the folders and JARs to load, below the folder of the result
 * @param entry the class or the file to run; empty where there are errors, or nothing to run
 * @param lasting whether the same code gives the same result next time; what depends on the machine
 *     is not kept
 */
public record Result(List<Problem> problems, List<String> path, String entry, boolean lasting) {
  public Result {
    problems = List.copyOf(problems);
    path = List.copyOf(path);
  }

  /** A result without a problem, which the same input always gives. */
  public static Result ready(List<String> path, String entry) {
    return new Result(List.of(), path, entry, true);
  }

  static Result wrong(List<Problem> problems) {
    return new Result(problems, List.of(), "", true);
  }

  /** A result of the machine, not of the code. */
  static Result passing(Problem problem) {
    return new Result(List.of(problem), List.of(), "", false);
  }

  boolean isReady() {
    return problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put(
            "problems",
            new JsonArray(problems.stream().<JsonValue>map(Result::problemToJson).toList()))
        .put("path", JsonArray.ofTexts(path))
        .put("entry", entry)
        .build();
  }

  private static JsonObject problemToJson(Problem problem) {
    return JsonObject.builder()
        .put("severity", problem.severity().name())
        .put("code", problem.error().name())
        .put("file", problem.file())
        .put("line", problem.line())
        .put("message", problem.message())
        .put("fix", problem.fix())
        .build();
  }

  /**
   * @throws IllegalArgumentException if it is not what {@link #toJson} made
   */
  static Result of(JsonObject json) {
    List<Problem> problems = new ArrayList<>();
    for (JsonValue problem : json.array("problems").orElseThrow(Result::damaged)) {
      problems.add(problem((JsonObject) problem));
    }
    List<String> path = new ArrayList<>();
    for (JsonValue folder : json.array("path").orElseThrow(Result::damaged)) {
      path.add(((JsonString) folder).value());
    }
    return new Result(problems, path, text(json, "entry"), true);
  }

  private static Problem problem(JsonObject json) {
    if (!(json.get("line") instanceof JsonNumber line)) {
      throw damaged();
    }
    return new Problem(
        Severity.valueOf(text(json, "severity")),
        PackagingError.valueOf(text(json, "code")),
        text(json, "file"),
        Integer.parseInt(line.text()),
        "",
        text(json, "message"),
        text(json, "fix"));
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow(Result::damaged);
  }

  private static IllegalArgumentException damaged() {
    return new IllegalArgumentException("a result lacks a part");
  }

  byte[] bytes() {
    return Json.bytes(toJson());
  }
}
