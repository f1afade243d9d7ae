package io.twinloom.runner;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what user code returned as JSON: maps with text keys, lists and other iterables, arrays of
 * objects, texts, characters, enum constants (their names), booleans, every {@code Number} of the
 * JDK, null. Anything else is the user's error, which names the key.
 */
final class ResultJson {

  /** What a result holds that JSON cannot. */
  static final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1;

    NotJsonException(String message) {
      super(message, null, false, false);
    }
  }

  private final Bounded out;
  private final JsonGenerator generator;
  private final StringBuilder path = new StringBuilder();

  private ResultJson(int limit) throws IOException {
    this.out = new Bounded(limit);
    this.generator = EventJson.FACTORY.createGenerator(out, JsonEncoding.UTF8);
  }

  /**
   * The result as UTF-8.
   *
   * @param limit the most bytes that it may have
   * @throws NotJsonException if it is not valid JSON, too deep (a map that holds itself), or too
   *     large
   */
  static byte[] write(@Nullable Object result, int limit) throws NotJsonException {
    if (!(result instanceof Map)) {
      throw new NotJsonException(
          result == null
              ? "it returned nothing, not an object"
              : "it returned " + name(result) + ", not a map");
    }
    try {
      ResultJson json = new ResultJson(limit);
      json.value(result, 0);
      json.generator.close();
      return json.out.bytes.toByteArray();
    } catch (TooLarge e) {
      throw new NotJsonException("it returned more than " + limit + " bytes");
    } catch (IOException e) {
      throw new NotJsonException("what it returned cannot be written as JSON: " + e.getMessage());
    }
  }

  private void value(@Nullable Object value, int depth) throws IOException, NotJsonException {
    if (depth > EventJson.MAX_DEPTH) {
      throw new NotJsonException(
          "what it returned is nested deeper than " + EventJson.MAX_DEPTH + ", or holds itself");
    }
    switch (value) {
      case null -> generator.writeNull();
      case String s -> text(s);
      case Number n -> number(n);
      case Boolean b -> generator.writeBoolean(b);
      case Map<?, ?> map -> object(map, depth);
      case Iterable<?> elements -> array(elements, depth);
      case Object[] elements -> array(Arrays.asList(elements), depth);
      case Enum<?> constant -> generator.writeString(constant.name());
      case Character c -> text(c.toString());
      case Object array when array.getClass().isArray() -> array(elements(array), depth);
      default -> throw wrong("is " + name(value) + ", which JSON has no form for");
    }
  }

  private void object(Map<?, ?> map, int depth) throws IOException, NotJsonException {
    generator.writeStartObject();
    for (Map.Entry<?, ?> member : map.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw wrong("has the key " + member.getKey() + ", which is not a String");
      }
      if (hasHalfASurrogatePair(name)) {
        throw wrong("has a key with half of a surrogate pair: " + escaped(name));
      }
      generator.writeFieldName(name);
      int before = path.length();
      path.append(before == 0 ? "" : ".").append(name);
      value(member.getValue(), depth + 1);
      path.setLength(before);
    }
    generator.writeEndObject();
  }

  private void text(String text) throws IOException, NotJsonException {
    if (hasHalfASurrogatePair(text)) {
      throw wrong("has half of a surrogate pair");
    }
    generator.writeString(text);
  }

  private static boolean hasHalfASurrogatePair(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean isPair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!isPair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder("'");
    text.chars()
        .forEach(
            c -> {
              if (c >= ' ' && c < 0x7f) {
                escaped.append((char) c);
              } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return escaped.append('\'').toString();
  }

  /** The elements of an array of a primitive type. */
  private static List<Object> elements(Object array) {
    return IntStream.range(0, Array.getLength(array))
        .mapToObj(index -> Array.get(array, index))
        .toList();
  }

  private void array(Iterable<?> elements, int depth) throws IOException, NotJsonException {
    generator.writeStartArray();
    int index = 0;
    for (Object element : elements) {
      int before = path.length();
      path.append('[').append(index++).append(']');
      value(element, depth + 1);
      path.setLength(before);
    }
    generator.writeEndArray();
  }

  private void number(Number number) throws IOException, NotJsonException {
    switch (number) {
      case Long n -> generator.writeNumber(n);
      case Integer n -> generator.writeNumber(n);
      case Double n when Double.isFinite(n) -> generator.writeNumber(n);
      case Float n when Float.isFinite(n) -> generator.writeNumber(n);
      case Double n -> throw wrong("is " + n + ", which JSON has no number for");
      case Float n -> throw wrong("is " + n + ", which JSON has no number for");
      case BigDecimal n -> generator.writeNumber(n.toString());
      case BigInteger n -> generator.writeNumber(n);
      case Short n -> generator.writeNumber(n);
      case Byte n -> generator.writeNumber(n.intValue());
      case AtomicInteger n -> generator.writeNumber(n.get());
      case AtomicLong n -> generator.writeNumber(n.get());
      default -> throw wrong("is " + name(number) + ", which JSON has no form for");
    }
  }

  private NotJsonException wrong(String what) {
    String where = path.length() == 0 ? "what it returned" : "'" + path + "' of what it returned";
    return new NotJsonException(where + " " + what);
  }

  private static String name(Object value) {
    return "a " + value.getClass().getTypeName();
  }

  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }

  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final int limit;

    Bounded(int limit) {
      this.limit = limit;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      if (bytes.size() + length > limit) {
        throw new TooLarge();
      }
      bytes.write(from, offset, length);
    }
  }
}
