package io.twinloom.functions.port;

import java.time.Instant;
import java.util.Optional;

/**
 * What the processes of a cloud's functions know together of receivers that do not answer. Every
 * method may be called by any thread, and throws {@link StoreException} where the store fails: a
 * process then goes by what it knows itself.
 */
public interface CircuitStates {

  /** Nothing is shared: a cloud whose functions are one process. */
  CircuitStates NONE =
      new CircuitStates() {
        @Override
        public Optional<Instant> openUntil(String receiver) {
          return Optional.empty();
        }

        @Override
        public void open(String receiver, Instant until) {}

        @Override
        public void close(String receiver) {}

        @Override
        public boolean claimProbe(String receiver, Instant now, Instant until) {
          return true;
        }
      };

  /** Until when nothing is to be sent to a receiver; empty where nobody says so. */
  Optional<Instant> openUntil(String receiver);

  /** Has nothing sent to a receiver until then. */
  void open(String receiver, Instant until);

  /** Says that a receiver answers again. */
  void close(String receiver);

  /**
   * Claims the one request that finds out whether a receiver answers again; others have nothing
   * sent until then.
   *
   * @return whether nobody else has it
   */
  boolean claimProbe(String receiver, Instant now, Instant until);
}
