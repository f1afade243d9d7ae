package io.twinloom.model.reading;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Nearest;
import io.twinloom.model.text.Printable;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How problems put values and choices into words. */
public final class Quoting {
  private Quoting() {}

  /** A value as a message shows it: on one line, cut, and nothing in it that cannot be seen. */
  public static String shown(JsonValue value) {
    return switch (value) {
      case JsonString text -> quoted(text.value());
      case JsonObject object -> object.isEmpty() ? "{}" : object.kind();
      case JsonArray array -> array.size() == 0 ? "[]" : array.kind();
      default -> Printable.cut(value.toString(), Printable.MAX_QUOTED);
    };
  }

  /** A text in quotation marks, on one line, cut, and nothing in it that cannot be seen. */
  public static String quoted(String text) {
    return Printable.quoted(text);
  }

  /** {@code "a", "b" or "c"}. */
  public static String either(Collection<String> choices) {
    StringBuilder list = new StringBuilder();
    int left = choices.size();
    for (String choice : choices) {
      left--;
      list.append(quoted(choice)).append(left > 1 ? ", " : left == 1 ? " or " : "");
    }
    return list.toString();
  }

  /** What to write where one of a few words must stand; begins with the one that was meant. */
  public static String write(String wrong, Collection<String> choices) {
    String meant = nearest(wrong, choices);
    return meant == null
        ? "Write " + either(choices) + "."
        : "Did you mean " + quoted(meant) + "? Write " + either(choices) + ".";
  }

  /** {@code " Did you mean …?"} where one of the choices is near, else nothing. */
  public static String hint(String wrong, Collection<String> choices) {
    String meant = nearest(wrong, choices);
    return meant == null ? "" : " Did you mean " + quoted(meant) + "?";
  }

  /** The choice, other than the word itself, that was most likely meant; null if none is near. */
  public static @Nullable String nearest(String wrong, Collection<String> choices) {
    return Nearest.to(wrong, choices).orElse(null);
  }
}
