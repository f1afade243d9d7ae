package io.twinloom.deployer.live;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the tiers of a twin hold.
 *
 * @param tiers the hottest first
 * @param days how many items there are of each day, tier and device; those of a colder tier's chunk
 *     are counted to the days that it spans, evenly
 */
public record TierContents(List<TierSpan> tiers, List<Day> days, List<Chunk> chunks) {
  public TierContents {
    tiers = List.copyOf(tiers);
    days = List.copyOf(days);
    chunks = List.copyOf(chunks);
  }

  /**
   * What a tier reaches over.
   *
   * @param tier {@code hot}, {@code cold} or {@code archive}
   */
  public record TierSpan(
      String tier, Optional<Instant> oldest, Optional<Instant> newest, int devices) {}

  /** The items of a day, in UTC. */
  public record Day(LocalDate day, String tier, String device, long items) {}

  /**
   * A chunk of a colder tier.
   *
   * @param state {@code readable}, {@code archived} or {@code restoring}
   */
  public record Chunk(
      String tier,
      String key,
      String device,
      Instant from,
      Instant to,
      OptionalLong items,
      long bytes,
      String state) {}
}
