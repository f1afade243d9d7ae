package io.twinloom.deployer.control;

import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page of a device's items over all tiers.
 *
 * @param items in the order that was asked for
 * @param parts which tier the items came from, in their order
 * @param pending what must be restored before it can be read
 * @param nextToken asks for the next page; empty where this is the last
 */
public record HistoryPage(
    List<JsonObject> items,
    List<TierPart> parts,
    List<PendingChunk> pending,
    Optional<String> nextToken) {
  public HistoryPage {
    items = List.copyOf(items);
    parts = List.copyOf(parts);
    pending = List.copyOf(pending);
  }

  /** The tiers, the hottest first. */
  private static final List<String> TIERS = List.of("hot", "cold", "archive");

  /**
   * So many items in a row came from a tier.
   *
   * @param tier {@code hot}, {@code cold} or {@code archive}
   */
  public record TierPart(String tier, long items) {}

  /**
   * How many items came from each tier that gave any, the hottest first; the hot one where none
   * did.
   */
  public List<TierPart> tiers() {
    return sum(parts);
  }

  /** The same of parts of several pages. */
  public static List<TierPart> sum(List<TierPart> parts) {
    List<TierPart> tiers = new ArrayList<>();
    for (String tier : TIERS) {
      long items =
          parts.stream().filter(p -> p.tier().equals(tier)).mapToLong(TierPart::items).sum();
      if (items > 0) {
        tiers.add(new TierPart(tier, items));
      }
    }
    return tiers.isEmpty() ? List.of(new TierPart(TIERS.getFirst(), 0)) : tiers;
  }
}
