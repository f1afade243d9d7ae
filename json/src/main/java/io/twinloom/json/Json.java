package io.twinloom.json;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@link JsonValue}s. All methods may be called by any thread. */
public final class Json {

  /** Deeper nesting is refused: no measurement needs it, and the tree is read recursively. */
  public static final int MAX_DEPTH = 200;

  static final byte[] NO_BYTES = {};

  /** As many as values are read and written at once on a few cores; some 30 KB each. */
  private static final int KEPT_BUFFERS = 32;

  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(200_000)
                  .maxStringLength(LongText.MOST)
                  .build())
          .errorReportConfiguration(
              ErrorReportConfiguration.builder().maxErrorTokenLength(40).build())
          // A buffer kept for each thread, which is the default, is never met again by virtual
          // threads: each of them allocated 16 KB for each value that it wrote.
          .recyclerPool(JsonRecyclerPools.newBoundedPool(KEPT_BUFFERS))
          .build();

  /** What {@link #parseWrapped} allows beside. */
  private static final int WRAPPING_LEVELS = 2;

  /** So many levels the product itself puts around a value that was read, at most. */
  private static final int OWN_LEVELS = 8;

  private static final JsonFactory WRAPPING = deeper(WRAPPING_LEVELS);

  private static final JsonFactory OWN = deeper(OWN_LEVELS);

  private static JsonFactory deeper(int levels) {
    return FACTORY
        .rebuild()
        .streamReadConstraints(
            FACTORY.streamReadConstraints().rebuild().maxNestingDepth(MAX_DEPTH + levels).build())
        .build();
  }

  private Json() {}

  /**
   * Reads one JSON text (UTF-8, with or without a byte order mark) to its end. Of a name that
   * stands twice the last value counts.
   *
   * @throws JsonSyntaxException if it is not exactly one JSON value in UTF-8: what is wrong, with
   *     the byte where it is
   */
  public static JsonValue parse(byte[] utf8) throws JsonSyntaxException {
    return parse(FACTORY, utf8);
  }

  /**
   * Reads values that each alone {@link #parse} would read, as they lie in a list which is a member
   * of an object.
   *
   * @throws JsonSyntaxException as {@link #parse} does
   */
  public static JsonValue parseWrapped(byte[] utf8) throws JsonSyntaxException {
    return parse(WRAPPING, utf8);
  }

  /**
   * Reads what this product itself has written, around a value that may be as deep as any.
   *
   * @throws JsonSyntaxException as {@link #parse} does
   */
  public static JsonValue parseOwn(byte[] utf8) throws JsonSyntaxException {
    return parse(OWN, utf8);
  }

  private static JsonValue parse(JsonFactory factory, byte[] utf8) throws JsonSyntaxException {
    // The parser guesses the encoding, and takes some bytes that are no characters.
    JsonFault.checkEncoding(utf8);
    JsonValue plain = PlainReader.read(utf8, factory.streamReadConstraints().getMaxNestingDepth());
    if (plain != null) {
      return plain;
    }
    try (JsonParser parser = factory.createParser(utf8)) {
      return TreeReader.whole(parser, utf8);
    } catch (JsonSyntaxException e) {
      throw JsonFault.in(utf8, e);
    } catch (JsonProcessingException e) {
      throw JsonFault.in(utf8, syntax(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads one JSON text to its end.
   *
   * @throws JsonSyntaxException if it is not exactly one JSON value
   */
  public static JsonValue parse(String text) throws JsonSyntaxException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return TreeReader.whole(parser, NO_BYTES);
    } catch (JsonProcessingException e) {
      throw syntax(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads an object that this product itself has written, as {@link #parseOwn} does.
   *
   * @throws IllegalArgumentException if it is not a JSON object: then it was not ours, or is
   *     damaged
   */
  public static JsonObject parseObject(byte[] utf8) {
    try {
      if (parseOwn(utf8) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("not a JSON object: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("not a JSON object");
  }

  /**
   * Counts the elements of a list without keeping them.
   *
   * @param utf8 read to its end, in pieces; not closed
   * @return -1 where it is another value
   * @throws JsonSyntaxException if it is not exactly one JSON value
   * @throws IOException if it cannot be read
   */
  public static long countElements(InputStream utf8) throws JsonSyntaxException, IOException {
    try (JsonParser parser = FACTORY.createParser(new UnclosedStream(utf8))) {
      long elements = parser.nextToken() == JsonToken.START_ARRAY ? 0 : -1;
      if (elements < 0) {
        if (parser.currentToken() == null) {
          throw new JsonSyntaxException("it is empty", 1, 1);
        }
        parser.skipChildren();
      } else {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          parser.skipChildren();
          elements++;
        }
      }
      if (parser.nextToken() != null) {
        throw new JsonSyntaxException("something follows the end of the JSON value", 1, 1);
      }
      return elements;
    } catch (JsonProcessingException e) {
      throw syntax(e);
    }
  }

  /**
   * Counts the elements of a list, see {@link #countElements(InputStream)}.
   *
   * @throws JsonSyntaxException if it is not exactly one JSON value
   */
  public static long countElements(byte[] utf8) throws JsonSyntaxException {
    long elements = new ListScan(utf8).elements();
    if (elements >= 0) {
      return elements;
    }
    JsonFault.checkEncoding(utf8);
    try {
      return countElements(new ByteArrayInputStream(utf8));
    } catch (JsonSyntaxException e) {
      throw JsonFault.in(utf8, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The bytes of a member's value, just as they stand in an object's text; of a name that stands
   * twice those of the last value. Empty where there is none.
   *
   * @throws JsonSyntaxException if it is not valid JSON
   */
  public static Optional<byte[]> memberBytes(byte[] utf8, String name) throws JsonSyntaxException {
    byte @Nullable [] found = null;
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (String member; (member = parser.nextFieldName()) != null; ) {
        parser.nextToken();
        long start = parser.currentTokenLocation().getByteOffset();
        if (member.equals(name)) {
          // A text is read only when it is asked for.
          parser.finishToken();
        }
        parser.skipChildren();
        if (member.equals(name)) {
          long end = parser.currentLocation().getByteOffset();
          found = Arrays.copyOfRange(utf8, (int) start, (int) end);
        }
      }
      return Optional.ofNullable(found);
    } catch (JsonProcessingException e) {
      throw syntax(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its reader closes it, but its opener does that. */
  private static final class UnclosedStream extends FilterInputStream {
    UnclosedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      return in.read(buffer, from, length);
    }

    @Override
    public void close() {
      // Not ours.
    }
  }

  /** The value as UTF-8 without blanks, keys in their order. */
  public static byte[] bytes(JsonValue value) {
    return ByteWriter.bytes(value);
  }

  /** The bytes of each value, as {@link #bytes} gives them, in order. */
  public static List<byte[]> bytesOfEach(List<? extends JsonValue> values) {
    return ByteWriter.bytesOfEach(values);
  }

  /** The value as text without blanks, keys in their order. */
  public static String text(JsonValue value) {
    StringWriter out = new StringWriter();
    TreeWriter.writeTo(out, value, false);
    return out.toString();
  }

  /** The value as indented text for people. */
  public static String pretty(JsonValue value) {
    StringWriter out = new StringWriter();
    TreeWriter.writeTo(out, value, true);
    return out.toString();
  }

  static JsonSyntaxException syntax(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return new JsonSyntaxException(
        e.getOriginalMessage(),
        at == null ? 1 : Math.max(1, at.getLineNr()),
        at == null ? 1 : Math.max(1, at.getColumnNr()));
  }
}
