package io.twinloom.json;

/** Whether bytes are UTF-8, as strictly as RFC 3629 has it. */
final class Utf8 {

  private Utf8() {}

  /** Where the first byte stands that no character begins with or goes on with; -1: nowhere. */
  static int malformed(byte[] bytes) {
    if (isAscii(bytes)) {
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

  private static boolean isAscii(byte[] bytes) {
    byte all = 0;
    for (byte one : bytes) {
      all |= one;
    }
    return all >= 0;
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
   * Whether JSON in these bytes would be in UTF-16 or UTF-32: its first character, which is ASCII,
   * has a byte that is zero, or a byte order mark says so.
   */
  static boolean isWider(byte[] bytes) {
    if (bytes.length >= 2) {
      int mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
      if (mark == 0xfeff || mark == 0xfffe) {
        return true;
      }
    }
    return bytes.length >= 2 && bytes.length % 2 == 0 && (bytes[0] == 0 || bytes[1] == 0);
  }

  /** Whether a byte order mark of UTF-8 stands before them. */
  static boolean hasMark(byte[] bytes) {
    return bytes.length >= 3
        && (bytes[0] & 0xff) == 0xef
        && (bytes[1] & 0xff) == 0xbb
        && (bytes[2] & 0xff) == 0xbf;
  }
}
