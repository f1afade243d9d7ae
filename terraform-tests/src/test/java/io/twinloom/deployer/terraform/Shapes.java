package io.twinloom.deployer.terraform;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Features;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every shape that AWS's part of a twin can take: which functions are there, exposed or not, with
 * which settings, addresses and permissions, which stores, schedules and services.
 */
final class Shapes {

  /** What rules can ask for, from nothing to everything. */
  static final List<Features> FEATURES =
      List.of(
          Features.NONE,
          new Features(true, false, false, false, false),
          new Features(true, true, false, true, true),
          new Features(true, false, true, true, false),
          new Features(false, false, true, false, true),
          Twins.ALL);

  private Shapes() {}

  /** Whether everything is to be planned, however long it takes. */
  static boolean all() {
    return "all".equals(System.getProperty("twinloom.shapes"));
  }

  /** One way to configure a twin, as far as a shape can depend on it. */
  record Choice(Placement placement, Features features, boolean history) {
    Project project() {
      return Twins.twin(placement, features, history, 1);
    }

    /** What was chosen for each question, in a fixed order of the questions. */
    List<Object> answers() {
      List<Object> answers = new ArrayList<>();
      for (Layer layer : Layer.values()) {
        answers.add(placement.of(layer));
      }
      answers.add(features);
      answers.add(history);
      return answers;
    }
  }

  /** A twin for each distinct shape of AWS's part, by its text. */
  static Map<String, Project> distinct(List<Choice> choices) {
    Map<String, Project> shapes = new LinkedHashMap<>();
    for (Choice choice : choices) {
      Project project = choice.project();
      shapes.putIfAbsent(shape(project), project);
    }
    return shapes;
  }

  /**
   * Every choice with a layer on AWS.
   *
   * @param others the other clouds: what they are makes no difference to AWS's part
   */
  static List<Choice> choices(Provider... others) {
    List<Optional<Provider>> clouds = new ArrayList<>(List.of(Optional.of(KnownClouds.AWS)));
    for (Provider other : others) {
      clouds.add(Optional.of(other));
    }
    List<List<Optional<Provider>>> placements = List.of(List.of());
    for (Layer layer : Layer.values()) {
      List<Optional<Provider>> values = new ArrayList<>(clouds);
      if (layer == Layer.L4 || layer == Layer.L5) {
        values.add(Optional.empty());
      }
      placements =
          placements.stream()
              .flatMap(
                  begun ->
                      values.stream()
                          .map(v -> Stream.concat(begun.stream(), Stream.of(v)).toList()))
              .toList();
    }
    List<Choice> choices = new ArrayList<>();
    for (List<Optional<Provider>> p : placements) {
      if (p.contains(Optional.of(KnownClouds.AWS))) {
        Placement placement =
            new Placement(
                p.get(0).orElseThrow(),
                p.get(1).orElseThrow(),
                p.get(2).orElseThrow(),
                p.get(3).orElseThrow(),
                p.get(4).orElseThrow(),
                p.get(5),
                p.get(6));
        for (Features features : FEATURES) {
          choices.add(new Choice(placement, features, true));
          choices.add(new Choice(placement, features, false));
        }
      }
    }
    return choices;
  }

  /** A few of the choices, in which every two answers to two questions still occur together. */
  static List<Choice> pairwise(List<Choice> choices) {
    Set<List<Object>> open = new LinkedHashSet<>();
    choices.forEach(choice -> open.addAll(pairs(choice)));
    List<Choice> sample = new ArrayList<>();
    while (!open.isEmpty()) {
      Choice best =
          choices.stream()
              .max(Comparator.comparingLong(c -> pairs(c).stream().filter(open::contains).count()))
              .orElseThrow();
      open.removeAll(new HashSet<>(pairs(best)));
      sample.add(best);
    }
    return sample;
  }

  private static List<List<Object>> pairs(Choice choice) {
    List<Object> answers = choice.answers();
    List<List<Object>> pairs = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      for (int j = i + 1; j < answers.size(); j++) {
        pairs.add(List.of(i, answers.get(i), j, answers.get(j)));
      }
    }
    return pairs;
  }

  private static String shape(Project project) {
    return shape(Twins.variables(project, Path.of("/twins/terraform")).open(), KnownClouds.AWS);
  }

  private static String shape(JsonObject variables, Provider cloud) {
    Map<String, JsonValue> shape = new TreeMap<>();
    for (String things : List.of("functions", "stores")) {
      variables
          .object(things)
          .flatMap(all -> all.object(cloud.id()))
          .ifPresent(all -> shape.putAll(all.members()));
    }
    for (String service : List.of("channels", "twin_services", "views")) {
      variables
          .object(service)
          .flatMap(all -> all.object(cloud.id()))
          .ifPresent(thing -> shape.put(service, thing));
    }
    if (shape.containsKey("twin_services")) {
      shape.put("scenes", variables.get("scenes"));
    }
    shape.put("alarms", variables.get("alarms"));
    return Json.text(JsonObject.of(shape));
  }
}
