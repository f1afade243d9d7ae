package io.twinloom.cli.command;

import io.twinloom.cli.command.MessageSource.Published;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * By which times the items of sent messages are found: those that messages carry themselves, which
 * may be of long ago, and for all others the time since the first was sent.
 */
final class SentTimes {

  /** Items of one time are stored some microseconds apart. */
  private static final long MOVED_MICROS = 1_000;

  private final String start;
  private final Map<String, TreeSet<String>> own = new HashMap<>();

  /**
   * @param start when the first message was sent
   */
  SentTimes(Instant start) {
    this.start = Timestamps.of(start);
  }

  /** Takes a message that was sent. */
  void add(Published message) {
    try {
      JsonValue sent = Json.parse(message.payload());
      List<JsonValue> all = sent instanceof JsonArray list ? list.values() : List.of(sent);
      for (JsonValue one : all) {
        if (one instanceof JsonObject measurement) {
          add(message.device(), measurement);
        }
      }
    } catch (JsonSyntaxException e) {
      // The dispatcher refuses it.
      return;
    }
  }

  private void add(String device, JsonObject measurement) {
    for (String key : Timestamps.NAMES) {
      JsonValue value = measurement.get(key);
      String time = value == null || Timestamps.isAbsent(value) ? null : Timestamps.read(value);
      if (time != null) {
        own.computeIfAbsent(device, d -> new TreeSet<>()).add(time);
        return;
      }
    }
  }

  /** The earliest time that an item of a device can have. */
  String from(String device) {
    TreeSet<String> times = own.getOrDefault(device, new TreeSet<>());
    return times.isEmpty() || times.first().compareTo(start) > 0 ? start : times.first();
  }

  /** Whether an item of this time is of a message that was sent. */
  boolean has(String device, String time) {
    if (time.compareTo(start) >= 0) {
      return true;
    }
    String sent = own.getOrDefault(device, new TreeSet<>()).floor(time);
    String last = sent == null ? null : Timestamps.plusMicros(sent, MOVED_MICROS);
    return last != null && time.compareTo(last) <= 0;
  }
}
