package io.twinloom.packaging;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file that a user wrote. It is never decoded with replacements: what is not its
 * encoding is an error that names the byte.
 */
public final class UserText {

  private static final String FIX = "Save the file as UTF-8.";
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** Where Python looks for a declared encoding: a comment in the first two lines. */
  private static final Pattern DECLARED =
      Pattern.compile(
          "\\A(?:[ \\t\\f]*(?:#[^\\n]*)?\\R)?[ \\t\\f]*#.*?coding[:=][ \\t]*([-_.a-zA-Z0-9]+)");

  private static final int HEAD = 400;

  private UserText() {}

  /**
   * The file is in another encoding than it should be.
   *
   * <p>The message says which or what byte is wrong, without the file's name.
   */
  public static final class NotTextException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    NotTextException(int line, String message) {
      super(message);
      this.line = line;
    }

    /** The line, counted from 1; 0 means the file as a whole. */
    public int line() {
      return line;
    }

    /** What to do. */
    public String fix() {
      return FIX;
    }
  }

  /**
   * Decodes UTF-8, without the byte order mark that it may begin with.
   *
   * @throws NotTextException if it is something else
   */
  public static String utf8(byte[] content) throws NotTextException {
    return decode(content, StandardCharsets.UTF_8, "UTF-8");
  }

  /**
   * Decodes the encoding that the text itself declares, as Python sources do, else UTF-8.
   *
   * @throws NotTextException if it is something else, or declares what is not known
   * @see <a href="https://peps.python.org/pep-0263/">PEP 263</a>
   */
  public static String declared(byte[] content) throws NotTextException {
    Optional<String> name = declaredName(content);
    if (name.isEmpty()) {
      return utf8(content);
    }
    return decode(content, charset(name.get()), name.get());
  }

  /** The encoding that a text declares, as it writes it. */
  static Optional<String> declaredName(byte[] content) {
    int from = hasMark(content) ? MARK.length : 0;
    int length = Math.min(content.length - from, HEAD);
    Matcher matcher =
        DECLARED.matcher(new String(content, from, length, StandardCharsets.ISO_8859_1));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Charset charset(String name) throws NotTextException {
    String known = name.toLowerCase(Locale.ROOT).replace('_', '-');
    try {
      return known.equals("latin-1") ? StandardCharsets.ISO_8859_1 : Charset.forName(known);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new NotTextException(1, "It declares the encoding " + name + ", which is not known");
    }
  }

  private static boolean hasMark(byte[] content) {
    return content.length >= MARK.length
        && content[0] == MARK[0]
        && content[1] == MARK[1]
        && content[2] == MARK[2];
  }

  private static String decode(byte[] content, Charset charset, String name)
      throws NotTextException {
    String other = otherUnicode(content);
    if (!other.isEmpty()) {
      throw new NotTextException(0, "It is in " + other + ", not in " + name);
    }
    int from = hasMark(content) ? MARK.length : 0;
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(content, from, content.length - from);
    CharBuffer out = CharBuffer.allocate((int) (in.remaining() * decoder.maxCharsPerByte()) + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isUnderflow()) {
      result = decoder.flush(out);
    }
    try {
      if (result.isError()) {
        result.throwException();
      }
      return out.flip().toString();
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += content[i] == '\n' ? 1 : 0;
      }
      String wrong = String.format(Locale.ROOT, "0x%02X", content[in.position()]);
      throw new NotTextException(
          line, "It is not in " + name + ": the byte " + wrong + " in line " + line);
    }
  }

  /** UTF-16 and UTF-32 show by their marks, or by the zeros of ASCII in them. */
  private static String otherUnicode(byte[] content) {
    if (content.length < 2) {
      return "";
    }
    int first = content[0] & 0xff;
    int second = content[1] & 0xff;
    boolean isMark = first + second == 0xff + 0xfe && Math.abs(first - second) == 1;
    boolean isWide = content.length >= 4 && content[0] + content[1] + content[2] + content[3] != 0;
    if (isMark) {
      boolean four = content.length >= 4 && first == 0xff && content[2] == 0 && content[3] == 0;
      return four ? "UTF-32" : "UTF-16";
    }
    if (isWide && (first == 0) != (second == 0)) {
      return content[2] == 0 && content[3] == 0 ? "UTF-32" : "UTF-16";
    }
    return "";
  }
}
