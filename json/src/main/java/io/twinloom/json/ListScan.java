package io.twinloom.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A look over the bytes of a JSON list that is quicker than reading it: it tells that a list is
 * well-formed, and how many elements it has. What it does not take may be well-formed all the same,
 * since it knows neither limits that are seldom reached nor what is wrong: then the list is read.
 */
final class ListScan {

  /** What it could not tell. */
  static final long UNKNOWN = -1;

  /** No number and no text of a measurement is so long, and the reader has limits for them. */
  private static final int LONG = 10_000;

  private static final int DEPTH = 64;
  private static final int NOBODY = -1;
  private static final int ESCAPED = -2;
  private static final int HEX_DIGITS = 4;

  /** The depth of an element's own members. */
  private static final int MEMBERS = 2;

  private final byte[] utf8;
  private final byte[][] names;
  private final ElementTexts.Visitor visitor;
  private @Nullable String[] texts;
  private final @Nullable Kept[] kept;
  private int at;

  /** Whether the text that was gone over last has an escape. */
  private boolean escaped;

  /** The last text under a name, and where it stands. */
  private record Kept(int from, int to, String text) {}

  ListScan(byte[] utf8) {
    this(utf8, List.of(), (texts, from, to) -> {});
  }

  /**
   * @param names of members of the elements
   * @param visitor is given the texts of each element that are under these names
   */
  ListScan(byte[] utf8, List<String> names, ElementTexts.Visitor visitor) {
    this.utf8 = utf8;
    this.names = names.stream().map(n -> n.getBytes(UTF_8)).toArray(byte[][]::new);
    this.visitor = visitor;
    this.texts = new @Nullable String[names.size()];
    this.kept = new @Nullable Kept[names.size()];
  }

  /** The number of elements, or {@link #UNKNOWN}. */
  long elements() {
    blanks();
    if (next() != '[') {
      return UNKNOWN;
    }
    at++;
    blanks();
    long elements = 0;
    if (next() == ']') {
      at++;
    } else {
      do {
        texts = new @Nullable String[names.length];
        blanks();
        int from = at;
        if (!value(1)) {
          return UNKNOWN;
        }
        visitor.element(texts, from, at);
        elements++;
      } while (goesOn());
      if (!ended(']')) {
        return UNKNOWN;
      }
    }
    blanks();
    return at == utf8.length ? elements : UNKNOWN;
  }

  private int next() {
    return at < utf8.length ? utf8[at] : 0;
  }

  private void blanks() {
    while (at < utf8.length && utf8[at] <= ' ') {
      byte blank = utf8[at];
      if (blank != ' ' && blank != '\n' && blank != '\r' && blank != '\t') {
        return;
      }
      at++;
    }
  }

  /** Whether a comma follows, behind which the next element stands. */
  private boolean goesOn() {
    blanks();
    if (next() != ',') {
      return false;
    }
    at++;
    return true;
  }

  private boolean ended(char bracket) {
    if (next() != bracket) {
      return false;
    }
    at++;
    return true;
  }

  private boolean value(int depth) {
    blanks();
    return switch (next()) {
      case '{' -> depth < DEPTH && object(depth + 1);
      case '[' -> depth < DEPTH && list(depth + 1);
      case '"' -> text();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean object(int depth) {
    at++;
    blanks();
    if (ended('}')) {
      return true;
    }
    do {
      blanks();
      int name = at;
      if (next() != '"' || !text()) {
        return false;
      }
      int known = depth == MEMBERS && names.length > 0 ? known(name + 1, at - 1) : NOBODY;
      if (known == ESCAPED) {
        return false;
      }
      blanks();
      if (!ended(':')) {
        return false;
      }
      blanks();
      int from = at;
      if (!value(depth) || known >= 0 && !take(known, from)) {
        return false;
      }
    } while (goesOn());
    return ended('}');
  }

  /** Which of the names stands there; one that is written with escapes may be any. */
  private int known(int from, int to) {
    for (int i = 0; i < names.length; i++) {
      if (Arrays.equals(utf8, from, to, names[i], 0, names[i].length)) {
        return i;
      }
    }
    return escaped ? ESCAPED : NOBODY;
  }

  /** Keeps the text that has just been gone over; of a name that stands twice the last counts. */
  private boolean take(int name, int quote) {
    if (utf8[quote] != '"') {
      texts[name] = null;
      return true;
    }
    int from = quote + 1;
    int to = at - 1;
    Kept before = kept[name];
    // Most elements of a list have the same id.
    if (before == null || !Arrays.equals(utf8, from, to, utf8, before.from, before.to)) {
      kept[name] = new Kept(from, to, new String(utf8, from, to - from, UTF_8));
    }
    texts[name] = Objects.requireNonNull(kept[name]).text;
    return !escaped;
  }

  private boolean list(int depth) {
    at++;
    blanks();
    if (ended(']')) {
      return true;
    }
    do {
      if (!value(depth)) {
        return false;
      }
    } while (goesOn());
    return ended(']');
  }

  private boolean text() {
    byte[] bytes = utf8;
    int end = Math.min(bytes.length, at + LONG);
    int i = PlainBytes.end(bytes, at + 1, end);
    escaped = false;
    while (i < end) {
      byte one = bytes[i];
      if (one == '"') {
        at = i + 1;
        return true;
      }
      int last;
      if (one == '\\') {
        escaped = true;
        last = escape(i + 1);
      } else {
        last = one < 0 ? Utf8.character(bytes, i) : -1;
      }
      if (last < 0) {
        return false;
      }
      i = PlainBytes.end(bytes, last + 1, end);
    }
    return false;
  }

  /** Where an escape ends whose backslash stands before; negative where it is none. */
  private int escape(int i) {
    if (i >= utf8.length) {
      return -1;
    }
    return switch (utf8[i]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> i;
      case 'u' -> {
        if (i + HEX_DIGITS >= utf8.length) {
          yield -1;
        }
        for (int digit = 1; digit <= HEX_DIGITS; digit++) {
          if (Character.digit(utf8[i + digit], 16) < 0) {
            yield -1;
          }
        }
        yield i + HEX_DIGITS;
      }
      default -> -1;
    };
  }

  private boolean word(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (next() != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean number() {
    int start = at;
    if (next() == '-') {
      at++;
    }
    boolean zero = next() == '0';
    int digits = digits();
    if (digits == 0 || zero && digits > 1) {
      return false;
    }
    if (next() == '.') {
      at++;
      if (digits() == 0) {
        return false;
      }
    }
    if (next() == 'e' || next() == 'E') {
      at++;
      if (next() == '+' || next() == '-') {
        at++;
      }
      if (digits() == 0) {
        return false;
      }
    }
    return at - start < LONG;
  }

  private int digits() {
    byte[] bytes = utf8;
    int i = at;
    while (i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    int digits = i - at;
    at = i;
    return digits;
  }
}
