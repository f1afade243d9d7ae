package io.twinloom.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A long text is copied from the bytes that it stands in, where these are its characters: the
 * parser goes over it several times, and makes garbage of five times its size.
 */
final class LongText {

  /** A longer text is refused by the parser. */
  static final int MOST = 32 * 1024 * 1024;

  private static final int LONG = 32 * 1024;

  private LongText() {}

  /** Whether a long text can be in so many bytes at all. */
  static boolean mayBeIn(byte[] utf8) {
    return utf8.length > LONG;
  }

  /**
   * The text that begins at this quote; empty where it is not long, or has characters that are
   * written with more than one byte.
   */
  static Optional<String> at(byte[] utf8, int quote) {
    int from = quote + 1;
    int end = PlainBytes.end(utf8, from, utf8.length);
    int length = end - from;
    return length < LONG || length > MOST || end == utf8.length || utf8[end] != '"'
        ? Optional.empty()
        : Optional.of(new String(utf8, from, length, StandardCharsets.ISO_8859_1));
  }
}
