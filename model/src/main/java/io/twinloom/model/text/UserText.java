package io.twinloom.model.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The text of a file that people write: UTF-8, with or without a byte order mark, which is no part
 * of the text. Nothing is replaced: what is in another encoding is refused, with its name where it
 * can be told.
 */
public final class UserText {

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
    Optional<String> wide = wideEncoding(bytes);
    if (wide.isPresent()) {
      throw new EncodingException(1, "The file is in " + wide.get() + ", not in UTF-8.");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw at(bytes, in.position());
    }
    out.flip();
    return (out.length() > 0 && out.charAt(0) == '\uFEFF' ? out.subSequence(1, out.length()) : out)
        .toString();
  }

  /**
   * The encoding of bytes that are in one whose characters have two or four bytes, told by their
   * byte order mark or, since text begins with an ASCII character nearly always, by their zeros.
   */
  public static Optional<String> wideEncoding(byte[] bytes) {
    int[] head = new int[4];
    int known = Math.min(4, bytes.length);
    for (int i = 0; i < known; i++) {
      head[i] = bytes[i] & 0xFF;
    }
    boolean four = known == 4;
    boolean bomFour =
        four
            && ((head[0] == 0xFF && head[1] == 0xFE && head[2] == 0 && head[3] == 0)
                || (head[0] == 0 && head[1] == 0 && head[2] == 0xFE && head[3] == 0xFF));
    boolean zerosFour =
        four
            && ((head[0] != 0 && head[1] == 0 && head[2] == 0 && head[3] == 0)
                || (head[0] == 0 && head[1] == 0 && head[2] == 0 && head[3] != 0));
    if (bomFour || zerosFour) {
      return Optional.of("UTF-32");
    }
    boolean bomTwo =
        known >= 2
            && ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF));
    boolean zerosTwo =
        known >= 2
            && bytes.length % 2 == 0
            && (head[0] == 0) != (head[1] == 0)
            && (!four || ((head[0] == 0) == (head[2] == 0) && (head[1] == 0) == (head[3] == 0)));
    return bomTwo || zerosTwo ? Optional.of("UTF-16") : Optional.empty();
  }

  private static EncodingException at(byte[] bytes, int wrong) {
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
            "The file is not in UTF-8: byte 0x%02X, byte %d of line %d, is no part of a"
                + " character.",
            value,
            wrong - start + 1,
            line));
  }
}
