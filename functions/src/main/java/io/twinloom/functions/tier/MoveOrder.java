package io.twinloom.functions.tier;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
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
 * nothing but a marked chunk. Where the devices are divided over several runs, {@code {"run": I,
 * "of": N}} says of which of them it is, from 0.
 *
 * @param now what counts as the present, in stored form
 * @param continues whether it ends an open plan only
 * @param run which of {@code of} runs it is
 * @param marked the id of the marked chunk that is to be sent
 */
record MoveOrder(String now, boolean continues, int run, int of, Optional<String> marked) {

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
    int of = number(event, "of", 1);
    int run = number(event, "run", 0);
    if (of < 1 || run < 0 || run >= of) {
      throw Refused.of(
          FunctionsError.MOVE,
          "There is no run " + run + " of " + of + ".",
          "Give whole numbers: run from 0, below of.");
    }
    return new MoveOrder(
        now,
        event.get("continue") == JsonBoolean.TRUE,
        run,
        of,
        event.text(VerifyMark.MEMBER).filter(id -> !id.isBlank()));
  }

  private static int number(JsonObject event, String member, int absent) {
    JsonValue given = event.get(member);
    if (given == null) {
      return absent;
    }
    return given instanceof JsonNumber number && number.text().matches("\\d{1,4}")
        ? Integer.parseInt(number.text())
        : -1;
  }

  /** The same, which only ends what is open. */
  MoveOrder continuing() {
    return new MoveOrder(now, true, run, of, marked);
  }

  /** What is older than so many days is due, in stored form. */
  String cutOff(int days) {
    String cutOff = Timestamps.of(Instant.parse(now).minus(days, ChronoUnit.DAYS));
    return cutOff.startsWith("-") ? Timestamps.MIN : cutOff;
  }
}
