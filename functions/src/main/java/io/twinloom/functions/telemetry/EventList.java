package io.twinloom.functions.telemetry;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Count;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Several envelopes in one request to another cloud, {@code {"events": […]}}, and what is answered
 * to it, {@code {"results": […]}}: one for each, in their order.
 */
public final class EventList {

  /** The only member of such a body. */
  public static final String EVENTS = "events";

  /** The member of the answer. */
  public static final String RESULTS = "results";

  /** The members of a result. */
  public static final String STATUS = "status";

  public static final String CODE = "code";
  public static final String ERROR = "error";

  /** The two words of {@link #STATUS}. */
  public static final String SUCCESS = "Success";

  public static final String FAILED = "Failed";

  /** So many in one request at most. */
  public static final int MOST = 500;

  /** Several have so many bytes at most, as sent. */
  public static final int MOST_BYTES = 1024 * 1024;

  private static final byte[] BEFORE = "{\"events\":[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] AFTER = "]}".getBytes(StandardCharsets.UTF_8);

  /** The bytes around the envelopes; a comma follows each but the last. */
  public static final int FRAME = BEFORE.length + AFTER.length;

  private static final int MAX_ERROR = 200;

  private EventList() {}

  /** The body with these envelopes. */
  public static byte[] bytes(List<byte[]> envelopes) {
    int size = FRAME + envelopes.stream().mapToInt(envelope -> envelope.length + 1).sum();
    ByteArrayOutputStream body = new ByteArrayOutputStream(size);
    body.writeBytes(BEFORE);
    for (int i = 0; i < envelopes.size(); i++) {
      if (i > 0) {
        body.write(',');
      }
      body.writeBytes(envelopes.get(i));
    }
    body.writeBytes(AFTER);
    return body.toByteArray();
  }

  /**
   * Whether a body holds several envelopes: then it has no other member.
   *
   * @throws Refused if it holds several and one at once
   */
  public static boolean isList(JsonObject body) {
    if (!body.has(EVENTS)) {
      return false;
    }
    if (body.has(Envelope.PAYLOAD)) {
      throw bad("The body has events beside a payload.");
    }
    return body.members().size() == 1;
  }

  /**
   * The elements of such a body.
   *
   * @param bytes how large it was as sent
   * @throws Refused if it is no list, has none or too many, or several that are too large together
   */
  public static List<JsonValue> elements(JsonObject body, int bytes) {
    JsonArray events = body.array(EVENTS).orElseThrow(() -> bad("The member events is no list."));
    if (events.size() == 0 || events.size() > MOST) {
      throw bad(
          "The list has " + Count.of(events.size(), "event") + "; 1 to " + MOST + " are accepted.");
    }
    if (events.size() > 1 && bytes > MOST_BYTES) {
      throw Refused.tooLarge(
          "The list has " + bytes + " bytes; at most " + MOST_BYTES + " are accepted.",
          "Send fewer events in one request.");
    }
    return events.values();
  }

  /** The result of an event that was not taken. */
  public static JsonObject failed(int code, String why) {
    return JsonObject.builder().put(STATUS, FAILED).put(CODE, code).put(ERROR, cut(why)).build();
  }

  /** As much of a text as stands in a result. */
  public static String cut(String text) {
    if (text.length() <= MAX_ERROR) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_ERROR - 2)) ? MAX_ERROR - 2 : MAX_ERROR - 1;
    return text.substring(0, end) + "…";
  }

  private static Refused bad(String what) {
    return Refused.of(FunctionsError.BODY, what, "Send {\"events\": [ENVELOPE, …]} and no more.");
  }
}
