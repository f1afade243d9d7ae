package io.twinloom.testkit.aws;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.aws.FakeAws.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A workspace of TwinMaker as far as its rules matter here: a type before what has it, a parent
 * before its children, a relation's target before the relation; what is made or removed takes a
 * while after the answer.
 */
public final class FakeTwinMaker implements FakeAws.Answers {

  public final Map<String, JsonObject> types = new LinkedHashMap<>();
  public final Map<String, JsonObject> entities = new LinkedHashMap<>();

  /** What is not ready yet, and how often it is to be asked for until it is. */
  private final Map<String, Integer> working = new LinkedHashMap<>();

  private final Set<String> leaving = new LinkedHashSet<>();

  @Override
  public synchronized Answer to(Request request) {
    String path = request.path().split("\\?", 2)[0];
    String[] parts = path.substring(1).split("/", -1);
    JsonObject body =
        request.body().isEmpty()
            ? JsonObject.EMPTY
            : Json.parseObject(request.body().getBytes(StandardCharsets.UTF_8));
    String id = parts.length > 3 ? URLDecoder.decode(parts[3], StandardCharsets.UTF_8) : "";
    return switch (parts[2] + " " + request.method()) {
      case "component-types-list POST" ->
          list("componentTypeSummaries", types, "componentTypeId", true);
      case "component-types POST", "component-types PUT" -> {
        types.put(id, body);
        working.put("type " + id, 1);
        yield Answer.json(
            times("creationDateTime").put("arn", "a").put("state", "CREATING").build().toString());
      }
      case "component-types GET" ->
          types.containsKey(id) ? Answer.json(type(id).toString()) : missing();
      case "component-types DELETE" -> {
        if (entities.values().stream().anyMatch(e -> e.toString().contains("\"" + id + "\""))) {
          yield invalid("the type " + id + " is in use");
        }
        types.remove(id);
        yield Answer.json("{\"state\":\"DELETING\"}");
      }
      case "entities-list POST" -> list("entitySummaries", entities, "entityId", false);
      case "entities POST" -> create(body);
      case "entities PUT" -> update(id, body);
      case "entities GET" -> get(id);
      case "entities DELETE" -> {
        if (entities.values().stream().anyMatch(e -> parent(e).equals(id))) {
          yield invalid("the entity " + id + " has children");
        }
        leaving.add(id);
        working.put("entity " + id, 1);
        yield Answer.json("{\"state\":\"DELETING\"}");
      }
      default -> missing();
    };
  }

  private Answer create(JsonObject body) {
    String id = body.text("entityId").orElseThrow();
    if (!parent(body).equals("$ROOT") && !isReady(parent(body))) {
      return invalid("the parent " + parent(body) + " is not there");
    }
    Answer wrong = check(body.object("components").orElse(JsonObject.EMPTY));
    if (wrong != null) {
      return wrong;
    }
    entities.put(id, body);
    working.put("entity " + id, 1);
    return Answer.json(
        times("creationDateTime")
            .put("entityId", id)
            .put("arn", "a")
            .put("state", "CREATING")
            .build()
            .toString());
  }

  private Answer update(String id, JsonObject body) {
    JsonObject updates = body.object("componentUpdates").orElse(JsonObject.EMPTY);
    JsonObject.Builder components = JsonObject.builder();
    JsonObject present = entities.get(id);
    if (present == null) {
      return missing();
    }
    JsonObject former = present.object("components").orElse(JsonObject.EMPTY);
    former
        .members()
        .forEach(
            (name, c) -> {
              boolean goes =
                  updates
                      .object(name)
                      .flatMap(u -> u.text("updateType"))
                      .filter("DELETE"::equals)
                      .isPresent();
              if (!goes) {
                components.put(name, c);
              }
            });
    for (String name : updates.members().keySet()) {
      JsonObject update = updates.object(name).orElseThrow();
      String kind = update.text("updateType").orElse("");
      if (kind.equals("CREATE") == former.has(name)) {
        return invalid("component " + name + " cannot be " + kind);
      }
      if (!kind.equals("DELETE")) {
        components.put(
            name,
            JsonObject.builder()
                .put("componentTypeId", update.text("componentTypeId").orElse(""))
                .put("properties", update.object("propertyUpdates").orElse(JsonObject.EMPTY))
                .build());
      }
    }
    JsonObject all = components.build();
    Answer wrong = check(all);
    if (wrong != null) {
      return wrong;
    }
    JsonObject.Builder entity = present.toBuilder().put("components", all);
    body.object("parentEntityUpdate")
        .ifPresent(u -> entity.put("parentEntityId", u.text("parentEntityId").orElse("$ROOT")));
    entities.put(id, entity.build());
    working.put("entity " + id, 1);
    return Answer.json(times("updateDateTime").put("state", "UPDATING").build().toString());
  }

