package io.twinloom.runner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads events into the maps and lists that {@code io.twinloom.api.Processor} promises. */
final class EventJson {

  /** Nesting beyond this is refused in both directions; the system reads no deeper either. */
  static final int MAX_DEPTH = 200;

  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(200_000)
                  .maxStringLength(32 * 1024 * 1024)
                  .build())
          .build();

  /** A decimal of so many characters has at most 15 digits, and those a double always keeps. */
  private static final int CHARS_A_DOUBLE_KEEPS = 16;

  /** A whole number of so many characters (a sign and 18 digits) is a long. */
  private static final int CHARS_A_LONG_KEEPS = 18;

  private EventJson() {}

  /** What was given is no event; the message says why. */
  static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  /**
   * The event in {@code bytes} from {@code offset} to the end.
   *
   * @throws UnreadableException if there is none
   */
  static Map<String, Object> read(byte[] bytes, int offset) throws UnreadableException {
    try (JsonParser parser = FACTORY.createParser(bytes, offset, bytes.length - offset)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableException("the event is not a JSON object");
      }
      return object(parser);
    } catch (UnreadableException e) {
      throw e;
    } catch (IOException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()));
    }
  }

  /** Whether these bytes are one JSON object and nothing else. */
  static boolean isObject(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      put(members, name, value(parser, parser.nextToken()));
    }
    return members;
  }

  @SuppressWarnings("NullAway") // JSON's null is null in the map, as the interface says.
  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    members.put(name, value);
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> whole(parser.getText());
      case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("token " + token);
    };
  }

  @SuppressWarnings("NullAway") // JSON's null is null in the list, as the interface says.
  private static List<Object> list(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    JsonToken next;
    while ((next = parser.nextToken()) != JsonToken.END_ARRAY) {
      elements.add(value(parser, next));
    }
    return elements;
  }

  static Number whole(String text) {
    if (text.length() <= CHARS_A_LONG_KEEPS) {
      return Long.parseLong(text);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return new BigInteger(text);
    }
  }

  static Number decimal(String text) {
    double nearest = Double.parseDouble(text);
    if (text.length() <= CHARS_A_DOUBLE_KEEPS && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
      return nearest;
    }
    BigDecimal exact = new BigDecimal(text);
    boolean kept = Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(exact) == 0;
    return kept ? (Number) nearest : exact;
  }
}
