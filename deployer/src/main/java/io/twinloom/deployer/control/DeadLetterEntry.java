package io.twinloom.deployer.control;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.Provider;
import io.twinloom.model.ReplayMark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a function could not process.
 *
 * @param id what it is replayed by; begins with the cloud's name
 * @param time when it was dead-lettered
 * @param function the deployed function's name
 * @param cloud the one that keeps it
 * @param failure why it was dead-lettered
 * @param traceId empty where it has none
 * @param replayOf the letter whose replay failed; empty where it is the first failure
 * @param event what replaying invokes the function with
 */
public record DeadLetterEntry(
    String id,
    Instant time,
    String function,
    Provider cloud,
    Failure failure,
    String traceId,
    Optional<String> replayOf,
    JsonValue event) {

  /** No apostrophes: what is between two words in quotes is a value. */
  private static final Pattern VARYING =
      Pattern.compile(
          "(?<!\\w)'[^']*'(?!\\w)|\"[^\"]*\"|\\b[0-9a-f]{8,}(-[0-9a-f]+)*\\b|\\d[\\d.,:TZ-]*");

  private static final int LONGEST_CAUSE = 300;

  private static final List<String> DEVICE_NAMES =
      List.of("device_id", "channel_device", "iotDeviceId", "deviceId", "IoTDeviceId");

  /**
   * How its last attempt failed.
   *
   * @param attempts how many there were
   */
  public record Failure(String error, int attempts) {}

  /** How its last attempt failed. */
  public String error() {
    return failure.error();
  }

  /** How often it was tried. */
  public int attempts() {
    return failure.attempts();
  }

  /**
   * What went wrong, without what differs from one letter of the same cause to another: numbers,
   * ids, quoted values.
   */
  public String cause() {
    String line = error().lines().findFirst().orElse("");
    String cause = VARYING.matcher(line).replaceAll("…");
    return cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) : cause;
  }

  /** The device that the event is of, as the twin writes its id; empty where it does not say. */
  public Optional<String> device() {
    if (!(event instanceof JsonObject object)) {
      return Optional.empty();
    }
    JsonObject payload = object.object("payload").orElse(object);
    return DEVICE_NAMES.stream()
        .flatMap(name -> payload.text(name).or(() -> object.text(name)).stream())
        .filter(id -> !id.isEmpty())
        .map(DeviceIds::normal)
        .findFirst();
  }

  /** The event with what it is a replay of, as {@link Builder#event} takes it. */
  public JsonValue keptEvent() {
    return event instanceof JsonObject object && replayOf.isPresent()
        ? ReplayMark.on(object, replayOf.get())
        : event;
  }

  /** An entry without function, error, attempts, trace and event, unless the builder says else. */
  public static Builder of(String id, Provider cloud, Instant time) {
    return new Builder(id, cloud, time);
  }

  /** Takes the parts one by one. */
  public static final class Builder {
    private final String id;
    private final Provider cloud;
    private final Instant time;
    private String function = "";
    private String error = "";
    private int attempts;
    private String traceId = "";
    private Optional<String> replayOf = Optional.empty();
    private JsonValue event = JsonObject.EMPTY;

    private Builder(String id, Provider cloud, Instant time) {
      this.id = id;
      this.cloud = cloud;
      this.time = time;
    }

    public Builder function(String value) {
      function = value;
      return this;
    }

    public Builder error(String value) {
      error = value;
      return this;
    }

    public Builder attempts(int value) {
      attempts = value;
      return this;
    }

    public Builder traceId(String value) {
      traceId = value;
      return this;
    }

    public Builder replayOf(Optional<String> value) {
      replayOf = value;
      return this;
    }

    /** The event as it was kept: what it was a replay of is taken off it. */
    public Builder event(JsonValue value) {
      if (replayOf.isEmpty()) {
        replayOf = ReplayMark.of(value);
      }
      event = ReplayMark.without(value);
      return this;
    }

    public DeadLetterEntry build() {
      return new DeadLetterEntry(
          id, time, function, cloud, new Failure(error, attempts), traceId, replayOf, event);
    }
  }
}
