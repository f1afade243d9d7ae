package io.twinloom.functions.tier;

import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.model.time.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a list is what its key says: the items of one device, in the order of their times, within
 * a range. A chunk that is not would break every later read of the range.
 */
final class ChunkCheck {

  private static final List<String> NAMES = List.of(Normalizer.DEVICE_ID, Normalizer.TIMESTAMP);

  private final ChunkKey key;
  private long number;
  private String before;

  private ChunkCheck(ChunkKey key) {
    this.key = key;
    this.before = key.first();
  }

  /**
   * Checks the list of a key; returns the number of its items.
   *
   * @throws io.twinloom.functions.error.Refused if it is not what the key says
   */
  static long items(byte[] json, ChunkKey key) {
    return PostedChunk.each(json, NAMES, () -> new ChunkCheck(key)::item);
  }

  private void item(@Nullable String[] texts, int from, int to) {
    String device = texts[0];
    if (!key.device().equals(device)) {
      throw PostedChunk.bad(
          which()
              + (device == null ? "has no device_id." : "is of " + Quoted.name(device) + ".")
              + " The chunk is of "
              + Quoted.name(key.device())
              + ".");
    }
    String time = texts[1] == null ? null : Timestamps.read(texts[1]);
    if (time == null) {
      throw PostedChunk.bad(
          which()
              + (texts[1] == null
                  ? "has no timestamp."
                  : "has a timestamp that cannot be read: " + Quoted.name(texts[1]) + "."));
    }
    if (time.compareTo(before) < 0 || time.compareTo(key.last()) > 0) {
      throw PostedChunk.bad(
          which()
              + "is of "
              + time
              + ", which is not within the chunk's range or before the item that it follows.");
    }
    before = time;
    number++;
  }

  private String which() {
    return "Item " + number + " of the chunk ";
  }
}
