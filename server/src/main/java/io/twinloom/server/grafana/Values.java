package io.twinloom.server.grafana;

import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values as a chart shows them. */
final class Values {

  private Values() {}

  /** A number as it is, true as 1 and false as 0; empty for anything else. */
  static Optional<JsonNumber> number(@Nullable JsonValue value) {
    if (value instanceof JsonNumber number) {
      return Optional.of(number);
    }
    return value instanceof JsonBoolean flag
        ? Optional.of(JsonNumber.of(flag.value() ? 1 : 0))
        : Optional.empty();
  }
}
