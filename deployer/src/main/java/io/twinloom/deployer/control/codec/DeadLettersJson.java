package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.DiscardReport;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.ReplayReport.Left;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ReplayMark;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** {@link DeadLetterPage} and {@link ReplayReport} as JSON. */
public final class DeadLettersJson {

  private DeadLettersJson() {}

  /** Writes a page. */
  public static JsonObject write(DeadLetterPage page) {
    return JsonObject.builder()
        .put("items", Members.array(page.items(), DeadLettersJson::entry))
        .put("total", page.total())
        .build();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static DeadLetterPage read(JsonObject json) {
    return new DeadLetterPage(
        Members.list(json, "items", DeadLettersJson::entry), Members.number(json, "total"));
  }

  private static JsonObject entry(DeadLetterEntry letter) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("id", letter.id())
            .put("time", letter.time().toString())
            .put("function", letter.function())
            .put("cloud", letter.cloud().id())
            .put("error", letter.error())
            .put("attempts", letter.attempts())
            .put("trace_id", letter.traceId());
    letter.replayOf().ifPresent(id -> json.put(ReplayMark.MEMBER, id));
    return json.put("event", letter.event()).build();
  }

  private static DeadLetterEntry entry(JsonObject json) {
    JsonValue event = json.get("event");
    return DeadLetterEntry.of(Members.text(json, "id"), Members.provider(json, "cloud"), time(json))
        .function(Members.text(json, "function"))
        .error(Members.text(json, "error"))
        .attempts((int) Members.number(json, "attempts"))
        .traceId(Members.text(json, "trace_id"))
        .replayOf(json.text(ReplayMark.MEMBER))
        .event(event == null ? JsonObject.EMPTY : event)
        .build();
  }

  private static Instant time(JsonObject json) {
    try {
      return Instant.parse(Members.text(json, "time"));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("time", e);
    }
  }

  /** Writes what became of dead letters. */
  public static JsonObject write(ReplayReport replay) {
    return JsonObject.builder()
        .put("replayed", replay.replayed())
        .put("left", left(replay.left()))
        .build();
  }

  private static JsonArray left(List<Left> left) {
    return Members.array(
        left, one -> JsonObject.builder().put("id", one.id()).put("why", one.why()).build());
  }

  private static List<Left> readLeft(JsonObject json) {
    return Members.list(
        json, "left", one -> new Left(Members.text(one, "id"), Members.text(one, "why")));
  }

  /** Writes what became of dead letters that were to be forgotten. */
  public static JsonObject write(DiscardReport report) {
    return JsonObject.builder()
        .put("discarded", report.discarded())
        .put("left", left(report.left()))
        .build();
  }

  /** Reads what {@link #write(DiscardReport)} wrote. */
  public static DiscardReport readDiscard(JsonObject json) {
    return new DiscardReport((int) Members.number(json, "discarded"), readLeft(json));
  }

  /** Reads what {@link #write(ReplayReport)} wrote. */
  public static ReplayReport readReplay(JsonObject json) {
    return new ReplayReport((int) Members.number(json, "replayed"), readLeft(json));
  }
}
