package io.twinloom.deployer.control;

import java.util.List;
import java.util.Optional;

/**
 * What a mover's run did.
 *
 * @param left chunks that stay where they are, and why; the first of them where they are many
 * @param leftCount how many stay
 * @param open why the run ended before its plan, which a later run continues; empty where it is
 *     done
 * @param busy whether nothing was done, since another run is at work
 * @param suspended why nothing was planned, as the mover is suspended; empty where it is not
 */
public record MoveReport(
    Moved moved,
    List<Left> left,
    long leftCount,
    Optional<String> open,
    boolean busy,
    Optional<String> suspended) {
  public MoveReport {
    left = List.copyOf(left);
  }

  /**
   * What is in the colder tier now.
   *
   * @param bytes of the chunks' JSON
   */
  public record Moved(long items, long chunks, long bytes) {}

  /** A chunk that stays where it is. */
  public record Left(String key, String why) {}

  /** Whether all that was due was moved. */
  public boolean complete() {
    return left.isEmpty() && !busy && suspended.isEmpty();
  }
}
