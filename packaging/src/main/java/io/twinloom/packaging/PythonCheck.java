package io.twinloom.packaging;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Problem;
import io.twinloom.runner.forms.UserCodeForms;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python user code, parsed by Python itself: one process for all that is to be checked. */
final class PythonCheck {
  private static final String OWN = "code";
  private static final String SHARED = "shared";
  private static final String REQUIREMENTS = "requirements.txt";

  /** Packages that local runs need not have, since workers bring what is used of them. */
  private static final Set<String> BROUGHT = UserCodeForms.pythonLibraries();

  private static final Pattern REQUIREMENT = Pattern.compile("^\\s*([A-Za-z0-9][A-Za-z0-9._-]*)");

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
    try (InputStream in = PythonCheck.class.getResourceAsStream("check_python.py")) {
      if (in == null) {
        throw new IOException("the program lacks its file check_python.py");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonObject unit(CodeFiles unit) {
    JsonObject.Builder sources = JsonObject.builder();
    add(sources, OWN, unit.own());
    add(sources, SHARED, unit.shared());
    return JsonObject.builder()
        .put("form", unit.code().form().name())
        .put("entry", OWN + "/" + unit.code().form().file())
        .put("files", sources.build())
        .put("requirements", JsonArray.ofTexts(requirements(unit)))
        .build();
  }

  private static void add(JsonObject.Builder to, String part, SortedMap<String, byte[]> files) {
    files.forEach(
        (path, content) -> {
          if (path.endsWith(".py")) {
            to.put(part + "/" + path, Base64.getEncoder().encodeToString(content));
          }
        });
  }

  /** The names of the packages that the code needs; options and addresses are pip's own matter. */
  private static List<String> requirements(CodeFiles unit) {
    byte[] text = unit.own().getOrDefault(REQUIREMENTS, new byte[0]);
    List<String> names = new ArrayList<>();
    for (String line : new String(text, StandardCharsets.UTF_8).split("\\R", -1)) {
      Matcher matcher = REQUIREMENT.matcher(line);
      if (matcher.find()
          && !BROUGHT.contains(matcher.group(1).toLowerCase(java.util.Locale.ROOT))) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  private static Result result(CodeFiles unit, JsonObject answer) {
    List<Problem> problems = new ArrayList<>();
    for (JsonValue problem : answer.array("problems").orElse(JsonArray.EMPTY)) {
      problems.add(problem(unit, (JsonObject) problem));
    }
    boolean anyMissing = false;
    for (JsonValue name : answer.array("missing").orElse(JsonArray.EMPTY)) {
      anyMissing = true;
      problems.add(
          CodeProblems.missingPackage(unit.inProject(REQUIREMENTS), ((JsonString) name).value()));
    }
    List<String> path = unit.shared().isEmpty() ? List.of(OWN) : List.of(OWN, SHARED);
    return new Result(problems, path, unit.code().form().file(), !anyMissing);
  }

  private static Problem problem(CodeFiles unit, JsonObject json) {
    String path = json.text("file").orElse("");
    String file =
        path.startsWith(OWN + "/")
            ? unit.inProject(path.substring(OWN.length() + 1))
            : unit.sharedInProject(path.substring(SHARED.length() + 1));
    int line = json.get("line") instanceof JsonNumber number ? Integer.parseInt(number.text()) : 0;
    return CodeProblems.error(
        PackagingError.valueOf(json.text("code").orElse("")),
        file,
        line,
        json.text("message").orElse(""),
        json.text("fix").orElse(""));
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
