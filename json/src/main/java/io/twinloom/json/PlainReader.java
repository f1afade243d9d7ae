package io.twinloom.json;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what most JSON is, and what this product itself writes, in half of the parser's time: texts
 * without escapes, none of them long. What it does not take may be JSON all the same: then it is
 * for the parser, which also says what is wrong.
 */
final class PlainReader {

  /** No number, name or text of a measurement is so long, and the parser has limits for them. */
  private static final int LONG = 10_000;

  /** In so many bytes there are several objects of the same members. */
  private static final int SEVERAL = 2_048;

  private static final int KNOWN_NAMES = 64;

  private final byte[] utf8;
  private final int deepest;
  private final @Nullable String[] known;
  private int at;

  private PlainReader(byte[] utf8, int deepest) {
    this.utf8 = utf8;
    this.deepest = deepest;
    this.known = new @Nullable String[utf8.length < SEVERAL ? 0 : KNOWN_NAMES];
  }

  /**
   * Reads one value to the end of the bytes.
   *
   * @param utf8 valid UTF-8
   * @param deepest so many lists and objects may lie in one another
   * @return null where it is for the parser
   */
  static @Nullable JsonValue read(byte[] utf8, int deepest) {
    PlainReader reader = new PlainReader(utf8, deepest);
    JsonValue value = reader.value(1);
    if (value == null) {
      return null;
    }
    reader.blanks();
    return reader.at == utf8.length ? value : null;
  }

  private int next() {
    return at < utf8.length ? utf8[at] : -1;
  }

  private void blanks() {
    while (at < utf8.length && utf8[at] <= ' ' && isBlank(utf8[at])) {
      at++;
    }
  }

  private static boolean isBlank(byte one) {
    return one == ' ' || one == '\n' || one == '\r' || one == '\t';
  }

  private boolean taken(char expected) {
    blanks();
    if (next() != expected) {
      return false;
    }
    at++;
    return true;
  }

  private @Nullable JsonValue value(int depth) {
    blanks();
    return switch (next()) {
      case '{' -> depth > deepest ? null : object(depth);
      case '[' -> depth > deepest ? null : list(depth);
      case '"' -> string();
      case 't' -> word("true", JsonBoolean.TRUE);
      case 'f' -> word("false", JsonBoolean.FALSE);
      case 'n' -> word("null", JsonNull.NULL);
      default -> number();
    };
  }

  private @Nullable JsonValue string() {
    String text = text(false);
    return text == null ? null : new JsonString(text);
  }

  private @Nullable JsonObject object(int depth) {
    at++;
    MembersBuilder members = new MembersBuilder();
    if (taken('}')) {
      return JsonObject.owning(members.members());
    }
    do {
      blanks();
      String name = next() == '"' ? text(true) : null;
      if (name == null || !taken(':')) {
        return null;
      }
      JsonValue value = value(depth + 1);
      if (value == null) {
        return null;
      }
      members.put(name, value);
    } while (taken(','));
    return taken('}') ? JsonObject.owning(members.members()) : null;
  }

  private @Nullable JsonArray list(int depth) {
    at++;
    if (taken(']')) {
      return JsonArray.EMPTY;
    }
    List<JsonValue> elements = new ArrayList<>();
    do {
      JsonValue value = value(depth + 1);
      if (value == null) {
        return null;
      }
      elements.add(value);
    } while (taken(','));
    return taken(']') ? new JsonArray(elements) : null;
  }

  private @Nullable JsonValue word(String word, JsonValue value) {
    int end = at + word.length();
    if (end > utf8.length) {
      return null;
    }
    for (int i = 0; i < word.length(); i++) {
      if (utf8[at + i] != word.charAt(i)) {
        return null;
      }
    }
    at = end;
    return value;
  }

  private @Nullable String text(boolean isName) {
    int from = at + 1;
    Charset charset = StandardCharsets.ISO_8859_1;
    int end = PlainBytes.end(utf8, from, utf8.length);
    while (end < utf8.length && utf8[end] < 0) {
      charset = StandardCharsets.UTF_8;
      end = PlainBytes.end(utf8, end + 1, utf8.length);
    }
    int length = end - from;
    if (end == utf8.length || utf8[end] != '"' || length > LONG) {
      return null;
    }
    at = end + 1;
    return isName && known.length > 0 && length > 0
        ? name(from, length, charset)
        : new String(utf8, from, length, charset);
  }

  /** One text for a name that stands in many objects. */
  private String name(int from, int length, Charset charset) {
    int slot = (length * 31 + utf8[from] * 7 + utf8[from + length - 1]) & (known.length - 1);
    String before = known[slot];
    if (before != null && isAt(before, from, length)) {
      return before;
    }
    String name = new String(utf8, from, length, charset);
    known[slot] = name;
    return name;
  }

  /** Whether a text stands there; one of other characters than ASCII is never found. */
  private boolean isAt(String text, int from, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (utf8[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable JsonNumber number() {
    int from = at;
    if (next() == '-') {
      at++;
    }
    boolean whole = next() == '0' ? skip() : digits();
    boolean valid = whole && fraction() && exponent() && at - from <= LONG;
    return valid
        ? new JsonNumber(new String(utf8, from, at - from, StandardCharsets.ISO_8859_1))
        : null;
  }

  private boolean skip() {
    at++;
    return true;
  }

  private boolean fraction() {
    return next() != '.' || skip() && digits();
  }

  private boolean exponent() {
    if (next() != 'e' && next() != 'E') {
      return true;
    }
    at++;
    if (next() == '+' || next() == '-') {
      at++;
    }
    return digits();
  }

  private boolean digits() {
    int from = at;
    while (next() >= '0' && next() <= '9') {
      at++;
    }
    return at > from;
  }
}
