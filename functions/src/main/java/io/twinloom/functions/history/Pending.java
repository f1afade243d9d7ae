package io.twinloom.functions.history;

import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.time.Duration;
import java.util.Optional;

/**
 * A chunk that must be restored before it can be read.
 *
 * @param since when its restoring is requested, in stored form; empty where it is not
 * @param takes how long restoring usually takes
 */
public record Pending(String key, Optional<String> since, Duration takes) {

  /** {@code {"key", "since", "takes"}}; {@code since} is null where it is not requested. */
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("key", key)
        .put("since", since.<JsonValue>map(JsonString::new).orElse(JsonNull.NULL))
        .put("takes", takes.toString())
        .build();
  }
}
