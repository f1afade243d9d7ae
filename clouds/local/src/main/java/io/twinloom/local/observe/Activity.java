package io.twinloom.local.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one function or connection has done in the last hour, in slots of ten seconds. Safe for
 * threads.
 */
public final class Activity {

  /** What is kept reaches back so far. */
  public static final Duration KEPT = Duration.ofHours(1);

  private static final long SLOT_MILLIS = 10_000;
  private static final int SLOTS = (int) (KEPT.toMillis() / SLOT_MILLIS) + 1;
  private static final int USUAL_OF = 100;

  private static final class Slot {
    final long number;
    final Durations durations = new Durations();
    long count;
    long errors;

    Slot(long number) {
      this.number = number;
    }
  }

  /**
   * What happened in a window.
   *
   * @param p50 milliseconds, as are p95 and max; 0 where nothing happened
   */
  public record Figures(long count, long errors, double p50, double p95, double max) {}

  private final Deque<Slot> slots = new ArrayDeque<>();
  private final float[] newest = new float[USUAL_OF];
  private final Durations ever = new Durations();
  private long total;
  private long totalErrors;
  private @Nullable Instant last;

  /** Notes that something ended. */
  void add(Instant now, double millis, boolean ok) {
    add(now, millis, ok, 1);
  }

  /** Notes that several ended together, each of which took so long. */
  synchronized void add(Instant now, double millis, boolean ok, int several) {
    Slot slot = slot(slotOf(now));
    slot.count += several;
    slot.durations.add(millis, several);
    ever.add(millis, several);
    for (int i = 0; i < Math.min(several, USUAL_OF); i++) {
      newest[(int) ((total + i) % USUAL_OF)] = (float) millis;
    }
    total += several;
    last = now;
    if (!ok) {
      slot.errors += several;
      totalErrors += several;
    }
  }

  private Slot slot(long number) {
    Slot newestSlot = slots.peekLast();
    if (newestSlot == null || newestSlot.number < number) {
      newestSlot = new Slot(number);
      slots.addLast(newestSlot);
      if (slots.size() > SLOTS) {
        slots.removeFirst();
      }
    }
    return newestSlot;
  }

  /** What happened since the beginning of the slot of a time. */
  public Figures since(Instant from) {
    return between(from, Instant.MAX);
  }

  /** What is counted in a window begins with a slot, or with the start. */
  public static Instant from(Duration window, Instant to, Instant start) {
    Instant begin = Instant.ofEpochMilli(slotOf(to.minus(window)) * SLOT_MILLIS);
    return begin.isBefore(start) ? start : begin;
  }

  /** What is counted by an instant that is past ends with its slot. */
  public static Instant to(Instant at, Instant now) {
    Instant end = Instant.ofEpochMilli((slotOf(at) + 1) * SLOT_MILLIS);
    return end.isAfter(now) ? now : end;
  }

  /** What happened in the slots from that of a time to the last that began before another. */
  public synchronized Figures between(Instant from, Instant to) {
    long first = slotOf(from);
    long end = lastBegunBefore(to);
    Durations durations = new Durations();
    long count = 0;
    long errors = 0;
    for (Slot slot : slots) {
      if (slot.number >= first && slot.number <= end) {
        count += slot.count;
        errors += slot.errors;
        durations.add(slot.durations);
      }
    }
    return new Figures(
        count, errors, durations.percentile(0.5), durations.percentile(0.95), durations.longest());
  }

  private static long slotOf(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), SLOT_MILLIS);
  }

  private static long lastBegunBefore(Instant time) {
    return time.equals(Instant.MAX)
        ? Long.MAX_VALUE
        : Math.floorDiv(time.toEpochMilli() - 1, SLOT_MILLIS);
  }

  /** When it had last happened before a time, to ten seconds; empty where that is not kept. */
  public synchronized Optional<Instant> lastBefore(Instant to) {
    if (last != null && last.isBefore(to)) {
      return Optional.of(last);
    }
    long found = Long.MIN_VALUE;
    for (Slot slot : slots) {
      found = slot.number <= lastBegunBefore(to) ? slot.number : found;
    }
    return found == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(found * SLOT_MILLIS));
  }

  /** The median of the last hundred, in milliseconds; empty where nothing has happened yet. */
  public synchronized OptionalDouble usual() {
    int known = (int) Math.min(total, USUAL_OF);
    if (known == 0) {
      return OptionalDouble.empty();
    }
    float[] sorted = Arrays.copyOf(newest, known);
    Arrays.sort(sorted);
    return OptionalDouble.of(sorted[known / 2]);
  }

  /** When it last happened. */
  public synchronized Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  /** How often it has happened since the start. */
  public synchronized long total() {
    return total;
  }

  /** How often it has failed since the start. */
  public synchronized long totalErrors() {
    return totalErrors;
  }

  /** How many durations since the start are in each range, see {@link Durations#doublings}. */
  public synchronized List<Long> totalRanges() {
    return ever.doublings();
  }

  /** How long all have taken together since the start, in seconds. */
  public synchronized double totalSeconds() {
    return ever.sum() / 1e3;
  }
}
