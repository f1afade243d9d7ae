package io.twinloom.local.observe;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Dead letters, of which those of measurements are counted.
 *
 * @param measurements whether a letter is a measurement that was not stored
 */
record CountedDeadLetters(
    DeadLetters letters,
    Predicate<DeadLetter> measurements,
    Conservation counts,
    InstantSource clock)
    implements DeadLetters {

  @Override
  public void keep(DeadLetter letter) {
    letters.keep(letter);
    if (measurements.test(letter)) {
      counts.deadLettered(clock.instant(), 1);
    }
  }
}
