package io.twinloom.json;

import io.twinloom.json.JsonSyntaxException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks for what is wrong with bytes that were not taken as JSON: the parser says where it stopped,
 * people need to know at which byte, what stands there, and why that is wrong. Bytes are counted
 * from 1.
 */
final class JsonFault {

  private static final int SHOWN = 20;
  private static final int HEX_DIGITS = 4;

  private final byte[] utf8;
  private int at;

  private JsonFault(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * What is wrong with these bytes.
   *
   * @param parsers what the parser said, where it has a limit that this does not know
   */
  static JsonSyntaxException in(byte[] utf8, JsonSyntaxException parsers) {
    try {
      new JsonFault(utf8).whole();
      return parsers;
    } catch (JsonSyntaxException e) {
      return e;
    }
  }

  /**
   * Makes sure that bytes are UTF-8.
   *
   * @throws JsonSyntaxException if they are not
   */
  static void checkEncoding(byte[] utf8) throws JsonSyntaxException {
    Optional<String> wide = Utf8.wideEncoding(utf8);
    if (wide.isPresent()) {
      throw new JsonSyntaxException(
          Kind.ENCODING, "it is in " + wide.get() + ", not in UTF-8", 1, 1);
    }
    int malformed = Utf8.malformed(utf8);
    if (malformed >= 0) {
      JsonFault fault = new JsonFault(utf8);
      fault.at = malformed;
      throw fault.here(
          Kind.ENCODING,
          "byte " + hex(utf8[malformed]) + " at " + (malformed + 1) + " is not UTF-8");
    }
  }

  private void whole() throws JsonSyntaxException {
    checkEncoding(utf8);
    at = Utf8.hasMark(utf8) ? Utf8.MARK_BYTES : 0;
    blanks();
    if (at == utf8.length) {
      throw here(Kind.EMPTY, "it is empty");
    }
    value(1);
    blanks();
    if (at < utf8.length) {
      throw here(Kind.AFTER_END, "after its end, at byte " + (at + 1) + ", stands " + shown());
    }
  }

  private void blanks() {
    while (at < utf8.length && (" \n\r\t".indexOf(utf8[at]) >= 0)) {
      at++;
    }
  }

  private void value(int depth) throws JsonSyntaxException {
    if (at == utf8.length) {
      throw early();
    }
    if (depth > Json.MAX_DEPTH + 1) {
      throw here(Kind.OTHER, "it is nested deeper than " + Json.MAX_DEPTH + " levels");
    }
    char c = (char) utf8[at];
    switch (c) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> text(false);
      default -> {
        if (c == '-' || isDigit(c)) {
          number();
        } else if (isLetter(c)) {
          word(at);
        } else {
          throw expected(Kind.VALUE_EXPECTED, "a value");
        }
      }
    }
  }

  private void object(int depth) throws JsonSyntaxException {
    at++;
    blanks();
    if (taken('}')) {
      return;
    }
    do {
      blanks();
      if (at == utf8.length || utf8[at] != '"') {
        throw expected(Kind.NAME_EXPECTED, "a name in double quotes");
      }
      text(true);
      blanks();
      if (!taken(':')) {
        throw expected(Kind.OTHER, "a colon");
      }
      blanks();
      value(depth + 1);
      blanks();
    } while (taken(','));
    if (!taken('}')) {
      throw expected(Kind.COMMA_EXPECTED, "a comma or }");
    }
  }

  private void list(int depth) throws JsonSyntaxException {
    at++;
    blanks();
    if (taken(']')) {
      return;
    }
    do {
      blanks();
      value(depth + 1);
      blanks();
    } while (taken(','));
    if (!taken(']')) {
      throw expected(Kind.COMMA_EXPECTED, "a comma or ]");
    }
  }

  private boolean taken(char c) {
    boolean there = at < utf8.length && utf8[at] == c;
    at += there ? 1 : 0;
    return there;
  }

  /**
   * The parser takes half of a surrogate pair in a value, whose reader refuses it, but not in a
   * name.
   */
  private void text(boolean name) throws JsonSyntaxException {
    int start = at++;
    boolean high = false;
    while (true) {
      if (at == utf8.length) {
        throw early();
      }
      byte c = utf8[at];
      if (high && c != '\\') {
        throw half(start, name);
      }
      if (c == '"') {
        at++;
        return;
      }
      if (c >= 0 && c < ' ') {
        throw here(
            Kind.OTHER,
            "byte " + hex(c) + " at " + (at + 1) + " is a control character, which a text escapes");
      }
      if (c == '\\') {
        int unit = escape();
        boolean low = unit >= 0 && Character.isLowSurrogate((char) unit);
        if (name && high != low) {
          throw half(start, true);
        }
        high = name && unit >= 0 && Character.isHighSurrogate((char) unit);
      } else {
        at++;
      }
    }
  }

