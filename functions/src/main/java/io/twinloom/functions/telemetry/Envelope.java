package io.twinloom.functions.telemetry;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ReplayMark;
import io.twinloom.model.VerifyMark;
import io.twinloom.model.time.Timestamps;
import io.twinloom.model.trace.TraceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every hop of a measurement or command carries, between functions of one cloud and between
 * clouds.
 *
 * @param sourceCloud the sending cloud, as {@link io.twinloom.model.Provider#connectionId} names it
 * @param targetLayer such as {@code L2}
 * @param messageType {@link #TELEMETRY}, {@link #COMMAND} or {@link #TWIN_UPDATE}
 * @param timestamp of sending
 * @param traceId made by the dispatcher, the same the whole way
 * @param eventId the measurement's, where it is known
 * @param replayOf the dead letter that it comes from, where it is the replay of one: what fails
 *     further down the way says so too
 */
public record Envelope(
    String sourceCloud,
    String targetLayer,
    String messageType,
    String timestamp,
    JsonObject payload,
    String traceId,
    Optional<String> eventId,
    Optional<String> replayOf) {

  public static final String TELEMETRY = "telemetry";
  public static final String COMMAND = "command";
  public static final String TWIN_UPDATE = "twin-update";

  /** The name of the part that a receiver cannot do without. */
  public static final String PAYLOAD = "payload";

  /** The name of a measurement's id, in the envelope and in a stored item. */
  public static final String EVENT_ID = "event_id";

  /** The name of the trace, in an envelope and in a request without one. */
  public static final String TRACE_ID = "trace_id";

  /** The name of the sending cloud, likewise. */
  public static final String SOURCE_CLOUD = "source_cloud";

  private static final String MESSAGE_TYPE = "message_type";
  private static final int MAX_NAME = 64;
  private static final int MAX_LETTER = 512;

  /** The envelope of what is no replay. */
  public Envelope(
      String sourceCloud,
      String targetLayer,
      String messageType,
      String timestamp,
      JsonObject payload,
      String traceId,
      Optional<String> eventId) {
    this(
        sourceCloud,
        targetLayer,
        messageType,
        timestamp,
        payload,
        traceId,
        eventId,
        Optional.empty());
  }

  /** The envelope as it is sent. */
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put(SOURCE_CLOUD, sourceCloud)
            .put("target_layer", targetLayer)
            .put(MESSAGE_TYPE, messageType)
            .put("timestamp", timestamp)
            .put(PAYLOAD, payload)
            .put(TRACE_ID, traceId);
    eventId.ifPresent(id -> json.put(EVENT_ID, id));
    replayOf.ifPresent(letter -> json.put(ReplayMark.MEMBER, letter));
    return json.build();
  }

  /** The same content, sent on now by another cloud to another layer. */
  public Envelope sentOn(String cloud, String layer, JsonObject content, InstantSource clock) {
    return new Envelope(
        cloud,
        layer,
        messageType,
        Timestamps.of(clock.instant()),
        content,
        traceId,
        eventId,
        replayOf);
  }

  /**
   * The device that the payload, a normalised event, is of.
   *
   * @throws Refused if it names none
   */
  public String device() {
    return payload
        .text(Normalizer.DEVICE_ID)
        .orElseThrow(
            () ->
                Refused.of(
                    FunctionsError.MESSAGE_DEVICE,
                    "The event has no device_id.",
                    "Send device_id."));
  }

  /** The same, with this content and this id of the measurement. */
  public Envelope with(JsonObject content, String measurement) {
    return new Envelope(
        sourceCloud,
        targetLayer,
        messageType,
        timestamp,
        content,
        traceId,
        Optional.of(measurement),
        replayOf);
  }

  /** The same, of another type. */
  public Envelope ofType(String type) {
    return new Envelope(
        sourceCloud, targetLayer, type, timestamp, payload, traceId, eventId, replayOf);
  }

  /** The id of the marked measurement that the payload is, as {@code verify} sends them. */
  public Optional<JsonValue> mark() {
    return Optional.ofNullable(payload.get(VerifyMark.MEMBER));
  }

  /** Whether the payload is a marked measurement whose time limit is over. */
  public boolean isLate(Instant now) {
    return VerifyMark.isLate(payload, now);
  }

  /**
   * Reads an envelope.
   *
   * @param traceIds gives it a trace where it has none, or one that is no {@link TraceId}
   * @throws Refused if it has no payload, or one that is not an object
   */
  public static Envelope of(
      JsonObject json, EnvelopeForm form, InstantSource clock, Supplier<String> traceIds) {
    Optional<JsonObject> enveloped = json.object(PAYLOAD);
    if (enveloped.isEmpty() && !form.bareItems()) {
      throw withoutPayload(json);
    }
    JsonObject payload = enveloped.orElse(json);
    JsonObject head = enveloped.isPresent() ? json : JsonObject.EMPTY;
    return new Envelope(
        name(head, SOURCE_CLOUD).orElse("unknown"),
        name(head, "target_layer").orElse(form.targetLayer()),
        head.has(MESSAGE_TYPE) ? name(head, MESSAGE_TYPE).orElse(TELEMETRY) : form.messageType(),
        head.text("timestamp")
            .flatMap(text -> Optional.ofNullable(Timestamps.read(text)))
            .orElseGet(() -> Timestamps.of(clock.instant())),
        payload,
        head.text(TRACE_ID).filter(TraceId::isValid).orElseGet(traceIds),
        name(head, EVENT_ID).or(() -> form.items() ? name(payload, EVENT_ID) : Optional.empty()),
        ReplayMark.of(head).filter(letter -> letter.length() <= MAX_LETTER));
  }

  private static Refused withoutPayload(JsonObject json) {
    return Refused.of(
        FunctionsError.ENVELOPE,
        json.has(PAYLOAD)
            ? "The envelope's payload is not an object."
            : "The envelope has no payload.",
        "Send {\"payload\": {…}} with the fields of an envelope.");
  }

  /**
   * A name from outside goes into every log line of the way: one that is no plain word of letters,
   * digits and {@code - _ . : =} counts as missing.
   */
  private static Optional<String> name(JsonObject json, String field) {
    return json.text(field).filter(Envelope::isPlain);
  }

  /** Whether text is a plain word that may stand in a log line. */
  public static boolean isPlain(String text) {
    if (text.isEmpty() || text.length() > MAX_NAME) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || c >= 'A' && c <= 'Z'
        || c == '-'
        || c == '_'
        || c == '.'
        || c == ':'
        || c == '=';
  }
}
