package io.twinloom.local.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts measurements where they come in and where they end, so that the two can be compared: what
 * was published is stored, queued, a dead letter, or dropped by user code. A marked measurement of
 * a verification counts as any other. Safe for threads.
 */
public final class Conservation {

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int STEPS = (int) (Activity.KEPT.toSeconds() / STEP.toSeconds()) + 1;

  /**
   * Counts since the start, at an instant.
   *
   * @param published what the device channel acknowledged, what was queued at the start, and what
   *     was replayed
   * @param stored what the hot store took that it did not have
   * @param again what it took that it had already: delivered or tried twice
   */
  public record Counts(
      Instant at, long published, long stored, long again, long deadLettered, long filtered) {}

  private final Deque<Counts> steps = new ArrayDeque<>();
  private long published;
  private long stored;
  private long again;
  private long deadLettered;
  private long filtered;

  public Conservation(Instant start) {
    steps.add(counts(start));
  }

  private Counts counts(Instant now) {
    return new Counts(now, published, stored, again, deadLettered, filtered);
  }

  synchronized void published(Instant now, long more) {
    step(now);
    published += more;
  }

  synchronized void stored(Instant now, long fresh, long repeated) {
    step(now);
    stored += fresh;
    again += repeated;
  }

  synchronized void deadLettered(Instant now, long more) {
    step(now);
    deadLettered += more;
  }

  private void step(Instant now) {
    if (!now.isBefore(steps.getLast().at().plus(STEP))) {
      steps.addLast(counts(now));
      if (steps.size() > STEPS) {
        steps.removeFirst();
      }
    }
  }

  /** The counts now. */
  public synchronized Counts now(Instant now) {
    return counts(now);
  }

  /**
   * The counts at a time, or at the latest step before it; those of the start where it is older.
   */
  public synchronized Counts at(Instant time) {
    Counts found = steps.getFirst();
    for (Counts step : steps) {
      if (step.at().isAfter(time)) {
        break;
      }
      found = step;
    }
    return found;
  }
}
