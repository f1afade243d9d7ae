package io.twinloom.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The one way to write a message that its identity is taken from: no blanks, keys sorted by code
 * point, numbers as they were written, UTF-8. Texts are escaped only where JSON demands it, in the
 * shortest way, with lower-case hex digits (as RFC 8785 has them).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.2">RFC 8785, 3.2.2.2</a>
 */
public final class CanonicalJson {

  /**
   * Code points in order; UTF-16 would put the private use area behind the supplementary planes.
   */
  static final Comparator<String> BY_CODE_POINT = CanonicalJson::compare;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] out = new byte[512];
  private int length;

  private CanonicalJson() {}

  /**
   * The canonical bytes of an object.
   *
   * @throws LoneSurrogateException if a text in it holds half of a surrogate pair
   */
  public static byte[] bytes(JsonObject value) {
    CanonicalJson json = new CanonicalJson();
    json.write(value);
    return Arrays.copyOf(json.out, json.length);
  }

  private void write(JsonValue value) {
    switch (value) {
      case JsonObject object -> {
        List<Map.Entry<String, JsonValue>> members = new ArrayList<>(object.own().entrySet());
        members.sort(Map.Entry.comparingByKey(BY_CODE_POINT));
        char before = '{';
        for (Map.Entry<String, JsonValue> member : members) {
          put(before);
          before = ',';
          write(member.getKey());
          put(':');
          write(member.getValue());
        }
        if (before == '{') {
          put('{');
        }
        put('}');
      }
      case JsonArray array -> {
        put('[');
        for (int i = 0; i < array.size(); i++) {
          if (i > 0) {
            put(',');
          }
          write(array.values().get(i));
        }
        put(']');
      }
      case JsonString string -> write(string.value());
      case JsonNumber number -> ascii(number.text());
      case JsonBoolean bool -> ascii(bool.value() ? "true" : "false");
      case JsonNull ignored -> ascii("null");
    }
  }

  private void write(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | c & 0x3F);
      } else if (!Character.isSurrogate(c)) {
        put(0xE0 | c >> 12);
        put(0x80 | c >> 6 & 0x3F);
        put(0x80 | c & 0x3F);
      } else {
        supplementary(text, i);
        i++;
      }
    }
    put('"');
  }

  /** Whether the surrogate at a place in a text is the first of a pair. */
  public static boolean isPair(String text, int at) {
    return Character.isSupplementaryCodePoint(text.codePointAt(at));
  }

  private void supplementary(String text, int at) {
    if (!isPair(text, at)) {
      throw new LoneSurrogateException();
    }
    int codePoint = text.codePointAt(at);
    put(0xF0 | codePoint >> 18);
    put(0x80 | codePoint >> 12 & 0x3F);
    put(0x80 | codePoint >> 6 & 0x3F);
    put(0x80 | codePoint & 0x3F);
  }

  private void ascii(char c) {
    if (c >= 0x20) {
      if (c == '"' || c == '\\') {
        put('\\');
      }
      put(c);
      return;
    }
    put('\\');
    switch (c) {
      case '\b' -> put('b');
      case '\t' -> put('t');
      case '\n' -> put('n');
      case '\f' -> put('f');
      case '\r' -> put('r');
      default -> {
        ascii("u00");
        put(HEX[c >> 4]);
        put(HEX[c & 0xF]);
      }
    }
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  private void put(int b) {
    if (length == out.length) {
      out = Arrays.copyOf(out, out.length * 2);
    }
    out[length++] = (byte) b;
  }

  private static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
        return surrogates && x >= 0xD800 && y >= 0xD800 ? y - x : x - y;
      }
    }
    return a.length() - b.length();
  }
}
