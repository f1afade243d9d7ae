package io.twinloom.cost.price;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In what a use is measured for a meter. */
public enum Measure {
  /** How many, each as the blocks that its size fills. */
  COUNT,
  /** How much, in the meter's unit of bytes. */
  BYTES,
  /** How much is kept for a month; what is kept for less than a least time counts for all of it. */
  STORED,
  /** How long, times the memory in GiB. */
  MEMORY_TIME,
  /** How long, times the processors. */
  PROCESSOR_TIME;

  /** Its name in price lists. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Measure> of(String id) {
    return Arrays.stream(values()).filter(measure -> measure.id().equals(id)).findFirst();
  }
}
