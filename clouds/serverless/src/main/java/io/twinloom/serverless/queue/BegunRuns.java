package io.twinloom.serverless.queue;

/**
 * How many runs of a message have begun and not ended: the only sign of an event that ends every
 * process it is given to, since a queue counts a message also where it was handed to none. Throws
 * {@link io.twinloom.functions.port.StoreException} where the store fails.
 */
public interface BegunRuns {

  /** Where nothing can be kept: the queue's own limit ends such a message in the end. */
  BegunRuns NONE =
      new BegunRuns() {
        @Override
        public int begin(String message) {
          return 1;
        }

        @Override
        public void end(String message) {
          // Nothing is kept.
        }
      };

  /**
   * Keeps that a run begins.
   *
   * @param message its id, the same over its deliveries
   * @return how many have begun and not ended, with this one
   */
  int begin(String message);

  /** Forgets all of them: one has ended. */
  void end(String message);
}
