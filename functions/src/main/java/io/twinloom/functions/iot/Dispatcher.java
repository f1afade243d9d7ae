package io.twinloom.functions.iot;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.MessageBody;
import io.twinloom.functions.pipeline.MessageMembers;
import io.twinloom.functions.pipeline.PropertyCheck;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.SeenDevices;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.util.List;
import java.util.Optional;

/**
 * Takes a device's message from its channel, normalises it, gives it its id, and passes it to layer
 * 2 in an envelope.
 */
public final class Dispatcher implements MessageBody {

  /** What is counted where it was not noted that a device uses this cloud. */
  static final String NOT_NOTED = "device-not-noted";

  private final Settings settings;
  private final TwinInfo twin;
  private final Optional<DeviceSightings> sightings;
  private final FunctionRuntime runtime;
  private final Normalizer normalizer;
  private final PropertyCheck properties;
  private final MessageMembers members = new MessageMembers();

  /**
   * @param target the function that is invoked with the message: the processor, or the connector to
   *     it
   * @param noting whether it is noted which devices use this cloud
   */
  public record Settings(String target, boolean noting) {
    /**
     * Reads {@code TARGET_FUNCTION_SUFFIX}, default {@code -processor}, and {@code NOTE_DEVICES},
     * default {@code false}.
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      return new Settings(
          twin.twin() + environment.optional("TARGET_FUNCTION_SUFFIX").orElse("-processor"),
          environment.flag("NOTE_DEVICES"));
    }
  }

  /**
   * @param seen where it is noted which devices use this cloud; empty where its channel knows
   */
  public Dispatcher(
      Settings settings, TwinInfo twin, Optional<SeenDevices> seen, FunctionRuntime runtime) {
    this.settings = settings;
    this.sightings =
        seen.filter(there -> settings.noting())
            .map(there -> new DeviceSightings(there, runtime.clock()));
    this.runtime = runtime;
    this.twin = twin;
    this.normalizer = new Normalizer(twin::hasDevice);
    this.properties = new PropertyCheck(twin);
  }

  @Override
  public List<DeviceMessage> measurements(DeviceMessage message) {
    return MeasurementList.measurements(message);
  }

  @Override
  public Done run(DeviceMessage message, Invocation invocation) {
    JsonObject given = content(message.payload());
    String acceptedAt = acceptedAt(message);
    Normalized normal =
        members.kept(
            given,
            normalizer.normalize(given, message.channelDevice(), Optional.of(acceptedAt)),
            invocation);
    if (!twin.takes(normal.device(), acceptedAt)) {
      throw Normalizer.unknown(normal.device());
    }
    invocation.device(normal.device());
    properties.check(normal.device(), normal.message(), invocation);
    String eventId = EventId.of(normal.message(), normal.hadTime() ? "" : message.brokerId());
    Envelope envelope =
        new Envelope(
            runtime.sourceCloud(),
            "L2",
            Envelope.TELEMETRY,
            Timestamps.of(runtime.clock().instant()),
            normal.hadTime() ? normal.message() : MeasurementList.inPlace(message, normal),
            invocation.traceId(),
            Optional.of(eventId));
    invocation.noteMark(envelope);
    if (envelope.mark().isEmpty()) {
      sightings.ifPresent(known -> note(known, normal.device(), invocation));
    }
    return Done.handing(Handed.to(settings.target(), envelope.toJson()));
  }

  /** A measurement that is taken is worth more than where its device is. */
  private static void note(DeviceSightings known, String device, Invocation invocation) {
    try {
      known.note(device);
    } catch (StoreException e) {
      invocation.count(NOT_NOTED);
    }
  }

  private static JsonObject content(byte[] payload) {
    MeasurementList.checkSize(payload);
    try {
      JsonValue value = Json.parse(payload);
      if (value instanceof JsonObject object) {
        return object;
      }
      throw syntax("The message is " + value.kind() + ", not an object.");
    } catch (JsonSyntaxException e) {
      throw syntax("The message is invalid JSON: " + e.getMessage() + ".");
    }
  }

  private static Refused syntax(String what) {
    return Refused.of(
        FunctionsError.MESSAGE_SYNTAX,
        what,
        "Let the device send a JSON object, or a list of them.");
  }

  private String acceptedAt(DeviceMessage message) {
    String stored = Timestamps.read(message.acceptedAt());
    return stored == null ? Timestamps.of(runtime.clock().instant()) : stored;
  }
}
