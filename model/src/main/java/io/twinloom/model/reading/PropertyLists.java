package io.twinloom.model.reading;

import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.json.Located;
import io.twinloom.model.DataType;
import io.twinloom.model.Device.ConstProperty;
import io.twinloom.model.Device.Property;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.VerifyMark;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.time.Timestamps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lists {@code properties} and {@code constProperties} of a device or component. */
record PropertyLists(List<Property> measured, List<ConstProperty> constant) {
  private static final List<String> TYPES =
      List.of("DOUBLE", "INTEGER", "LONG", "STRING", "BOOLEAN");
  private static final String TYPES_FIX = "Write " + Quoting.either(TYPES) + ".";
  private static final String EXAMPLE = "{\"name\": \"temperature\", \"dataType\": \"DOUBLE\"}";
  private static final String CONSTANT_EXAMPLE =
      "{\"name\": \"serial\", \"dataType\": \"STRING\", \"value\": \"A-1\"}";
  private static final String LIST_FIX = "Write a list such as [" + EXAMPLE + "].";

  /** What the product writes into every event itself: a measured property cannot have the name. */
  private static final Set<String> RESERVED =
      Stream.concat(
              Stream.of("id", "device_id", "event_id", VerifyMark.MEMBER),
              Timestamps.NAMES.stream())
          .collect(Collectors.toUnmodifiableSet());

  /**
   * @param required whether the object must have the list {@code properties}
   */
  static PropertyLists of(Members owner, boolean required, ProblemCollector problems) {
    List<Property> measured = new ArrayList<>();
    List<ConstProperty> constant = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Located at : owner.list("properties", required, LIST_FIX)) {
      Members members = Members.of(at, problems, "Write an object such as " + EXAMPLE + ".");
      if (members != null) {
        String name = name(members, names, problems);
        DataType type = type(members, problems);
        Located initial = members.optional("initValue");
        members.done();
        if (name != null && RESERVED.contains(name)) {
          problems.warning(
              ModelError.PROPERTY_RESERVED,
              at,
              Quoting.quoted(name) + " is written by Twinloom itself: devices cannot set it.",
              "Give the property another name.");
        }
        if (initial != null && type != null) {
          check(initial, type, problems);
        }
        if (name != null && type != null) {
          Optional<JsonValue> value =
              initial == null ? Optional.empty() : Optional.of(initial.value());
          measured.add(new Property(name, type, value));
        }
      }
    }
    for (Located at : owner.list("constProperties", false, LIST_FIX)) {
      Members members =
          Members.of(at, problems, "Write an object such as " + CONSTANT_EXAMPLE + ".");
      if (members != null) {
        String name = name(members, names, problems);
        DataType type = type(members, problems);
        Located value = members.required("value", "Write the value that never changes.");
        members.done();
        if (value != null && type != null) {
          check(value, type, problems);
          if (name != null) {
            constant.add(new ConstProperty(name, type, value.value()));
          }
        }
      }
    }
    return new PropertyLists(measured, constant);
  }

  private static @Nullable String name(
      Members members, Set<String> names, ProblemCollector problems) {
    String name = members.text("name", "Write the property's name, such as \"temperature\".");
    Located at = members.optional("name");
    if (name == null || at == null) {
      return null;
    }
    if (!names.add(name)) {
      problems.error(
          ModelError.PROPERTY_TWICE,
          at,
          "The property " + Quoting.quoted(name) + " appears for the second time.",
          "Delete it or give it another name.");
      return null;
    }
    return name;
  }

  private static @Nullable DataType type(Members members, ProblemCollector problems) {
    String type = members.text("dataType", TYPES_FIX);
    Located at = members.optional("dataType");
    if (type == null || at == null) {
      return null;
    }
    for (DataType known : DataType.values()) {
      if (known.name().equals(type)) {
        return known;
      }
    }
    problems.error(
        ModelError.DATATYPE_UNKNOWN,
        at,
        "\"dataType\" is " + Quoting.quoted(type) + ", which is not a type.",
        Quoting.write(type, TYPES));
    return null;
  }

  private static void check(Located at, DataType type, ProblemCollector problems) {
    String wanted = wanted(at.value(), type);
    if (wanted != null) {
      problems.error(
          ModelError.VALUE_TYPE,
          at,
          Members.name(at)
              + " is "
              + Quoting.shown(at.value())
              + ", but \"dataType\" is "
              + type
              + ".",
          "Write " + wanted + ", or change \"dataType\".");
    }
  }

  /** What should stand there, or null if the value is of the type. */
  private static @Nullable String wanted(JsonValue value, DataType type) {
    return switch (type) {
      case DOUBLE -> value instanceof JsonNumber ? null : "a number, without quotation marks";
      case INTEGER -> isWhole(value, 31) ? null : "a whole number of at most 32 bits";
      case LONG -> isWhole(value, 63) ? null : "a whole number of at most 64 bits";
      case STRING -> value instanceof JsonString ? null : "a text in quotation marks";
      case BOOLEAN -> value instanceof JsonBoolean ? null : "true or false";
    };
  }

  private static boolean isWhole(JsonValue value, int bits) {
    if (!(value instanceof JsonNumber number) || number.text().length() > 40) {
      return false;
    }
    BigDecimal decimal = number.asDecimal();
    // A number such as 1e40 must not be written out to see that it is too large.
    return decimal.precision() - decimal.scale() <= 20
        && decimal.stripTrailingZeros().scale() <= 0
        && decimal.toBigInteger().bitLength() <= bits;
  }
}
