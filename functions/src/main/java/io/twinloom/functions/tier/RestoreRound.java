package io.twinloom.functions.tier;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.text.Count;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Chunks of an archive that were asked for together and are copied once they are restored.
 *
 * @param upTo the key of the last one
 * @param chunks how many must be restored
 * @param bytes of what is stored of them
 * @param until when all of them can be read, as far as the store says how long that takes
 */
record RestoreRound(String upTo, long chunks, long bytes, Instant until) {

  private static final long MEGABYTE = 1_000_000;

  /** Whether a chunk is one of them. */
  boolean covers(String key) {
    return key.compareTo(upTo) <= 0;
  }

  /** What the copy waits for, for people. */
  String text() {
    return "It waits until "
        + until.truncatedTo(ChronoUnit.SECONDS)
        + " for "
        + Count.of(chunks, "chunk")
        + " ("
        + Count.of((bytes + MEGABYTE - 1) / MEGABYTE)
        + " MB) that "
        + (chunks == 1 ? "is" : "are")
        + " being restored.";
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("upTo", upTo)
        .put("chunks", chunks)
        .put("bytes", bytes)
        .put("until", until.toString())
        .build();
  }

  /** Reads what was kept of a round. */
  static RestoreRound of(JsonObject json) {
    return new RestoreRound(
        json.text("upTo").orElse(""),
        number(json, "chunks"),
        number(json, "bytes"),
        json.text("until").map(Instant::parse).orElse(Instant.EPOCH));
  }

  private static long number(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber number ? Long.parseLong(number.text()) : 0;
  }
}
