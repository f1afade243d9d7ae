package io.twinloom.server.api;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The OpenAPI document of the REST interface, {@code openapi.json}. Immutable.
 *
 * @param text as it is served
 * @param json the same, read
 */
public record ApiDocument(byte[] text, JsonObject json) {

  private static final String RESOURCE = "/io/twinloom/server/openapi.json";

  /**
   * An operation of the document.
   *
   * @param method in upper case
   * @param path with its parameters in braces
   * @param id its {@code operationId}
   * @param query the names of the parameters that its address may have behind the path
   * @param body whether its request may have a body
   */
  public record Operation(String method, String path, String id, Set<String> query, boolean body) {}

  /** Made when it is first asked for. */
  private static final class Holder {
    private static final ApiDocument CURRENT = load();
  }

  /** The document of this version, which is read once. */
  public static ApiDocument current() {
    return Holder.CURRENT;
  }

  private static ApiDocument load() {
    try (InputStream in = ApiDocument.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + RESOURCE);
      }
      byte[] text = in.readAllBytes();
      return new ApiDocument(text, Json.parseObject(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All operations, in the order of the document. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    paths()
        .members()
        .forEach(
            (path, item) -> {
              if (item instanceof JsonObject methods) {
                methods
                    .members()
                    .forEach(
                        (method, operation) ->
                            operations.add(
                                operation(method.toUpperCase(Locale.ROOT), path, operation)));
              }
            });
    return operations;
  }

  /** The schemas of the document by name. */
  public Map<String, ?> schemas() {
    return json.object("components")
        .flatMap(c -> c.object("schemas"))
        .orElse(JsonObject.EMPTY)
        .members();
  }

  private JsonObject paths() {
    return json.object("paths").orElse(JsonObject.EMPTY);
  }

  private static Operation operation(String method, String path, JsonValue described) {
    JsonObject operation = described instanceof JsonObject object ? object : JsonObject.EMPTY;
    Set<String> query = new TreeSet<>();
    for (JsonValue parameter : operation.array("parameters").orElse(JsonArray.EMPTY)) {
      if (parameter instanceof JsonObject known && known.text("in").equals(Optional.of("query"))) {
        known.text("name").ifPresent(query::add);
      }
    }
    boolean body = operation.object("requestBody").isPresent();
    return new Operation(method, path, operation.text("operationId").orElse(""), query, body);
  }
}
