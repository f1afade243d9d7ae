package io.twinloom.local.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Counts measurements where they come in and where they end, so that the two can be compared: what
 * was published is stored, queued, a dead letter, or dropped on purpose. A marked measurement of a
 * verification counts as any other. Safe for threads.
 */
public final class Conservation {

  /** Two of these are a slot of {@link Activity}, so that both can count the same window. */
  private static final Duration STEP = Duration.ofSeconds(5);

  private static final int STEPS = (int) (Activity.KEPT.toSeconds() / STEP.toSeconds()) + 1;

  /**
   * Counts since the start, at an instant.
   *
   * @param published what the device channel acknowledged, and what was replayed
   * @param stored what the hot store took that it did not have
   * @param again what it took that it had already: delivered or tried twice
   * @param filtered what was dropped on purpose: marked measurements that came after their limit
   */
  public record Counts(
      Instant at, long published, long stored, long again, long deadLettered, long filtered) {}

  /**
   * What became of the measurements of a window: of those that came in it, and of those that were
   * on their way when it began.
   *
   * @param missing what is nowhere; 0 where all are accounted for
   */
  public record Ledger(
      Instant from,
      Instant to,
      long stored,
      long queued,
      long deadLettered,
      long filtered,
      long missing,
      Optional<Duration> oldestQueued) {

    /** All of them. */
    public long published() {
      return stored + queued + deadLettered + filtered + missing;
    }
  }

  private final Deque<Counts> steps = new ArrayDeque<>();
  private long published;
  private long stored;
  private long again;
  private long deadLettered;
  private long filtered;
  private long left;

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

  synchronized void filtered(Instant now, long more) {
    step(now);
    filtered += more;
  }

  synchronized void left(long events) {
    left = events;
  }

  /** The first that is counted in a step leaves the counts of the step's beginning. */
  private void step(Instant now) {
    Instant begin = beginOfStep(now);
    if (begin.isAfter(steps.getLast().at())) {
      steps.addLast(counts(begin));
      if (steps.size() > STEPS) {
        steps.removeFirst();
      }
    }
  }

  private static Instant beginOfStep(Instant time) {
    return Instant.ofEpochMilli(
        Math.floorDiv(time.toEpochMilli(), STEP.toMillis()) * STEP.toMillis());
  }

  /**
   * What became of the measurements since a time, from the beginning of its step. Some things
   * cannot be known by counting alone, and are taken such that all are accounted for where that is
   * possible: how many of the events that an earlier run left were measurements, and how many items
   * were stored twice since they were published twice, rather than since a function was repeated.
   *
   * @param queued how many events are in the queues at most that are measurements; read before
   */
  public synchronized Ledger ledger(Instant from, Instant now, long queued) {
    Instant begin = begin(from);
    Counts then = at(begin);
    long carried = Math.clamp(stored + deadLettered - published, 0, left);
    long open = published + carried - stored - deadLettered - filtered;
    long twice = Math.clamp(open - queued, 0, again);
    long waiting = Math.clamp(open - twice, 0, queued);
    long missing = open - twice - waiting;
    long storedSince = stored + twice - then.stored();
    long lettersSince = deadLettered - then.deadLettered();
    long filteredSince = filtered - then.filtered();
    return new Ledger(
        begin,
        now,
        storedSince,
        waiting,
        lettersSince,
        filteredSince,
        missing,
        waiting == 0 ? Optional.empty() : oldest(now));
  }

  /** What was counted since the start. */
  public synchronized Counts counted(Instant now) {
    return counts(now);
  }

  /**
   * What had become of the measurements by a time that is past. What is missing by now was so by
   * then, as far as it was published.
   *
   * @param from the beginning of a step, as is {@code to} where it is not {@code now}
   * @param queued as for {@link #ledger}
   */
  public synchronized Ledger past(Instant from, Instant to, Instant now, long queued) {
    Ledger present = ledger(from, now, queued);
    Counts then = at(present.from());
    long twiceByNow = Math.max(0, present.stored() - (stored - then.stored()));
    Counts end = at(to);
    long carried = Math.clamp(end.stored() + end.deadLettered() - end.published(), 0, left);
    long open =
        Math.max(0, end.published() + carried - end.stored() - end.deadLettered() - end.filtered());
    long twice = Math.min(open, Math.min(twiceByNow, end.again()));
    long missing = Math.clamp(present.missing(), 0, open - twice);
    long waiting = open - twice - missing;
    long storedSince = end.stored() + twice - then.stored();
    long lettersSince = end.deadLettered() - then.deadLettered();
    long filteredSince = end.filtered() - then.filtered();
    return new Ledger(
        present.from(),
        to,
        storedSince,
        waiting,
        lettersSince,
        filteredSince,
        missing,
        Optional.empty());
  }

  /** How long, by the order of their coming, the oldest that is on its way has been so at least. */
  private Optional<Duration> oldest(Instant now) {
    long done = stored + deadLettered + filtered;
    Instant begin = steps.getFirst().at();
    for (Counts step : steps) {
      if (step.published() > done) {
        break;
      }
      begin = step.at();
    }
    Instant until = begin.plus(STEP);
    return Optional.of(until.isBefore(now) ? Duration.between(until, now) : Duration.ZERO);
  }

  /** The beginning of the step of a time, or the start. */
  private Instant begin(Instant time) {
    Instant begin = beginOfStep(time);
    Instant first = steps.getFirst().at();
    return begin.isBefore(first) ? first : begin;
  }

  /**
   * The counts of the beginning of a step: nothing was counted from it to the next that is kept.
   */
  private Counts at(Instant begin) {
    for (Counts step : steps) {
      if (!step.at().isBefore(begin)) {
        return step;
      }
    }
    return counts(begin);
  }
}
