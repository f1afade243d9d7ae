package io.twinloom.functions.port;

import java.time.Instant;
import java.util.Optional;

/**
 * What a receiver has answered to requests that succeeded, for a while: a request that comes again
 * is answered as before, and done once. Every method may be called by any thread.
 */
public interface RecordedAnswers {

  /**
   * The answer to a request, if it was recorded and its time is not over.
   *
   * @param request what identifies it in this cloud
   * @param now answers that were kept until before this are gone
   * @throws StoreException if the store fails
   */
  Optional<byte[]> find(String request, Instant now);

  /**
   * Records an answer; it is durable when this returns. One that is there already stays.
   *
   * @param now what was to be kept until before this may be forgotten
   * @throws StoreException if it cannot be kept
   */
  void record(String request, byte[] answer, Instant now, Instant until);
}
