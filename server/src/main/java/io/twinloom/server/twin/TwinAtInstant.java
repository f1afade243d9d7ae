package io.twinloom.server.twin;

import io.twinloom.deployer.control.TwinControl;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Answers of the twin service as they were at an instant: values over all tiers. Entities and
 * component types are those of the deployed twin, since earlier ones are not kept.
 */
final class TwinAtInstant {

  private static final String HISTORY = "GetPropertyValueHistory";
  private static final String LATEST = "GetPropertyValue";
  private static final String VALUES = "propertyValues";
  private static final String TIME = "time";
  private static final String END = "endTime";

  private final TwinControl twin;
  private final Instant at;

  TwinAtInstant(TwinControl twin, Instant at) {
    this.twin = twin;
    this.at = at;
  }

  JsonObject read(String operation, JsonObject request) {
    return switch (operation) {
      case HISTORY -> ask(HISTORY, endingHere(request));
      case LATEST -> latest(request);
      default -> ask(operation, request);
    };
  }

  private JsonObject ask(String operation, JsonObject request) {
    return twin.readTwin(operation, request).response();
  }

  private JsonObject endingHere(JsonObject request) {
    boolean before =
        request
            .text(END)
            .flatMap(t -> Optional.ofNullable(Timestamps.read(t)))
            .filter(t -> !Instant.parse(t).isAfter(at))
            .isPresent();
    return before ? request : request.toBuilder().put(END, at.toString()).build();
  }

  private JsonObject latest(JsonObject request) {
    JsonObject present = ask(LATEST, request);
    JsonObject.Builder values = JsonObject.builder();
    present
        .object(VALUES)
        .orElse(JsonObject.EMPTY)
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof JsonObject now) {
                asOf(request, name, now).ifPresent(then -> values.put(name, then));
              }
            });
    return present.toBuilder().put(VALUES, values.build()).build();
  }

  /** A constant has no time, and was always so. */
  private Optional<JsonObject> asOf(JsonObject request, String property, JsonObject now) {
    Optional<Instant> newest =
        now.text(TIME).flatMap(t -> Optional.ofNullable(Timestamps.read(t))).map(Instant::parse);
    return newest.isEmpty() || !newest.get().isAfter(at)
        ? Optional.of(now)
        : before(request, property)
            .map(
                then ->
                    now.toBuilder()
                        .put("propertyValue", Objects.requireNonNull(then.get("value")))
                        .put(TIME, then.text(TIME).orElse(""))
                        .build());
  }

  /** The newest value of a property until then. */
  private Optional<JsonObject> before(JsonObject request, String property) {
    JsonObject.Builder asked = JsonObject.builder();
    for (String member : new String[] {"workspaceId", "entityId", "componentName"}) {
      JsonValue value = request.get(member);
      if (value != null) {
        asked.put(member, value);
      }
    }
    JsonObject history =
        ask(
            HISTORY,
            asked
                .put("selectedProperties", JsonArray.of(new JsonString(property)))
                .put("startTime", Timestamps.MIN)
                .put(END, at.toString())
                .put("orderByTime", "DESCENDING")
                .put("maxResults", 1)
                .build());
    return history.array(VALUES).orElse(JsonArray.EMPTY).values().stream()
        .flatMap(v -> v instanceof JsonObject o ? o.array("values").stream() : null)
        .flatMap(list -> list.values().stream())
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(v -> v.get("value") != null)
        .findFirst();
  }
}
