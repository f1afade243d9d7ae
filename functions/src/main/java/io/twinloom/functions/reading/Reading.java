package io.twinloom.functions.reading;

import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.TwinloomException;
import java.util.function.Predicate;

/** What all readers do alike. */
public final class Reading {

  /** The member that says for which stores a reader answers. */
  public static final String SCOPE = "scope";

  /** Its value for that of the reader alone. */
  public static final String STORE = "store";

  private Reading() {}

  /**
   * The device that a query is about.
   *
   * @throws io.twinloom.functions.error.Refused if it names none, or one that the twin has not
   */
  public static String device(JsonObject event, TwinInfo twin) {
    String device =
        event
            .text("device_id")
            .filter(id -> !id.isBlank())
            .map(DeviceIds::normal)
            .orElseThrow(() -> RangeQuery.bad("The request has no device_id."));
    checkDevice(device, twin::hasDevice);
    return device;
  }

  /** Whether a request is for the store beside the reader alone, where the twin has several. */
  public static boolean isForOwnStore(JsonObject event) {
    return event.text(SCOPE).filter(STORE::equals).isPresent();
  }

  /** A request for the store beside the reader that gets it, and for no other one. */
  public static JsonObject forOwnStore(JsonObject request) {
    return request.toBuilder().put(SCOPE, STORE).build();
  }

  /**
   * Checks that there is a device.
   *
   * @param known whether the twin has a device of an id
   * @throws io.twinloom.functions.error.Refused if not
   */
  public static void checkDevice(String device, Predicate<String> known) {
    if (!known.test(device)) {
      throw RangeQuery.bad("There is no device " + Quoted.name(device) + ".");
    }
  }

  /**
   * A twin service that calls a reader directly gets an answer without values, since it shows its
   * users nothing of an error; that it was one is in the log and counted.
   */
  public static JsonObject empty(TwinloomException e, JsonValue noValues, Invocation invocation) {
    if (invocation.isHttp()) {
      throw e;
    }
    invocation.failed(e);
    invocation.count("empty-answer-for-an-error");
    return JsonObject.builder().put("propertyValues", noValues).build();
  }
}
