package io.twinloom.serverless.queue;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The body of a queue message: {@code {"events": [{"event", "attempts"?, "put_off"?}, …]}}. So a
 * batch that has formed once is kept from one function to the next, and a message costs what one
 * event would cost.
 */
public final class QueueMessage {

  /** So many events one message has at most. */
  public static final int MAX_EVENTS = 100;

  /** So many bytes of UTF-8, unless it is one event: all of it is written anew with each delay. */
  static final int MAX_BYTES = 256 * 1024;

  private static final String EVENTS = "events";

  private QueueMessage() {}

  /** Events as bodies of as few messages as they fit into, in their order, and which are where. */
  public record Packed(String body, List<QueuedEvent> events) {
    public Packed {
      events = List.copyOf(events);
    }
  }

  /**
   * Packs events.
   *
   * @param most so many into one message
   */
  public static List<Packed> pack(List<QueuedEvent> events, int most) {
    List<Packed> messages = new ArrayList<>();
    List<QueuedEvent> taken = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    long bytes = 0;
    for (QueuedEvent event : events) {
      String json = plain(Json.text(event.toJson()));
      int size = json.getBytes(StandardCharsets.UTF_8).length + 1;
      if (!taken.isEmpty() && (taken.size() >= most || bytes + size > MAX_BYTES)) {
        messages.add(new Packed(body + "]}", taken));
        taken.clear();
        bytes = 0;
      }
      if (taken.isEmpty()) {
        body.setLength(0);
        body.append("{\"" + EVENTS + "\":[");
      } else {
        body.append(',');
      }
      body.append(json);
      taken.add(event);
      bytes += size;
    }
    if (!taken.isEmpty()) {
      messages.add(new Packed(body + "]}", taken));
    }
    return messages;
  }

  /** Reads a body; empty where it is no such message. */
  public static Optional<List<QueuedEvent>> read(JsonObject body) {
    Optional<JsonArray> events = body.array(EVENTS);
    if (events.isEmpty() || body.members().size() != 1) {
      return Optional.empty();
    }
    List<QueuedEvent> read = new ArrayList<>();
    for (JsonValue element : events.get().values()) {
      if (!(element instanceof JsonObject event) || event.object("event").isEmpty()) {
        return Optional.empty();
      }
      read.add(QueuedEvent.of(event));
    }
    return Optional.of(read);
  }

  /**
   * JSON without the characters that are allowed in it and refused by a queue: U+FFFE, U+FFFF and
   * halves of surrogate pairs, all of which stand in texts only, where they can be escaped.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
   */
  private static String plain(String json) {
    for (int i = 0; i < json.length(); i++) {
      if (isRefused(json, i)) {
        return escaped(json);
      }
      if (Character.isHighSurrogate(json.charAt(i))) {
        i++;
      }
    }
    return json;
  }

  private static String escaped(String json) {
    StringBuilder plain = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (isRefused(json, i)) {
        plain.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
      } else {
        plain.append(c);
        if (Character.isHighSurrogate(c)) {
          plain.append(json.charAt(++i));
        }
      }
    }
    return plain.toString();
  }

  private static boolean isRefused(String json, int at) {
    char c = json.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == json.length() || !Character.isLowSurrogate(json.charAt(at + 1));
    }
    return c >= 0xFFFE || Character.isLowSurrogate(c) || c < ' ' && c != '\t';
  }
}
