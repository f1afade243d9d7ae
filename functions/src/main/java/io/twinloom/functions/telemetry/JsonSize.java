package io.twinloom.functions.telemetry;

import io.twinloom.json.CanonicalJson;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.Map;
import java.util.Set;

/** The size of JSON in UTF-8, without blanks and needless escapes, without writing it. */
public final class JsonSize {

  private JsonSize() {}

  /**
   * The bytes that it has at least, however it is written.
   *
   * @throws io.twinloom.functions.error.Refused if a text in it holds half of a surrogate pair,
   *     which UTF-8 cannot write
   */
  public static long of(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        long size = 2 + Math.max(0, object.members().size() - 1);
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
          size += ofText(member.getKey()) + 1 + of(member.getValue());
        }
        yield size;
      }
      case JsonArray array -> {
        long size = 2 + Math.max(0, array.size() - 1);
        for (JsonValue element : array) {
          size += of(element);
        }
        yield size;
      }
      case JsonString string -> ofText(string.value());
      case JsonNumber number -> number.text().length();
      case JsonBoolean bool -> bool.value() ? 4 : 5;
      case JsonNull ignored -> 4;
    };
  }

  /**
   * The same of an object without some of its members.
   *
   * @throws io.twinloom.functions.error.Refused if a text anywhere in it holds half of a surrogate
   *     pair
   */
  static long without(Set<String> names, JsonObject object) {
    long size = of(object);
    int rest = object.members().size();
    for (String name : names) {
      JsonValue value = object.get(name);
      if (value != null) {
        size -= ofText(name) + 1 + of(value);
        rest--;
      }
    }
    return size - Math.max(0, object.members().size() - 1) + Math.max(0, rest - 1);
  }

  private static long ofText(String text) {
    long size = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        size += c >= 0x20 ? (c == '"' || c == '\\' ? 2 : 1) : hasShortEscape(c) ? 2 : 6;
      } else if (!Character.isSurrogate(c)) {
        size += c < 0x800 ? 2 : 3;
      } else {
        if (!CanonicalJson.isPair(text, i)) {
          throw EventId.invalidUnicode();
        }
        size += 4;
        i++;
      }
    }
    return size;
  }

  private static boolean hasShortEscape(char c) {
    return c == '\b' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
  }
}
