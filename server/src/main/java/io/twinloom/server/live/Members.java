package io.twinloom.server.live;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Values of JSON that many views have. */
final class Members {

  private static final int DECIMALS = 100;

  private Members() {}

  static JsonValue text(Optional<String> text) {
    return text.<JsonValue>map(JsonString::new).orElse(JsonNull.NULL);
  }

  static JsonValue time(Optional<Instant> time) {
    return text(time.map(Instant::toString));
  }

  /** With two decimals. */
  static JsonNumber rounded(double number) {
    return JsonNumber.of(Math.round(number * DECIMALS) / (double) DECIMALS);
  }

  static JsonValue rounded(OptionalDouble number) {
    return number.isPresent() ? rounded(number.getAsDouble()) : JsonNull.NULL;
  }

  static JsonNumber seconds(Duration duration) {
    return rounded(duration.toMillis() / 1e3);
  }

  static JsonObject window(Instant from, Instant to) {
    return JsonObject.builder()
        .put("from", from.toString())
        .put("to", to.toString())
        .put("seconds", seconds(Duration.between(from, to)))
        .build();
  }

  static <T> JsonArray list(Collection<T> all, Function<T, JsonObject> json) {
    return new JsonArray(all.stream().<JsonValue>map(json).toList());
  }
}
