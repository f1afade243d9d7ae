package io.twinloom.functions.port;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver has answered to requests that succeeded, for a while: a request that comes again
 * is answered as before, and done once. Every method may be called by any thread.
 */
public interface RecordedAnswers {

  /**
   * What is recorded of a request.
   *
   * @param contentSha256 identifies what was asked for, in hex: a request with the same id and
   *     other content is another one
   * @param answer the body of its answer
   */
  record Recorded(String contentSha256, byte[] answer) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Recorded r
          && contentSha256.equals(r.contentSha256)
          && Arrays.equals(answer, r.answer);
    }

    @Override
    public int hashCode() {
      return Objects.hash(contentSha256, Arrays.hashCode(answer));
    }
  }

  /**
   * What is recorded of a request, if its time is not over.
   *
   * @param request what identifies it in this cloud
   * @param now answers that were kept until before this are gone
   * @throws StoreException if the store fails
   */
  Optional<Recorded> find(String request, Instant now);

  /**
   * Records an answer; it is durable when this returns. One that is there already stays.
   *
   * @param now what was to be kept until before this may be forgotten
   * @throws StoreException if it cannot be kept
   */
  void record(String request, Recorded recorded, Instant now, Instant until);
}
