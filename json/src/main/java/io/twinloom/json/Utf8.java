package io.twinloom.json;

import java.util.Optional;

/** Which encoding bytes are in, and whether they are UTF-8 as strictly as RFC 3629 has it. */
public final class Utf8 {

  /** How many bytes the byte order mark has. */
  public static final int MARK_BYTES = 3;

  private Utf8() {}

  /** Where the first byte stands that no character begins with or goes on with; -1: nowhere. */
  static int malformed(byte[] bytes) {
    if (PlainBytes.areAscii(bytes)) {
      return -1;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        int last = character(bytes, i);
        if (last < 0) {
          return i;
        }
        i = last;
      }
    }
    return -1;
  }

  /** Where a character of several bytes ends; negative where it is none. */
  static int character(byte[] bytes, int i) {
    int lead = bytes[i] & 0xff;
    int more = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (more == 0 || i + more >= bytes.length) {
      return -1;
    }
    int second = bytes[i + 1] & 0xff;
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return -1;
    }
    for (int j = 2; j <= more; j++) {
      if ((bytes[i + j] & 0xc0) != 0x80) {
        return -1;
      }
    }
    return i + more;
  }

  /**
   * The name of the encoding of bytes whose characters have two or four bytes: known by a byte
   * order mark or, since text nearly always begins with an ASCII character, by zeros.
   */
  public static Optional<String> wideEncoding(byte[] bytes) {
    if (bytes.length < 2) {
      return Optional.empty();
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean marked = first == 0xff && second == 0xfe || first == 0xfe && second == 0xff;
    boolean zero = (first == 0 || second == 0) && bytes.length % 2 == 0;
    if (!marked && !zero) {
      return Optional.empty();
    }
    if (bytes.length >= 4) {
      int third = bytes[2] & 0xff;
      int fourth = bytes[3] & 0xff;
      boolean little = second == 0xfe && first == 0xff || first != 0 && second == 0;
      boolean big = first == 0 && second == 0;
      if (little && third == 0 && fourth == 0 || big && (third == 0 || third == 0xfe)) {
        return Optional.of("UTF-32");
      }
      if (!marked && ((first == 0) != (third == 0) || (second == 0) != (fourth == 0))) {
        return Optional.empty();
      }
    }
    return marked || first != second ? Optional.of("UTF-16") : Optional.empty();
  }

  /** Whether a byte order mark of UTF-8 stands before them. */
  public static boolean hasMark(byte[] bytes) {
    return bytes.length >= MARK_BYTES
        && (bytes[0] & 0xff) == 0xef
        && (bytes[1] & 0xff) == 0xbb
        && (bytes[2] & 0xff) == 0xbf;
  }
}
