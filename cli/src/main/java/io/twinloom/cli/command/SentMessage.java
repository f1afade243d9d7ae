package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Printable;
import io.twinloom.model.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A message of a device that one waits for.
 *
 * @param event what is sent; has a time, by which what is stored of it is found
 * @param time that time, as it is stored
 * @param since when it was sent, by this machine's clock
 */
record SentMessage(String device, JsonObject event, String time, Instant since) {

  private static final Duration STEP = Duration.ofMillis(250);

  /** Items of one time are stored some microseconds apart. */
  private static final long MOVED_MICROS = 50;

  /** The message with its own time, or with the present one. */
  static SentMessage of(String device, JsonObject event, Instant now) {
    for (String key : Timestamps.NAMES) {
      JsonValue value = event.get(key);
      String time = value == null ? null : Timestamps.read(value);
      if (time != null) {
        return new SentMessage(device, event, time, now);
      }
    }
    String time = Timestamps.of(now);
    return new SentMessage(device, event.toBuilder().put("timestamp", time).build(), time, now);
  }

  /**
   * What became of it.
   *
   * @param stored the item, where it was stored in time
   * @param letter the dead letter, where it became one
   * @param complaints what functions said about it meanwhile
   */
  record Fate(
      Optional<JsonObject> stored, Optional<DeadLetterEntry> letter, List<String> complaints) {

    List<String> lines(Output output) {
      List<String> lines = new ArrayList<>();
      stored.ifPresent(
          item -> lines.add(output.paint(Paint.GREEN, "Stored:") + QueryPages.text(item, output)));
      letter.ifPresent(
          l ->
              lines.add(
                  output.paint(Paint.RED, "Not stored: ")
                      + Printable.line(l.error())
                      + " ("
                      + Printable.line(l.function())
                      + ", dead letter "
                      + Printable.line(l.id())
                      + ")"));
      if (stored.isEmpty() && letter.isEmpty()) {
        lines.add(output.paint(Paint.RED, "Not stored so far; what failed is tried again."));
      }
      complaints.forEach(c -> lines.add("  " + c));
      return lines;
    }

    void writeTo(JsonObject.Builder json) {
      json.put("stored", stored.isPresent());
      stored.ifPresent(item -> json.put("item", item));
      letter.ifPresent(
          l ->
              json.put(
                  "deadLetter",
                  JsonObject.builder()
                      .put("id", l.id())
                      .put("function", l.function())
                      .put("error", l.error())
                      .build()));
    }
  }

  /** Waits until it is stored or dead. */
  Fate await(TwinControl twin, Target target, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<JsonObject> stored = stored(twin);
      Optional<DeadLetterEntry> letter = stored.isPresent() ? Optional.empty() : letter(twin);
      if (stored.isPresent() || letter.isPresent() || System.nanoTime() >= end) {
        return new Fate(stored, letter, stored.isPresent() ? List.of() : complaints(target));
      }
      TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
    }
  }

  /** The newest item of its time: an older one is of an earlier message of the same time. */
  private Optional<JsonObject> stored(TwinControl twin) {
    String last = Timestamps.plusMicros(time, MOVED_MICROS);
    return twin
        .query(
            HistoryRequest.of(device)
                .from(Optional.of(time))
                .to(Optional.of(last == null ? time : last))
                .build())
        .items()
        .stream()
        .filter(item -> isOfThis(item))
        .reduce((first, second) -> second);
  }

  /** User code may have changed values: a property of its own is enough. */
  private boolean isOfThis(JsonObject item) {
    return event.members().entrySet().stream()
            .filter(m -> !Timestamps.NAMES.contains(m.getKey()))
            .allMatch(m -> m.getValue().equals(item.get(m.getKey())))
        || item.text("timestamp").filter(time::equals).isPresent();
  }

  private Optional<DeadLetterEntry> letter(TwinControl twin) {
    return twin.deadLetters().items().stream()
        .filter(l -> !l.time().isBefore(since) && isOfThis(Json.text(l.event())))
        .reduce((first, second) -> second);
  }

  /** The events of its way hold its time, as it was sent or as it is stored. */
  private boolean isOfThis(String letter) {
    return letter.contains(time) || letter.contains(time(event));
  }

  /** The time as it stands in the message. */
  private static String time(JsonObject event) {
    for (String key : Timestamps.NAMES) {
      JsonValue value = event.get(key);
      if (value != null) {
        return event.text(key).orElseGet(value::toString);
      }
    }
    return "";
  }

  /** What was said about it in the log: the code of the device has failed, say. */
  private List<String> complaints(Target target) {
    List<String> said = new ArrayList<>();
    target.logs(
        LogQuery.builder()
            .device(Optional.of(device))
            .level("WARN")
            .since(Optional.of(since))
            .build(),
        (LogLine line) ->
            line.message()
                .map(m -> Printable.line(line.function()) + ": " + Printable.line(m))
                .filter(m -> !said.contains(m))
                .ifPresent(said::add));
    return said;
  }
}