  private @Nullable Answer check(JsonObject components) {
    for (String name : components.members().keySet()) {
      JsonObject component = components.object(name).orElseThrow();
      String type = component.text("componentTypeId").orElse("");
      if (!types.containsKey(type) || working.containsKey("type " + type)) {
        return invalid("the type " + type + " is not there");
      }
      for (String target : targets(component)) {
        if (!isReady(target)) {
          return invalid("the target " + target + " is not there");
        }
      }
    }
    return null;
  }

  private static List<String> targets(JsonObject component) {
    List<String> all = new ArrayList<>();
    JsonObject properties = component.object("properties").orElse(JsonObject.EMPTY);
    for (String name : properties.members().keySet()) {
      properties
          .object(name)
          .flatMap(p -> p.object("value"))
          .flatMap(v -> v.array("listValue"))
          .orElse(JsonArray.EMPTY)
          .forEach(
              v ->
                  ((JsonObject) v)
                      .object("relationshipValue")
                      .flatMap(r -> r.text("targetEntityId"))
                      .ifPresent(all::add));
    }
    return all;
  }

  private boolean isReady(String entity) {
    return entities.containsKey(entity) && !working.containsKey("entity " + entity);
  }

  private Answer get(String id) {
    if (!entities.containsKey(id)) {
      return missing();
    }
    boolean ready = step("entity " + id);
    if (ready && leaving.remove(id)) {
      entities.remove(id);
      return missing();
    }
    JsonObject entity = entities.get(id);
    return Answer.json(
        times("creationDateTime", "updateDateTime")
            .put("workspaceId", "w")
            .put("arn", "a")
            .put("entityId", id)
            .put("entityName", entity.text("entityName").orElse(id))
            .put("parentEntityId", parent(entity))
            .put("hasChildEntities", false)
            .put("status", state(ready))
            .put("components", shown(entity))
            .build()
            .toString());
  }

  private static JsonObject shown(JsonObject entity) {
    JsonObject.Builder all = JsonObject.builder();
    JsonObject components = entity.object("components").orElse(JsonObject.EMPTY);
    components
        .members()
        .keySet()
        .forEach(name -> all.put(name, JsonObject.builder().put("componentName", name).build()));
    return all.build();
  }

  private JsonObject type(String id) {
    return times("creationDateTime", "updateDateTime")
        .put("workspaceId", "w")
        .put("componentTypeId", id)
        .put("arn", "a")
        .put("status", state(step("type " + id)))
        .build();
  }

  /** Whether it is ready; asked once more, it is nearer to it. */
  private boolean step(String what) {
    Integer left = working.get(what);
    if (left == null) {
      return true;
    }
    if (left == 0) {
      working.remove(what);
      return true;
    }
    working.put(what, left - 1);
    return false;
  }

  private static JsonObject state(boolean ready) {
    return JsonObject.builder().put("state", ready ? "ACTIVE" : "CREATING").build();
  }

  private Answer list(
      String member, Map<String, JsonObject> things, String key, boolean withPredefined) {
    List<JsonValue> all = new ArrayList<>();
    if (withPredefined) {
      all.add(summary(key, "com.amazon.iottwinmaker.documents").build());
    }
    things.forEach(
        (id, thing) -> all.add(summary(key, id).put("parentEntityId", parent(thing)).build()));
    return Answer.json(
        JsonObject.builder()
            .put(member, new JsonArray(all))
            .put("maxResults", 200)
            .build()
            .toString());
  }

  private static JsonObject.Builder summary(String key, String id) {
    return times("creationDateTime", "updateDateTime")
        .put(key, id)
        .put("arn", "a")
        .put("status", state(true));
  }

  private static String parent(JsonObject entity) {
    return entity.text("parentEntityId").orElse("$ROOT");
  }

  private static JsonObject.Builder times(String... names) {
    JsonObject.Builder json = JsonObject.builder();
    for (String name : names) {
      json.put(name, 1_700_000_000L);
    }
    return json;
  }

  private static Answer missing() {
    return new Answer(
        404,
        "application/json",
        "{\"__type\":\"ResourceNotFoundException\",\"code\":\"RESOURCE_NOT_FOUND\",\"message\":\"it"
            + " is not there\"}");
  }

  private static Answer invalid(String why) {
    return new Answer(
        400,
        "application/json",
        JsonObject.builder()
            .put("__type", "ValidationException")
            .put("code", "VALIDATION_ERROR")
            .put("message", why)
            .build()
            .toString());
  }
}
