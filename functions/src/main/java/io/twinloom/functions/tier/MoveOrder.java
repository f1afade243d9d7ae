package io.twinloom.functions.tier;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.VerifyMark;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a mover is asked to do: {@code {}} moves what is due now, {@code {"now": TIME}} what is due
 * then, {@code {"continue": true}} only ends a plan that is open, {@code {"_verify": ID}} sends
 * nothing but a marked chunk.
 *
 * @param now what counts as the present, in stored form
 * @param continues whether it ends an open plan only
 * @param marked the id of the marked chunk that is to be sent
 */
record MoveOrder(String now, boolean continues, Optional<String> marked) {

  /**
   * Reads an order.
   *
   * @throws Refused if {@code now} cannot be read as a time
   */
  static MoveOrder of(JsonObject event, InstantSource clock) {
    JsonValue given = event.get("now");
    String now =
        given == null || Timestamps.isAbsent(given)
            ? Timestamps.of(clock.instant())
            : Timestamps.read(given);
    if (now == null) {
      throw Refused.of(
          FunctionsError.MOVE, "now cannot be read as a time.", "Give a time as ISO 8601.");
    }
    return new MoveOrder(
        now,
        event.get("continue") == JsonBoolean.TRUE,
        event.text(VerifyMark.MEMBER).filter(id -> !id.isBlank()));
  }

  /** What is older than so many days is due, in stored form. */
  String cutOff(int days) {
    String cutOff = Timestamps.of(Instant.parse(now).minus(days, ChronoUnit.DAYS));
    return cutOff.startsWith("-") ? Timestamps.MIN : cutOff;
  }
}
