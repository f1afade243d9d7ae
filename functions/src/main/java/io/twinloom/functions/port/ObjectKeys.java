package io.twinloom.functions.port;

/** The rule for keys of objects, see {@link ObjectStore#isKey}. */
final class ObjectKeys {

  private ObjectKeys() {}

  static boolean isKey(String text) {
    int bytes = 0;
    int nameStart = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '/') {
        if (isNoName(text, nameStart, i)) {
          return false;
        }
        nameStart = i + 1;
        bytes++;
        continue;
      }
      int codePoint = text.codePointAt(i);
      int type = Character.getType(codePoint);
      if (type == Character.CONTROL || type == Character.SURROGATE || codePoint == '\\') {
        return false;
      }
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      i += Character.charCount(codePoint) - 1;
    }
    return bytes - 1 <= ObjectStore.MAX_KEY_BYTES;
  }

  private static boolean isNoName(String text, int from, int to) {
    int length = to - from;
    return length == 0
        || length == 1 && text.charAt(from) == '.'
        || length == 2 && text.charAt(from) == '.' && text.charAt(from + 1) == '.';
  }
}
