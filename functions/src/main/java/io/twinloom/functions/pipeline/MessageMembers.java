package io.twinloom.functions.pipeline;

import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.functions.telemetry.SystemMembers;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.util.Map;

/**
 * What becomes of members of a device's message whose names the system needs for itself: each is
 * kept under another name, or it is dropped; either is counted every time, and warned of once per
 * device and name.
 */
public final class MessageMembers {

  private static final String RENAMED = "message-member-renamed";
  private static final String DROPPED = "message-member-dropped";
  private static final String AMBIGUOUS = "message-time-ambiguous";

  /** So many digits are a year, or a date. */
  private static final int YEAR = 4;

  private static final int DATE = 8;

  private final OncePerDevice warned = new OncePerDevice();

  /**
   * The message as it is passed on, with the device's own ids under other names.
   *
   * @param given as it came
   * @param normal its normal form
   */
  public Normalized kept(JsonObject given, Normalized normal, Invocation invocation) {
    String device = normal.device();
    noteTimes(given, normal, invocation);
    JsonObject message = normal.message();
    if (SystemMembers.RENAMED.keySet().stream().noneMatch(message::has)) {
      return normal;
    }
    JsonObject.Builder kept = message.toBuilder();
    SystemMembers.RENAMED.forEach(
        (name, other) -> {
          JsonValue value = message.get(name);
          if (value == null) {
            return;
          }
          kept.remove(name);
          if (message.has(other)) {
            report(
                DROPPED,
                device,
                name,
                "is dropped, since " + Quoted.name(other) + " is there already",
                invocation);
          } else {
            kept.put(other, value);
            report(RENAMED, device, name, "is kept as " + Quoted.name(other), invocation);
          }
        });
    return new Normalized(kept.build(), device, normal.timestamp(), normal.hadTime());
  }

  /** Of several times the first counts; one that says the same is no loss. */
  private void noteTimes(JsonObject given, Normalized normal, Invocation invocation) {
    boolean used = false;
    for (String name : Timestamps.NAMES) {
      JsonValue value = given.get(name);
      if (value == null || Timestamps.isAbsent(value)) {
        continue;
      }
      if (!used) {
        used = true;
        noteDigits(name, value, normal, invocation);
      } else if (!normal.timestamp().equals(Timestamps.read(value))) {
        report(
            DROPPED,
            normal.device(),
            name,
            "is dropped, since the time is taken from another member",
            invocation);
      }
    }
  }

  /** A year or a date as digits alone is read as seconds since 1970, like any other digits. */
  private void noteDigits(String name, JsonValue value, Normalized normal, Invocation invocation) {
    if (value instanceof JsonString text && isYearOrDate(text.value().strip())) {
      report(
          AMBIGUOUS,
          normal.device(),
          name,
          "is the text "
              + Quoted.name(text.value())
              + ", which is read as seconds since 1970 ("
              + normal.timestamp()
              + "); send a date with hyphens",
          invocation);
    }
  }

  private static boolean isYearOrDate(String text) {
    return (text.length() == YEAR || text.length() == DATE)
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void report(
      String counter, String device, String name, String what, Invocation invocation) {
    invocation.count(counter);
    if (warned.isFirst(device, counter + " " + name)) {
      invocation.note(
          Level.WARN,
          "The member " + Quoted.name(name) + " of a message " + what + ".",
          Map.of("device", device));
    }
  }
}
