package io.twinloom.packaging;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Problem;
import io.twinloom.model.text.UserText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** Python user code, parsed by Python itself: one process for all that is to be checked. */
final class PythonCheck {
  private static final String OWN = "code";
  private static final String SHARED = "shared";
  private static final String REQUIREMENTS = "requirements.txt";

  private final Optional<PythonProgram> python;

  PythonCheck(Optional<PythonProgram> python) {
    this.python = python;
  }

  /** What the result depends on beside the code. */
  String tools() {
    return python.map(PythonProgram::identity).orElse("no python");
  }

  /** The results, in the order of the code. */
  List<Result> check(List<CodeFiles> units) {
    if (python.isEmpty()) {
      return units.stream().map(u -> noPython(u, "there is no python3")).toList();
    }
    try {
      return run(python.get(), units);
    } catch (IOException | IllegalArgumentException e) {
      if (units.size() > 1) {
        // Some source ends Python itself (nested too deep, say): which, each alone will show.
        return units.stream().map(u -> check(List.of(u)).getFirst()).toList();
      }
      return List.of(noPython(units.getFirst(), "it could not be parsed: " + e.getMessage()));
    }
  }

  private static Result noPython(CodeFiles unit, String why) {
    return Result.passing(CodeProblems.noPython(unit.code().folder(), why));
  }

  private static List<Result> run(PythonProgram python, List<CodeFiles> units) throws IOException {
    JsonObject input =
        JsonObject.builder()
            .put("units", new JsonArray(units.stream().<JsonValue>map(PythonCheck::unit).toList()))
            .build();
    JsonObject output = Json.parseObject(python.run(script(), Json.bytes(input)));
    JsonArray answers = output.array("units").orElse(JsonArray.EMPTY);
    if (answers.size() != units.size()) {
      String why = "python3 is only " + output.text("version").orElse("unknown");
      return units.stream().map(u -> noPython(u, why)).toList();
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      results.add(result(units.get(i), (JsonObject) answers.values().get(i)));
    }
    return results;
  }

  private static String script() throws IOException {
    return part("check_imports.py") + "\n\n" + part("check_python.py");
  }

  private static String part(String file) throws IOException {
    try (InputStream in = PythonCheck.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("the program lacks its file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonObject unit(CodeFiles unit) {
    JsonObject.Builder sources = JsonObject.builder();
    add(sources, OWN, unit.own());
    add(sources, SHARED, unit.shared());
    JsonObject.Builder json =
        JsonObject.builder()
            .put("form", unit.code().form().name())
            .put("entry", OWN + "/" + unit.code().form().file())
            .put("files", sources.build())
            .put("names", JsonArray.ofTexts(names(unit)));
    List<RequirementLines.Line> lines = requirements(unit);
    return json.put(
            "requirements",
            JsonArray.ofTexts(lines.stream().flatMap(line -> line.name().stream()).toList()))
        .put(
            "unnamed_requirements",
            lines.stream().anyMatch(line -> line.name().isEmpty() && !line.isOption()))
        .build();
  }

  private static void add(JsonObject.Builder to, String part, SortedMap<String, byte[]> files) {
    files.forEach(
        (path, content) -> {
          if (path.endsWith(".py") && encodingProblem(path, content).isEmpty()) {
            to.put(part + "/" + path, Base64.getEncoder().encodeToString(content));
          }
        });
  }

  /** The names that imports of the code can begin with, whatever kind of file has them. */
  private static List<String> names(CodeFiles unit) {
    TreeSet<String> names = new TreeSet<>();
    for (SortedMap<String, byte[]> files : List.of(unit.own(), unit.shared())) {
      files.keySet().forEach(path -> names.add(path.replaceAll("[./].*", "")));
    }
    return List.copyOf(names);
  }

  /** Python itself reads sources in the encodings that they declare. */
  private static Optional<UserText.EncodingException> encodingProblem(String path, byte[] content) {
    try {
      if (path.equals(REQUIREMENTS)) {
        UserText.declared(content);
      } else if (UserText.declaredName(content).isEmpty()) {
        UserText.decode(content);
      }
      return Optional.empty();
    } catch (UserText.EncodingException e) {
      return Optional.of(e);
    }
  }

  private static List<RequirementLines.Line> requirements(CodeFiles unit) {
    byte[] content = unit.own().getOrDefault(REQUIREMENTS, new byte[0]);
    try {
      return RequirementLines.of(UserText.declared(content));
    } catch (UserText.EncodingException e) {
      // Said as a problem of its own.
      return List.of();
    }
  }

  private static Result result(CodeFiles unit, JsonObject answer) {
    List<Problem> problems = new ArrayList<>();
    unit.own().forEach((path, content) -> encoding(unit.inProject(path), path, content, problems));
    unit.shared()
        .forEach((path, content) -> encoding(unit.sharedInProject(path), path, content, problems));
    for (JsonValue problem : answer.array("problems").orElse(JsonArray.EMPTY)) {
      problems.add(problem(unit, (JsonObject) problem));
    }
    JsonArray unresolved = answer.array("unresolved").orElse(JsonArray.EMPTY);
    for (JsonValue one : unresolved) {
      JsonObject json = (JsonObject) one;
      problems.add(
          CodeProblems.unresolvedImport(
              file(unit, json),
              line(json),
              json.text("message").orElse(""),
              json.text("fix").orElse("")));
    }
    List<String> path = unit.shared().isEmpty() ? List.of(OWN) : List.of(OWN, SHARED);
    // What this machine has installed may be another next time.
    return new Result(problems, path, unit.code().form().file(), unresolved.size() == 0);
  }

  private static void encoding(String file, String path, byte[] content, List<Problem> problems) {
    if (path.endsWith(".py") || path.equals(REQUIREMENTS)) {
      encodingProblem(path, content).ifPresent(e -> problems.add(CodeProblems.encoding(file, e)));
    }
  }

  private static Problem problem(CodeFiles unit, JsonObject json) {
    return CodeProblems.error(
        PackagingError.valueOf(json.text("code").orElse("")),
        file(unit, json),
        line(json),
        json.text("message").orElse(""),
        json.text("fix").orElse(""));
  }

  private static String file(CodeFiles unit, JsonObject json) {
    String path = json.text("file").orElse("");
    return path.startsWith(OWN + "/")
        ? unit.inProject(path.substring(OWN.length() + 1))
        : unit.sharedInProject(path.substring(SHARED.length() + 1));
  }

  private static int line(JsonObject json) {
    return json.get("line") instanceof JsonNumber number ? Integer.parseInt(number.text()) : 0;
  }

  /** Puts the files where they can be run. */
  static void write(CodeFiles unit, Path aside) throws IOException {
    write(unit.own(), aside.resolve(OWN));
    write(unit.shared(), aside.resolve(SHARED));
  }

  private static void write(SortedMap<String, byte[]> files, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
  }
}
