package io.twinloom.deployer.control;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import java.time.Instant;

/**
 * What a function could not process.
 *
 * @param id what it is replayed by; begins with the cloud's name
 * @param time when it was dead-lettered
 * @param function the deployed function's name
 * @param cloud the one that keeps it
 * @param traceId empty where it has none
 * @param event what replaying invokes the function with
 */
public record DeadLetterEntry(
    String id,
    Instant time,
    String function,
    Provider cloud,
    String error,
    int attempts,
    String traceId,
    JsonValue event) {

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

    public Builder event(JsonValue value) {
      event = value;
      return this;
    }

    public DeadLetterEntry build() {
      return new DeadLetterEntry(id, time, function, cloud, error, attempts, traceId, event);
    }
  }
}
