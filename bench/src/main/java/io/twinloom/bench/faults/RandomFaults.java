package io.twinloom.bench.faults;

import io.twinloom.testkit.faults.FaultProxy.Fault;
import java.util.OptionalInt;
import java.util.Random;

/** Draws faults, from a seed. May be used by any thread. */
final class RandomFaults {

  private static final Fault[] FAULTS = {
    Fault.UNAVAILABLE, Fault.ANSWER_LOST, Fault.REFUSED, Fault.DELAYED, Fault.ANSWER_CUT
  };

  /** Of so many requests one fails, and of so many connections one is reset. */
  private static final int ONE_REQUEST_OF = 6;

  private static final int ONE_CONNECTION_OF = 4;

  /** A chunk of a mover is about as large. */
  private static final int MOST_BYTES_BEFORE_RESET = 2_000_000;

  private final Random random;
  private boolean over;

  RandomFaults(long seed) {
    this.random = new Random(seed);
  }

  synchronized Fault ofRequest() {
    return over || random.nextInt(ONE_REQUEST_OF) > 0
        ? Fault.NONE
        : FAULTS[random.nextInt(FAULTS.length)];
  }

  /** After how many bytes a connection is reset. */
  synchronized OptionalInt ofConnection() {
    return over || random.nextInt(ONE_CONNECTION_OF) > 0
        ? OptionalInt.empty()
        : OptionalInt.of(random.nextInt(MOST_BYTES_BEFORE_RESET));
  }

  /** A number from {@code least} to {@code most}. */
  synchronized int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** From now on nothing fails. */
  synchronized void end() {
    over = true;
  }
}
