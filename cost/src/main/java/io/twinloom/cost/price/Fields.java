package io.twinloom.cost.price;

import io.twinloom.cost.error.CostError;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The members of an object of a price file; what is missing or wrong is an error with its place.
 */
record Fields(JsonObject object, String file, String pointer) {

  /** The names of its members but comments. */
  List<String> names() {
    return object.members().keySet().stream().filter(n -> !n.startsWith("_comment")).toList();
  }

  boolean has(String name) {
    return object.has(name);
  }

  String text(String name) {
    return object.text(name).orElseThrow(() -> wrong(name, "A text is missing here."));
  }

  String optional(String name) {
    return object.has(name) ? text(name) : "";
  }

  Fields object(String name) {
    JsonObject found =
        object.object(name).orElseThrow(() -> wrong(name, "An object is missing here."));
    return new Fields(found, file, pointer + "/" + name);
  }

  List<Fields> objects(String name) {
    JsonArray list = object.array(name).orElseThrow(() -> wrong(name, "A list is missing here."));
    List<Fields> found = new ArrayList<>();
    for (JsonValue value : list) {
      String at = pointer + "/" + name + "/" + found.size();
      if (!(value instanceof JsonObject element)) {
        throw new TwinloomException(
            CostError.PRICES_INVALID, "This is not an object.", file + " " + at);
      }
      found.add(new Fields(element, file, at));
    }
    return found;
  }

  /** A number that is not negative, written as a number or, to keep its digits, as a text. */
  BigDecimal number(String name) {
    JsonValue value = object.get(name);
    try {
      BigDecimal number =
          value instanceof JsonString text
              ? new BigDecimal(text.value())
              : value instanceof JsonNumber digits ? digits.asDecimal() : null;
      if (number == null || number.signum() < 0) {
        throw wrong(name, "A number of 0 or more is missing here.");
      }
      return number;
    } catch (NumberFormatException e) {
      throw wrong(name, "This is not a number.");
    }
  }

  BigDecimal number(String name, String absent) {
    return number(name, new BigDecimal(absent));
  }

  BigDecimal number(String name, BigDecimal absent) {
    return object.has(name) ? number(name) : absent;
  }

  LocalDate date(String name) {
    try {
      return LocalDate.parse(text(name));
    } catch (DateTimeException e) {
      throw wrong(name, "This is not a date such as 2026-11-30.");
    }
  }

  <E extends Enum<E>> E choice(String name, E[] values) {
    String text = text(name);
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw wrong(name, "\"" + text + "\" is not one of the words that can stand here.");
  }

  TwinloomException wrong(String name, String what) {
    return new TwinloomException(CostError.PRICES_INVALID, what, file + " " + pointer + "/" + name);
  }
}
