package io.twinloom.local.schedule;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Invokes functions when they are due. A time that passed while nothing ran is made up for, once,
 * at the next look; one that is due again before a while has passed waits.
 */
public final class Scheduler {

  /** Two runs of one schedule are at least so far apart, however short a day is. */
  static final Duration LEAST_GAP = Duration.ofSeconds(2);

  private final Map<String, CronTimes> times = new HashMap<>();
  private final Supplier<List<Schedule>> schedules;
  private final ScheduleRuns runs;
  private final DayLength day;
  private final InstantSource clock;
  private final InvocationLog log;
  private final BiConsumer<Schedule, Instant> invoking;

  /**
   * @param schedules what runs by itself, asked at each look
   * @param invoking passes a run on; given the schedule and the present
   */
  public Scheduler(
      Supplier<List<Schedule>> schedules,
      ScheduleRuns runs,
      DayLength day,
      InstantSource clock,
      InvocationLog log,
      BiConsumer<Schedule, Instant> invoking) {
    this.schedules = schedules;
    this.runs = runs;
    this.day = day;
    this.clock = clock;
    this.log = log;
    this.invoking = invoking;
  }

  /** Invokes what is due. Called again and again; never throws. */
  public void look() {
    for (Schedule schedule : schedules.get()) {
      try {
        look(schedule, clock.instant());
      } catch (RuntimeException e) {
        // A scheduler that repeats a task ends that with the first exception, without a word.
        String why = e instanceof TwinloomException known ? known.what() : e.toString();
        log.note(
            Level.WARN,
            schedule.function(),
            "",
            "Its scheduled run was not invoked: " + why,
            Map.of("schedule", schedule.name()));
      }
    }
  }

  private void look(Schedule schedule, Instant now) {
    Instant last = runs.last(schedule.name()).orElse(null);
    if (last == null) {
      runs.ran(schedule.name(), now);
      return;
    }
    CronTimes cron = times.computeIfAbsent(schedule.cron(), CronTimes::of);
    boolean due =
        !day.instant(cron.after(day.calendar(last))).isAfter(now)
            && !now.isBefore(last.plus(LEAST_GAP));
    if (due) {
      invoking.accept(schedule, now);
      runs.ran(schedule.name(), now);
    }
  }
}
