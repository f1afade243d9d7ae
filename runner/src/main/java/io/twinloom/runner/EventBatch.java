package io.twinloom.runner;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Several events in one call, as the system's wrapper hands them over: {@code {"twinloom_batch": 1,
 * "events": […], "traces"?: […]}}. The answer is {@code {"twinloom_batch": 1, "results":
 * [{"result"} | {"error"}, …]}}, one for each event that was started: fewer results mean that the
 * rest was not.
 */
public final class EventBatch {
  private static final String MARK = "twinloom_batch";
  private static final int VERSION = 1;

  /** A cloud's answer has 6 MB at most; what would not fit is not started. */
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private EventBatch() {}

  /** The events of a batch, as they stand in it; none where the bytes are something else. */
  public static List<byte[]> events(byte[] bytes) {
    List<byte[]> events = new ArrayList<>();
    try (JsonParser parser = EventJson.FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT
          || !MARK.equals(parser.nextFieldName())
          || parser.nextIntValue(0) != VERSION
          || !"events".equals(parser.nextFieldName())
          || parser.nextToken() != JsonToken.START_ARRAY) {
        return events;
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        events.add(Arrays.copyOfRange(bytes, from, (int) parser.currentLocation().getByteOffset()));
      }
      return events;
    } catch (IOException e) {
      // Whatever it is, the function says so of it as of any event.
      return List.of();
    }
  }

  /** The trace of each event of a batch; fewer, or none, where its caller does not say. */
  public static List<String> traces(byte[] bytes) {
    List<String> traces = new ArrayList<>();
    try (JsonParser parser = EventJson.FACTORY.createParser(bytes)) {
      if (found(parser, "traces") == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          traces.add(parser.getText());
        }
      }
      return traces;
    } catch (IOException e) {
      return List.of();
    }
  }

  /** A member of an event that is text; empty where it has none. */
  public static String text(byte[] event, String member) {
    try (JsonParser parser = EventJson.FACTORY.createParser(event)) {
      return found(parser, member) == JsonToken.VALUE_STRING ? parser.getText() : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Goes to the value of an object's member. */
  private static @Nullable JsonToken found(JsonParser parser, String member) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return null;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean it = member.equals(parser.currentName());
      JsonToken value = parser.nextToken();
      if (it) {
        return value;
      }
      parser.skipChildren();
    }
    return null;
  }

  /**
   * Runs events one after the other; the first one always.
   *
   * @param function throws {@link UserCodeException}, whatever it does
   * @param late whether there is no time for a further one
   */
  public static byte[] results(
      List<byte[]> events, UnaryOperator<byte[]> function, BooleanSupplier late) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(text("{\"" + MARK + "\":" + VERSION + ",\"results\":["));
    boolean first = true;
    for (byte[] event : events) {
      if (!first && (all.size() > MAX_BYTES || late.getAsBoolean())) {
        break;
      }
      if (!first) {
        all.write(',');
      }
      first = false;
      try {
        byte[] result = function.apply(event);
        all.writeBytes(text("{\"result\":"));
        all.writeBytes(result);
        all.write('}');
      } catch (UserCodeException e) {
        all.writeBytes(error(String.valueOf(e.getMessage())));
      }
    }
    all.writeBytes(text("]}"));
    return all.toByteArray();
  }

  /** An object that says why there is no result. */
  static byte[] error(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = EventJson.FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("error", text);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] text(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }
}
