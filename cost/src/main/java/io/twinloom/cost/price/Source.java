package io.twinloom.cost.price;

import java.time.LocalDate;

/**
 * Where a price is from.
 *
 * @param url where it was read; empty for one that is assumed
 * @param read when it was read
 */
public record Source(Kind kind, String url, LocalDate read) {

  /** How far a price can be relied on. */
  public enum Kind {
    /** From the provider's price API. */
    FETCHED,
    /** Read by a person, on a page of the provider or of someone who repeats it. */
    CURATED,
    /** Without a source; it has a range. */
    ASSUMED
  }
}
