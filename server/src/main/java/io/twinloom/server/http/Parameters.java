package io.twinloom.server.http;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request asks for: the parameters of its address, or the members of its body. One that is
 * malformed, null or not known is never taken for one that is missing: what is missing often means
 * "all". Its methods throw an {@link ApiException} for such a one.
 */
public final class Parameters {

  private final JsonObject members;
  private final boolean texts;

  private Parameters(JsonObject members, boolean texts) {
    this.members = GivenDevices.in(members);
    this.texts = texts;
  }

  /** The members of a body. */
  static Parameters ofBody(JsonObject members, Set<String> known) {
    return checked(new Parameters(members, false), known);
  }

  /** The parameters of an address, which are all texts. */
  static Parameters ofAddress(JsonObject members, Set<String> known) {
    return checked(new Parameters(members, true), known);
  }

  private static Parameters checked(Parameters parameters, Set<String> known) {
    for (String name : parameters.members.members().keySet()) {
      if (!known.contains(name)) {
        throw ApiException.unknown(name);
      }
    }
    return parameters;
  }

  private Optional<JsonValue> value(String name) {
    return Optional.ofNullable(members.get(name));
  }

  private static ApiException malformed(String name, String what) {
    return ApiException.parameter(name, "\"" + name + "\" is not " + what + ".");
  }

  /** A text that is not blank. */
  public Optional<String> text(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof JsonString text && !text.value().isBlank()) {
                return text.value();
              }
              throw malformed(name, "a text");
            });
  }

  /** A text that must be there. */
  public String needed(String name) {
    return text(name)
        .orElseThrow(() -> ApiException.parameter(name, "\"" + name + "\" is missing."));
  }

  /** One of some words. */
  public Optional<String> word(String name, Set<String> words) {
    Optional<String> word = text(name);
    if (word.isPresent() && !words.contains(word.get())) {
      throw malformed(name, "one of " + String.join(", ", words.stream().sorted().toList()));
    }
    return word;
  }

  /** Whether it is said; false where it is missing. */
  public boolean flag(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof JsonBoolean flag) {
                return flag.value();
              }
              if (texts && value instanceof JsonString t) {
                if (t.value().equals("true") || t.value().equals("false")) {
                  return t.value().equals("true");
                }
              }
              throw malformed(name, "true or false");
            })
        .orElse(false);
  }

  /** At least one text; none where the member is missing. */
  public List<String> texts(String name) {
    List<String> all = new ArrayList<>();
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return all;
    }
    if (!(value.get() instanceof JsonArray list) || list.values().isEmpty()) {
      throw malformed(name, "a list of at least one text");
    }
    for (JsonValue element : list) {
      if (!(element instanceof JsonString text)) {
        throw malformed(name, "a list of at least one text");
      }
      all.add(text.value());
    }
    return all;
  }

  /** Objects; none where the member is missing. */
  public List<JsonObject> objects(String name) {
    List<JsonObject> all = new ArrayList<>();
    JsonValue value = value(name).orElse(JsonArray.EMPTY);
    if (!(value instanceof JsonArray list)) {
      throw malformed(name, "a list of objects");
    }
    for (JsonValue element : list) {
      if (!(element instanceof JsonObject object)) {
        throw malformed(name, "a list of objects");
      }
      all.add(object);
    }
    return all;
  }

  /** The elements of a list; none where the member is missing. */
  public List<JsonValue> list(String name) {
    JsonValue value = value(name).orElse(JsonArray.EMPTY);
    if (!(value instanceof JsonArray list)) {
      throw malformed(name, "a list");
    }
    return list.values();
  }

  /** An object. */
  public Optional<JsonObject> object(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof JsonObject object) {
                return object;
              }
              throw malformed(name, "an object");
            });
  }

  /** The members of an object within the body, of which there may be none but these. */
  public Parameters inner(String name, String... known) {
    return ofBody(object(name).orElse(JsonObject.EMPTY), Set.of(known));
  }

  /** A duration above 0 of ISO 8601, at most some longest one. */
  public Optional<Duration> duration(String name, Duration longest) {
    return text(name)
        .map(
            text -> {
              Duration duration = parsed(name, text);
              if (!duration.isPositive() || duration.compareTo(longest) > 0) {
                throw malformed(name, "above 0 and at most " + longest);
              }
              return duration;
            });
  }

  private static Duration parsed(String name, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw malformed(name, "a duration of ISO 8601, such as PT30S");
    }
  }

  /** A time in any form that a device may use. */
  public Optional<Instant> time(String name) {
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

  /** A whole number between two others, both inclusive. */
  public Optional<Integer> whole(String name, int least, int most) {
    return number(name)
        .map(
            number -> {
              try {
                int whole = number.intValueExact();
                if (whole >= least && whole <= most) {
                  return whole;
                }
              } catch (ArithmeticException e) {
                throw malformed(name, range("a whole number", least, most));
              }
              throw malformed(name, range("a whole number", least, most));
            });
  }

  private static String range(String what, Object least, Object most) {
    return what + " from " + least + " to " + most;
  }

  /** A number between two others, both inclusive. */
  public Optional<Double> decimal(String name, double least, double most) {
    return number(name)
        .map(
            number -> {
              double value = number.doubleValue();
              if (value >= least && value <= most) {
                return value;
              }
              throw malformed(name, range("a number", least, most));
            });
  }

  private Optional<BigDecimal> number(String name) {
    return value(name)
        .map(
            value -> {
              String text =
                  switch (value) {
                    case JsonNumber n -> n.text();
                    case JsonString s when texts -> s.value();
                    default -> "";
                  };
              // In ASCII digits alone, and short, so that its value is cheap to make.
              if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
                throw malformed(name, "a number");
              }
              return new BigDecimal(text);
            });
  }
}
