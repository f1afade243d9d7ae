package io.twinloom.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.server.api.ApiDocument.Operation;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Holds answers against the schemas that the document has for them. */
public final class DocumentedAnswers {

  private final ApiDocument document = ApiDocument.current();
  private final Map<String, Schema> schemas = new HashMap<>();

  /**
   * Checks an answer.
   *
   * @param path as it was asked for, without its query
   */
  public void check(String method, String path, int status, String body) {
    Operation operation =
        document.operations().stream()
            .filter(o -> o.method().equals(method) && isOf(o.path(), path))
            .findFirst()
            .orElseThrow(() -> new AssertionError(method + " " + path + " is not documented"));
    JsonObject schema =
        answer(operation, status)
            .or(() -> status >= 400 ? Optional.of(reference("Problem")) : Optional.empty())
            .orElseThrow();
    check(operation.id() + "-" + status, schema, body);
  }

  /** Checks JSON against a schema of the document. */
  public void checkNamed(String schema, String body) {
    check("named-" + schema, reference(schema), body);
  }

  /** Checks the data of an event. */
  public void checkEvent(String topic, String body) {
    JsonObject schema =
        document
            .json()
            .object("components")
            .flatMap(c -> c.object("schemas"))
            .flatMap(s -> s.object("SseTopics"))
            .flatMap(t -> t.object("properties"))
            .flatMap(p -> p.object(topic))
            .orElseThrow();
    check("event-" + topic, schema, body);
  }

  private static JsonObject reference(String schema) {
    return JsonObject.builder().put("$ref", "#/components/schemas/" + schema).build();
  }

  private void check(String id, JsonObject schema, String body) {
    Schema compiled = schemas.computeIfAbsent(id, i -> compile(schema));
    assertThat(compiled.validate(body, InputFormat.JSON)).as(id + ": " + body).isEmpty();
  }

  /** The schema with the document's components beside it, which it refers to. */
  private Schema compile(JsonObject schema) {
    JsonObject.Builder whole = JsonObject.builder();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.members().forEach(whole::put);
    whole.put("components", document.json().object("components").orElseThrow());
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Json.text(whole.build()), InputFormat.JSON);
  }

  private Optional<JsonObject> answer(Operation operation, int status) {
    return document
        .json()
        .object("paths")
        .flatMap(p -> p.object(operation.path()))
        .flatMap(p -> p.object(operation.method().toLowerCase(Locale.ROOT)))
        .flatMap(o -> o.object("responses"))
        .flatMap(r -> r.object(Integer.toString(status)))
        .flatMap(r -> r.object("content"))
        .flatMap(c -> c.object("application/json").or(() -> c.object("application/problem+json")))
        .flatMap(c -> c.object("schema"));
  }

  private static boolean isOf(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    boolean rest = template.endsWith("/{path}") && given.length > wanted.length;
    if (wanted.length != given.length && !rest) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].startsWith("{") && !wanted[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }

  /** A text of an answer. */
  public static String text(JsonObject json, String name) {
    JsonValue value = json.get(name);
    return value instanceof JsonString text ? text.value() : String.valueOf(value);
  }
}
