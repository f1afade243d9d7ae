package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What one module makes, read from what {@code terraform show -json} says of a plan or a state. */
record Part(String name, List<Made> all) {

  /** One thing: {@code key} is empty where there is only one. */
  record Made(String type, String block, String key, JsonObject values) {
    String text(String name) {
      return values.text(name).orElse("");
    }

    /** The first block of a name, or an empty one. */
    JsonObject block(String name) {
      return values
          .array(name)
          .flatMap(list -> list.values().stream().findFirst())
          .filter(JsonObject.class::isInstance)
          .map(JsonObject.class::cast)
          .orElse(JsonObject.EMPTY);
    }
  }

  /**
   * A right that a policy grants: one operation on one resource.
   *
   * @param condition as text; empty without one
   */
  record Right(String operation, String resource, String condition) {}

  /** The modules directly below the root, by their names. */
  static Map<String, Part> of(JsonObject shown) {
    JsonObject values =
        shown.object("planned_values").or(() -> shown.object("values")).orElse(JsonObject.EMPTY);
    Map<String, Part> parts = new LinkedHashMap<>();
    for (JsonObject module : objects(values.object("root_module").orElseThrow(), "child_modules")) {
      String name = module.text("address").orElseThrow().substring("module.".length());
      List<Made> made = new ArrayList<>();
      read(module, "", made);
      parts.put(name, new Part(name, made));
    }
    return parts;
  }

  /** What a module makes, and the modules in it: theirs have their key. */
  private static void read(JsonObject module, String key, List<Made> made) {
    for (JsonObject thing : objects(module, "resources")) {
      if (thing.text("mode").orElse("").equals("managed")) {
        made.add(
            new Made(
                thing.text("type").orElseThrow(),
                thing.text("name").orElseThrow(),
                thing.text("index").orElse(key),
                thing.object("values").orElse(JsonObject.EMPTY)));
      }
    }
    for (JsonObject inner : objects(module, "child_modules")) {
      String address = inner.text("address").orElseThrow();
      read(inner, address.replaceAll("^.*\\[\"|\"]$", ""), made);
    }
  }

  private static List<JsonObject> objects(JsonObject json, String name) {
    return json.array(name).orElse(JsonArray.EMPTY).values().stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  List<Made> all(String type) {
    return all.stream().filter(m -> m.type().equals(type)).toList();
  }

  Made one(String type, String key) {
    List<Made> found = all(type).stream().filter(m -> m.key().equals(key)).toList();
    assertThat(found).as(name + ": " + type + " " + key).hasSize(1);
    return found.getFirst();
  }

  /** What a policy allows; one that denies something too is no policy of a role. */
  static List<Right> rights(String policy) {
    List<Right> rights = new ArrayList<>();
    for (JsonObject statement : objects(parse(policy), "Statement")) {
      assertThat(statement.text("Effect")).contains("Allow");
      String condition = statement.object("Condition").map(JsonValue::toString).orElse("");
      for (String operation : texts(statement.get("Action"))) {
        for (String resource : texts(statement.get("Resource"))) {
          rights.add(new Right(operation, resource, condition));
        }
      }
    }
    return rights;
  }

  static JsonObject parse(String json) {
    try {
      return (JsonObject) Json.parse(json);
    } catch (JsonSyntaxException e) {
      throw new AssertionError(json, e);
    }
  }

  private static List<String> texts(JsonValue value) {
    return switch (value) {
      case JsonString text -> List.of(text.value());
      case JsonArray list -> list.values().stream().map(v -> ((JsonString) v).value()).toList();
      case null, default -> List.of();
    };
  }

  /** Keys of all things of a type, sorted. */
  TreeSet<String> keys(String type) {
    TreeSet<String> keys = new TreeSet<>();
    all(type).forEach(made -> keys.add(made.key()));
    return keys;
  }
}
