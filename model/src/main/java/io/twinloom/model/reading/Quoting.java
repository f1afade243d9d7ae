package io.twinloom.model.reading;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How problems put values and choices into words. */
public final class Quoting {
  private static final int MAX_SHOWN = 60;

  private Quoting() {}

  /** A value as a message shows it: on one line, cut, without control characters. */
  public static String shown(JsonValue value) {
    return switch (value) {
      case JsonString text -> quoted(text.value());
      case JsonObject object -> object.isEmpty() ? "{}" : object.kind();
      case JsonArray array -> array.size() == 0 ? "[]" : array.kind();
      default -> cut(value.toString());
    };
  }

  /** A text in quotation marks, on one line, cut, without control characters. */
  public static String quoted(String text) {
    return "\"" + cut(text) + "\"";
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
    String folded = wrong.toLowerCase(Locale.ROOT);
    int best = Math.max(1, folded.length() / 3) + 1;
    String meant = null;
    for (String choice : choices) {
      if (Math.abs(choice.length() - folded.length()) < best && !choice.equals(wrong)) {
        int distance = distance(folded, choice.toLowerCase(Locale.ROOT));
        if (distance < best) {
          best = distance;
          meant = choice;
        }
      }
    }
    return meant;
  }

  /** Letters to change, insert, delete, or swap with their neighbour (optimal string alignment). */
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }

  private static String cut(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < MAX_SHOWN; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return text.length() > MAX_SHOWN ? shown.append('…').toString() : shown.toString();
  }
}
