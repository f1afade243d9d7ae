package io.twinloom.local.deploy;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request to the control endpoint asks for. A member that is malformed or not known is never
 * taken for one that is missing: what is missing often means "all".
 */
final class ControlRequest {

  private final JsonObject members;

  /** A request that cannot be understood; its message says why. */
  static final class Malformed extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private ControlRequest(JsonObject members) {
    this.members = members;
  }

  /**
   * A request with none but these members.
   *
   * @throws Malformed if it has another one
   */
  static ControlRequest of(JsonObject members, Set<String> known) {
    for (String name : members.members().keySet()) {
      if (!known.contains(name)) {
        throw new Malformed("There is no parameter " + new JsonString(name) + " here.");
      }
    }
    return new ControlRequest(members);
  }

  /**
   * The parameters of an address.
   *
   * @param query as it stands there; null where there is none
   * @throws Malformed if one stands twice, or is not encoded as it must be
   */
  static JsonObject query(@Nullable String query) {
    Map<String, JsonValue> parameters = new LinkedHashMap<>();
    for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (parameters.put(name, new JsonString(value)) != null) {
        throw new Malformed("The parameter " + new JsonString(name) + " stands twice.");
      }
    }
    return JsonObject.of(parameters);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Malformed("The query is not percent-encoded as it must be.");
    }
  }

  private Optional<JsonValue> value(String name) {
    return Optional.ofNullable(members.get(name)).filter(v -> !(v instanceof JsonNull));
  }

  private static Malformed malformed(String name, String what) {
    return new Malformed("\"" + name + "\" is not " + what + ".");
  }

  Optional<String> text(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof JsonString text && !text.value().isBlank()) {
                return text.value();
              }
              throw malformed(name, "a text");
            });
  }

  String needed(String name) {
    return text(name).orElseThrow(() -> new Malformed("\"" + name + "\" is missing."));
  }

  boolean flag(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof JsonBoolean flag) {
                return flag.value();
              }
              throw malformed(name, "true or false");
            })
        .orElse(false);
  }

  /** Texts; none where the member is missing. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    JsonValue value = value(name).orElse(JsonArray.EMPTY);
    if (!(value instanceof JsonArray list)) {
      throw malformed(name, "a list of texts");
    }
    for (JsonValue element : list) {
      if (!(element instanceof JsonString text)) {
        throw malformed(name, "a list of texts");
      }
      texts.add(text.value());
    }
    return texts;
  }

  Optional<Duration> duration(String name) {
    return text(name)
        .map(
            text -> {
              try {
                Duration duration = Duration.parse(text);
                if (!duration.isNegative()) {
                  return duration;
                }
              } catch (DateTimeParseException e) {
                throw malformed(name, "a duration, such as \"PT30S\"");
              }
              throw malformed(name, "a duration, such as \"PT30S\"");
            });
  }

  Optional<Instant> time(String name) {
    return text(name)
        .map(
            text -> {
              String time = Timestamps.read(text);
              if (time == null) {
                throw malformed(name, "a time");
              }
              return Instant.parse(time);
            });
  }

  Optional<Integer> number(String name) {
    return text(name)
        .map(
            text -> {
              if (text.matches("\\d{1,9}")) {
                return Integer.parseInt(text);
              }
              throw malformed(name, "a whole number");
            });
  }
}
