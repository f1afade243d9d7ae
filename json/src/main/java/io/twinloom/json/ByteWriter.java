package io.twinloom.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree as UTF-8 without blanks, byte for byte as the library's generator does (which its
 * test holds it to) in a third of the time: nothing is set up for a value, and no text is copied on
 * its way. A character beyond the basic plane is written as two escapes, as is half of one. The
 * text of objects that are kept as they were read is copied.
 */
final class ByteWriter {

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** A longer text is encoded at once. */
  private static final int SHORT = 48;

  private static final int LEAST_ROOM = 1_024;

  /** What half of a surrogate pair is encoded as: as many bytes as it has characters. */
  private static final char FOR_HALF_A_PAIR = '?';

  private byte[] out;
  private int length;

  private ByteWriter(int room) {
    this.out = new byte[room];
  }

  static byte[] bytes(JsonValue value) {
    ByteWriter writer = new ByteWriter(LEAST_ROOM + givenBytes(value));
    writer.write(value);
    return Arrays.copyOf(writer.out, writer.length);
  }

  /** The bytes of each, written one after another into one buffer. */
  static List<byte[]> bytesOfEach(List<? extends JsonValue> values) {
    ByteWriter writer = new ByteWriter(LEAST_ROOM);
    List<byte[]> bytes = new ArrayList<>(values.size());
    for (JsonValue value : values) {
      writer.length = 0;
      writer.write(value);
      bytes.add(Arrays.copyOf(writer.out, writer.length));
    }
    return bytes;
  }

  /** What lists of objects by their text, such as a reader answers, will need; 0 without any. */
  private static int givenBytes(JsonValue value) {
    long bytes = 0;
    if (value instanceof JsonObject object && object.givenText() == null) {
      for (JsonValue member : object.own().values()) {
        if (member instanceof JsonArray list
            && list.size() > 0
            && list.values().getFirst() instanceof JsonObject first
            && first.givenText() != null) {
          for (JsonValue element : list) {
            byte @Nullable [] text = element instanceof JsonObject o ? o.givenText() : null;
            bytes += text == null ? 0 : text.length + 1;
          }
        }
      }
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE - LEAST_ROOM - 8);
  }

  private void write(JsonValue value) {
    switch (value) {
      case JsonObject object -> write(object);
      case JsonArray array -> {
        put('[');
        boolean further = false;
        for (JsonValue element : array.values()) {
          if (further) {
            put(',');
          }
          further = true;
          write(element);
        }
        put(']');
      }
      case JsonString string -> text(string.value());
      case JsonNumber number -> ascii(number.text());
      case JsonBoolean bool -> ascii(bool.value() ? "true" : "false");
      case JsonNull ignored -> ascii("null");
    }
  }

  private void write(JsonObject object) {
    byte @Nullable [] given = object.givenText();
    if (given != null) {
      copy(given);
      return;
    }
    put('{');
    if (object.own() instanceof FewMembers few) {
      for (int i = 0; i < few.size(); i++) {
        member(i > 0, few.name(i), few.value(i));
      }
    } else {
      boolean further = false;
      for (Map.Entry<String, JsonValue> member : object.own().entrySet()) {
        member(further, member.getKey(), member.getValue());
        further = true;
      }
    }
    put('}');
  }

  private void member(boolean further, String name, JsonValue value) {
    if (further) {
      put(',');
    }
    text(name);
    put(':');
    write(value);
  }

  private void text(String text) {
    int count = text.length();
    put('"');
    int plain = count > SHORT ? encoded(text) : 0;
    if (plain == 0) {
      makeRoom(count);
      while (plain < count && isPlain(text.charAt(plain))) {
        out[length++] = (byte) text.charAt(plain++);
      }
      for (int i = plain; i < count; i++) {
        character(text.charAt(i));
      }
    }
    put('"');
  }

  /** Copies a long text where all its characters stand for themselves; 0 where some do not. */
  private int encoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != text.length()
        || PlainBytes.end(bytes, 0, bytes.length) < bytes.length
        || PlainBytes.have(bytes, FOR_HALF_A_PAIR)) {
      return 0;
    }
    copy(bytes);
    return bytes.length;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
  }

  private void character(char c) {
    if (isPlain(c)) {
      put(c);
    } else if (c < 0x80) {
      escape(c);
    } else if (c < 0x800) {
      put(0xC0 | c >> 6);
      put(0x80 | c & 0x3F);
    } else if (Character.isSurrogate(c)) {
      hexadecimal(c);
    } else {
      put(0xE0 | c >> 12);
      put(0x80 | c >> 6 & 0x3F);
      put(0x80 | c & 0x3F);
    }
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> escaped(c);
      case '\b' -> escaped('b');
      case '\t' -> escaped('t');
      case '\n' -> escaped('n');
      case '\f' -> escaped('f');
      case '\r' -> escaped('r');
      default -> hexadecimal(c);
    }
  }

  private void escaped(char c) {
    put('\\');
    put(c);
  }

  private void hexadecimal(char c) {
    escaped('u');
    put(HEX[c >> 12]);
    put(HEX[c >> 8 & 0xF]);
    put(HEX[c >> 4 & 0xF]);
    put(HEX[c & 0xF]);
  }

  private void ascii(String text) {
    makeRoom(text.length());
    for (int i = 0; i < text.length(); i++) {
      out[length++] = (byte) text.charAt(i);
    }
  }

  private void copy(byte[] bytes) {
    makeRoom(bytes.length);
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
  }

  private void put(int one) {
    makeRoom(1);
    out[length++] = (byte) one;
  }

  private void makeRoom(int more) {
    if (more > out.length - length) {
      out =
          Arrays.copyOf(
              out,
              Math.max(
                  Math.addExact(length, more),
                  (int) Math.min(2L * out.length, Integer.MAX_VALUE - 8)));
    }
  }
}
