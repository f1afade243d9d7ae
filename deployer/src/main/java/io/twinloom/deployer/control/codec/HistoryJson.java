package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/** {@link HistoryPage} and {@link RestoreReport} as JSON. */
public final class HistoryJson {

  private HistoryJson() {}

  /** Writes a page. */
  public static JsonObject write(HistoryPage page) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("items", new JsonArray(List.copyOf(page.items())))
            .put("tiers", parts(page.tiers()))
            .put("parts", parts(page.parts()))
            .put("pending", pending(page.pending()));
    page.nextToken().ifPresent(t -> json.put("nextToken", t));
    return json.build();
  }

  /** How many items came from which tier. */
  public static JsonArray parts(List<TierPart> parts) {
    return Members.array(
        parts, p -> JsonObject.builder().put("tier", p.tier()).put("items", p.items()).build());
  }

  /** Chunks that must be restored. */
  public static JsonArray pending(List<PendingChunk> pending) {
    return Members.array(
        pending,
        chunk ->
            JsonObject.builder()
                .put("key", chunk.key())
                .put("since", chunk.since().<JsonValue>map(JsonString::new).orElse(JsonNull.NULL))
                .put("takes", chunk.takes().toString())
                .build());
  }

  /** Reads a page, as {@link #write} or a reader of the twin wrote it. */
  public static HistoryPage read(JsonObject json) {
    return new HistoryPage(
        Members.list(json, "items", item -> item),
        Members.list(
            json, "parts", p -> new TierPart(Members.text(p, "tier"), Members.number(p, "items"))),
        readPending(json),
        json.text("nextToken"));
  }

  private static List<PendingChunk> readPending(JsonObject json) {
    return Members.list(
        json,
        "pending",
        chunk ->
            new PendingChunk(
                Members.text(chunk, "key"),
                chunk.text("since"),
                chunk.text("takes").map(HistoryJson::duration).orElse(Duration.ZERO)));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("takes", e);
    }
  }

  /** Writes what was asked of an archive. */
  public static JsonObject write(RestoreReport report) {
    return JsonObject.builder()
        .put("readable", report.readable())
        .put("pending", pending(report.pending()))
        .build();
  }

  /** Reads what {@link #write(RestoreReport)} wrote. */
  public static RestoreReport readRestore(JsonObject json) {
    return new RestoreReport(Members.number(json, "readable"), readPending(json));
  }
}
