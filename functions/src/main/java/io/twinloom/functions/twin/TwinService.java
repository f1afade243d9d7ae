package io.twinloom.functions.twin;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.TwinGraph.Entity;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.functions.reading.RequestMembers;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Hierarchy.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What users ask of a twin: its entities, component types and values, in the request and response
 * shapes of TwinMaker. For clouds whose own service is another, or none.
 *
 * <p>Requests name what TwinMaker has in the path ({@code entityId}, {@code componentTypeId}) in
 * the same object as the rest. {@code workspaceId} is the twin's name and may be left out.
 *
 * @see <a href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/Welcome.html">
 *     TwinMaker's API</a>
 */
public final class TwinService {

  private final String twin;
  private final TwinGraph graph;
  private final TwinShapes shapes;
  private final TwinValues values;

  /**
   * Whom it asks for values.
   *
   * @param ranges the function for ranges: the history-reader, a hot-reader or a data connector
   * @param newest the function for newest values; empty where the graph itself has them, since the
   *     twin is pushed to
   */
  public record Readers(String ranges, Optional<String> newest) {}

  /**
   * @param twin the twin's name
   * @param invoker calls the readers
   */
  public TwinService(String twin, TwinGraph graph, FunctionInvoker invoker, Readers readers) {
    this.twin = twin;
    this.graph = graph;
    this.shapes = new TwinShapes(twin);
    this.values = new TwinValues(twin, graph, invoker, readers);
  }

  /**
   * Answers a request.
   *
   * @throws Refused if it is not what it should be (400), or asks for what is not there (404)
   * @throws io.twinloom.model.TwinloomException if the graph or a reader failed
   */
  public JsonObject answer(TwinOperation operation, JsonObject request) {
    RequestMembers.check(request, operation.members());
    request
        .text("workspaceId")
        .filter(id -> !id.isEmpty() && !id.equals(twin))
        .ifPresent(
            id -> {
              throw missing("workspace", id);
            });
    return switch (operation) {
      case LIST_ENTITIES -> entities(request);
      case GET_ENTITY -> shapes.entity(entity(request));
      case LIST_COMPONENT_TYPES -> componentTypes(request);
      case GET_COMPONENT_TYPE -> componentType(request);
      case GET_PROPERTY_VALUE -> {
        Entity entity = entity(request);
        yield values.newest(request, entity, component(entity, request));
      }
      case GET_PROPERTY_VALUE_HISTORY -> {
        Entity entity = entity(request);
        yield values.history(request, entity, component(entity, request));
      }
    };
  }

  private JsonObject entities(JsonObject request) {
    Predicate<Entity> filter = EntityFilter.of(request);
    return list(
        request,
        "entitySummaries",
        after -> graph.entities(after, ListPage.MAX),
        filter,
        Entity::id,
        shapes::summary);
  }

  private JsonObject componentTypes(JsonObject request) {
    return list(
        request,
        "componentTypeSummaries",
        after -> graph.componentTypes(after, ListPage.MAX),
        type -> true,
        TwinGraph.ComponentType::id,
        shapes::summary);
  }

  private interface Part<T> {
    List<T> after(String id);
  }

  private interface Naming<T> {
    String of(T one);
  }

  private interface Shape<T> {
    JsonObject of(T one);
  }

  private static <T> JsonObject list(
      JsonObject request,
      String name,
      Part<T> graph,
      Predicate<T> filter,
      Naming<T> id,
      Shape<T> shape) {
    ListPage page = ListPage.of(request);
    List<JsonValue> found = new ArrayList<>();
    String last = page.after();
    String shown = last;
    for (List<T> part; !(part = graph.after(last)).isEmpty(); ) {
      for (T one : part) {
        last = id.of(one);
        if (filter.test(one)) {
          if (found.size() == page.limit()) {
            return page.answer(name, found, Optional.of(shown));
          }
          found.add(shape.of(one));
          shown = last;
        }
      }
    }
    return page.answer(name, found, Optional.empty());
  }

  private JsonObject componentType(JsonObject request) {
    String id = needed(request, "componentTypeId");
    return shapes.componentType(
        graph.componentType(id).orElseThrow(() -> missing("component type", id)));
  }

  private Entity entity(JsonObject request) {
    String id = needed(request, "entityId");
    return graph.entity(id).orElseThrow(() -> missing("entity", id));
  }

  private static Component component(Entity entity, JsonObject request) {
    String name = needed(request, "componentName");
    return entity.component(name).orElseThrow(() -> missing("component", name));
  }

  private static String needed(JsonObject request, String name) {
    return request
        .text(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> RangeQuery.bad("The request has no " + name + "."));
  }

  private static Refused missing(String what, String id) {
    return Refused.of(
        FunctionsError.TWIN_UNKNOWN,
        "There is no " + what + " " + Quoted.name(id) + ".",
        "List what there is with ListEntities or ListComponentTypes.");
  }
}
