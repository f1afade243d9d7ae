package io.twinloom.functions.iot;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Count;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A device's message that is a list of measurements: 1 to 1,000, each as it would be alone. */
final class MeasurementList {

  /** So many measurements one message has at most. */
  static final int MOST = 1_000;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private MeasurementList() {}

  /**
   * The measurements of a message; the message alone where it does not begin as a list does, or was
   * in one.
   *
   * @throws Refused if it is no list that is taken
   */
  static List<DeviceMessage> measurements(DeviceMessage message) {
    if (message.place().isPresent() || !beginsAsList(message.payload())) {
      return List.of(message);
    }
    checkSize(message.payload());
    JsonArray elements = elements(message.payload());
    if (elements.size() == 0 || elements.size() > MOST) {
      throw Refused.of(
          FunctionsError.MESSAGE_SYNTAX,
          "The message is a list of "
              + Count.of(elements.size(), "measurement")
              + "; 1 to "
              + MOST
              + " are accepted.",
          "Let the device send fewer at once, and nothing where there is none.");
    }
    List<DeviceMessage> measurements = new ArrayList<>(elements.size());
    for (JsonValue element : elements) {
      measurements.add(message.measurement(measurements.size(), Json.bytes(element)));
    }
    return measurements;
  }

  private static JsonArray elements(byte[] payload) {
    try {
      // Each may be as deep as one alone.
      if (Json.parseWrapped(payload) instanceof JsonArray elements) {
        return elements;
      }
      throw new IllegalStateException("what begins as a list is none");
    } catch (JsonSyntaxException e) {
      throw Refused.of(
          FunctionsError.MESSAGE_SYNTAX,
          "The message is invalid JSON: " + e.getMessage() + ".",
          "Let the device send a JSON object, or a list of them.");
    }
  }

  private static boolean beginsAsList(byte[] payload) {
    int at = 0;
    while (at < BYTE_ORDER_MARK.length
        && at < payload.length
        && payload[at] == BYTE_ORDER_MARK[at]) {
      at++;
    }
    while (at < payload.length && " \t\r\n".indexOf(payload[at]) >= 0) {
      at++;
    }
    return at < payload.length && payload[at] == '[';
  }

  static void checkSize(byte[] payload) {
    if (payload.length > BodyLimits.MESSAGE) {
      throw Refused.tooLarge(
          "The message has "
              + payload.length
              + " bytes; at most "
              + BodyLimits.MESSAGE
              + " are accepted.",
          "Let the device send less at once.");
    }
  }

  /**
   * The measurement at the time that the store would give it in the end: those of a list without
   * times want the same place, and each would try all places that the others have.
   */
  static JsonObject inPlace(DeviceMessage measurement, Normalized normal) {
    Optional<String> moved =
        measurement.place().isPresent()
            ? Optional.ofNullable(
                Timestamps.plusMicros(normal.timestamp(), measurement.place().getAsInt()))
            : Optional.empty();
    return moved
        .map(time -> normal.message().toBuilder().put(Normalizer.TIMESTAMP, time).build())
        .orElse(normal.message());
  }
}