  private JsonSyntaxException half(int start, boolean name) {
    at = start;
    return here(
        Kind.OTHER,
        (name ? "the name" : "the text")
            + " at byte "
            + (start + 1)
            + " holds half of a surrogate pair, which is not valid Unicode");
  }

  /** Goes over an escape; returns the UTF-16 unit that it is, or -1 for one by a letter. */
  private int escape() throws JsonSyntaxException {
    int from = at++;
    if (at == utf8.length) {
      throw early();
    }
    char kind = (char) utf8[at++];
    if ("\"\\/bfnrt".indexOf(kind) >= 0) {
      return -1;
    }
    int unit = 0;
    for (int i = 0; kind == 'u' && i < HEX_DIGITS; i++) {
      int digit = at < utf8.length ? Character.digit(utf8[at], 16) : -1;
      if (digit < 0) {
        break;
      }
      unit = unit << 4 | digit;
      at++;
    }
    if (kind != 'u' || at - from != HEX_DIGITS + 2) {
      at = from;
      throw here(Kind.OTHER, "at byte " + (from + 1) + " stands an escape that JSON does not have");
    }
    return unit;
  }

  private void number() throws JsonSyntaxException {
    int start = at;
    if (utf8[at] == '-') {
      at++;
      if (at < utf8.length && isLetter((char) utf8[at])) {
        word(start);
        return;
      }
    }
    int first = at;
    int whole = digits();
    if (whole > 1 && utf8[first] == '0') {
      at = start;
      throw here(Kind.OTHER, "at byte " + (start + 1) + " stands a number that begins with 0");
    }
    boolean complete = whole > 0;
    if (taken('.')) {
      complete &= digits() > 0;
    }
    if (at < utf8.length && (utf8[at] == 'e' || utf8[at] == 'E')) {
      at++;
      if (at < utf8.length && (utf8[at] == '+' || utf8[at] == '-')) {
        at++;
      }
      complete &= digits() > 0;
    }
    if (!complete) {
      throw at == utf8.length ? early() : expected(Kind.OTHER, "a digit");
    }
  }

  private int digits() {
    int from = at;
    while (at < utf8.length && isDigit((char) utf8[at])) {
      at++;
    }
    return at - from;
  }

  private void word(int start) throws JsonSyntaxException {
    while (at < utf8.length && (isLetter((char) utf8[at]) || isDigit((char) utf8[at]))) {
      at++;
    }
    int end = at;
    String word = new String(utf8, start, Math.min(end - start, SHOWN), StandardCharsets.UTF_8);
    if (!word.equals("true") && !word.equals("false") && !word.equals("null")) {
      at = start;
      boolean number = word.toLowerCase(Locale.ROOT).matches("-?(nan|inf|infinity)");
      throw here(
          Kind.WORD,
          "at byte "
              + (start + 1)
              + " stands "
              + word
              + (number ? ", which is not a number of JSON" : ", which is not a value of JSON"));
    }
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private JsonSyntaxException early() {
    return here(Kind.ENDS_EARLY, "it ends after byte " + utf8.length + ", before it is complete");
  }

  private JsonSyntaxException expected(Kind usual, String what) {
    if (at == utf8.length) {
      return early();
    }
    Kind kind =
        switch (utf8[at]) {
          case '\'' -> Kind.SINGLE_QUOTE;
          case '/', '#' -> Kind.COMMENT;
          case '}', ']' -> Kind.CLOSES_TOO_EARLY;
          default -> usual;
        };
    return here(kind, "at byte " + (at + 1) + " stands " + shown() + ", where " + what + " is due");
  }

  private String shown() {
    int c = utf8[at];
    if (c > ' ' && c < 0x7f) {
      return Character.toString(c);
    }
    if (c >= 0) {
      return hex(utf8[at]);
    }
    int last = Utf8.character(utf8, at);
    int character = new String(utf8, at, last - at + 1, StandardCharsets.UTF_8).codePointAt(0);
    String name = Character.getName(character);
    return String.format(Locale.ROOT, "U+%04X", character)
        + (name == null ? "" : " (" + name.toLowerCase(Locale.ROOT) + ")");
  }

  private static String hex(byte one) {
    return String.format(Locale.ROOT, "0x%02X", one & 0xff);
  }

  private JsonSyntaxException here(Kind kind, String what) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(at, utf8.length); i++) {
      if (utf8[i] == '\n') {
        line++;
        column = 1;
      } else if ((utf8[i] & 0xc0) != 0x80) {
        column++;
      }
    }
    return new JsonSyntaxException(kind, what, line, column);
  }
}
