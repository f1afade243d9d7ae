package io.twinloom.model.text;

import io.twinloom.json.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file that people write: UTF-8, with or without a byte order mark, which is no part
 * of the text, or, of Python's files, the encoding that it declares. Nothing is replaced: what is
 * in another encoding is refused, with the encoding's name where it can be recognised.
 */
public final class UserText {

  /** Where Python looks for a declared encoding: a comment in the first two lines. */
  private static final Pattern DECLARED =
      Pattern.compile(
          "\\A(?:[ \\t\\f]*(?:#[^\\n]*)?\\R)?[ \\t\\f]*#.*?coding[:=][ \\t]*([-_.a-zA-Z0-9]+)");

  private static final int HEAD = 400;

  private UserText() {}

  /**
   * A file that is not in UTF-8.
   *
   * @see #getMessage what is wrong, for people, with the place in the file where there is one
   */
  public static final class EncodingException extends Exception {
    private final int line;

    EncodingException(int line, String message) {
      super(message, null, false, false);
      this.line = line;
    }

    /** The line of the first byte that is wrong, from 1. */
    public int line() {
      return line;
    }

    /** What is wrong. */
    public String what() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Decodes a file.
   *
   * @throws EncodingException if it is not in UTF-8
   */
  public static String decode(byte[] bytes) throws EncodingException {
    return decode(bytes, StandardCharsets.UTF_8, "UTF-8");
  }

  /**
   * Decodes a file that may declare its encoding, as Python sources do: that one, else UTF-8.
   *
   * @throws EncodingException if it is in another one, or declares one that is not known
   * @see <a href="https://peps.python.org/pep-0263/">PEP 263</a>
   */
  public static String declared(byte[] bytes) throws EncodingException {
    Optional<String> name = declaredName(bytes);
    return name.isEmpty() ? decode(bytes) : decode(bytes, charset(name.get()), name.get());
  }

  /** The encoding that a file declares in a comment of its first two lines, as it writes it. */
  public static Optional<String> declaredName(byte[] bytes) {
    int from = Utf8.hasMark(bytes) ? Utf8.MARK_BYTES : 0;
    int length = Math.min(bytes.length - from, HEAD);
    Matcher matcher =
        DECLARED.matcher(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Charset charset(String name) throws EncodingException {
    String known = name.toLowerCase(Locale.ROOT).replace('_', '-');
    try {
      return known.equals("latin-1") ? StandardCharsets.ISO_8859_1 : Charset.forName(known);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new EncodingException(
          1, "The file declares the encoding " + Printable.quoted(name) + ", which is not known.");
    }
  }

  private static String decode(byte[] bytes, Charset charset, String name)
      throws EncodingException {
    Optional<String> wide = Utf8.wideEncoding(bytes);
    if (wide.isPresent()) {
      throw new EncodingException(1, "The file is in " + wide.get() + ", not in " + name + ".");
    }
    int from = Utf8.hasMark(bytes) ? Utf8.MARK_BYTES : 0;
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(in)
          .toString();
    } catch (CharacterCodingException e) {
      throw at(bytes, Math.min(in.position(), bytes.length - 1), name);
    }
  }

  private static EncodingException at(byte[] bytes, int wrong, String name) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < wrong; i++) {
      if (bytes[i] == '\n') {
        line++;
        start = i + 1;
      }
    }
    int value = bytes[wrong] & 0xFF;
    return new EncodingException(
        line,
        String.format(
            Locale.ROOT,
            "The file is not in %s: byte 0x%02X, byte %d of line %d, is no part of a character.",
            name,
            value,
            wrong - start + 1,
            line));
  }
}
