package io.twinloom.deployer.control;

import io.twinloom.model.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far a phase of a change is that goes through what a store holds: copies it, or compares it
 * with its copy.
 *
 * @param items what is done of measurements, or of the newest values of a twin
 * @param chunks chunks that are done
 * @param bytes what these are together
 * @param totalBytes what there is in all, where the store tells without being read; of a hot store
 *     its count of items, each as large as those so far
 * @param itemsPerSecond how many items, or chunks, a second on average
 * @param eta seconds that the rest takes at the rate so far, where that is known
 */
public record ChangeProgress(
    long items,
    long chunks,
    long bytes,
    OptionalLong totalBytes,
    long itemsPerSecond,
    OptionalLong eta) {

  /** Of what has only items that are counted. */
  public static ChangeProgress ofItems(long items) {
    return new ChangeProgress(items, 0, 0, OptionalLong.empty(), 0, OptionalLong.empty());
  }

  /** The same while nothing is done: when it ends is not known then. */
  public ChangeProgress stopped() {
    return new ChangeProgress(
        items, chunks, bytes, totalBytes, itemsPerSecond, OptionalLong.empty());
  }

  /** For people, in one line. */
  public String text() {
    List<String> parts = new ArrayList<>();
    if (items > 0 || chunks == 0) {
      parts.add(Count.of(items, "item"));
    }
    if (chunks > 0) {
      parts.add(Count.of(chunks, "chunk"));
    }
    if (totalBytes.isPresent()) {
      parts.add(Count.of(bytes) + " of " + Count.of(totalBytes.getAsLong(), "byte"));
    } else if (bytes > 0) {
      parts.add(Count.of(bytes, "byte"));
    }
    if (itemsPerSecond > 0) {
      parts.add(Count.of(itemsPerSecond) + " a second");
    }
    eta.ifPresent(seconds -> parts.add("about " + seconds + " s left"));
    return String.join(", ", parts);
  }
}
