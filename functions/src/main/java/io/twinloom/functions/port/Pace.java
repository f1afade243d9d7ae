package io.twinloom.functions.port;

import java.util.function.Supplier;

/**
 * Runs work that can wait in such pieces, and with such pauses, that new events do not. A cloud
 * whose services are paced by their own limits needs none. Used by several threads.
 */
public interface Pace {

  /** Runs everything at once. */
  Pace UNPACED =
      new Pace() {
        @Override
        public <T> T run(Supplier<T> piece) {
          return piece.get();
        }
      };

  /** Runs a piece of the work, some tens of milliseconds long, on this thread when it is time. */
  <T> T run(Supplier<T> piece);
}
