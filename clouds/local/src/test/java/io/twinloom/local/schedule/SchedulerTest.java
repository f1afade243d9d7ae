package io.twinloom.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.StoreException;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerTest {
  private static final Schedule DAILY =
      new Schedule(
          "daily",
          new FunctionId(Provider.of("aws").orElseThrow(), "mover"),
          FunctionKind.HOT_TO_COLD_MOVER,
          "0 2 * * *",
          "");

  @TempDir Path folder;
  private CloudDatabase database;
  private final List<String> invoked = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private boolean broken;

  @BeforeEach
  void open() {
    database = CloudDatabase.open(folder.resolve("s.db"), ScheduleRuns.SCHEMA);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Scheduler scheduler(DayLength day) {
    return new Scheduler(
        () -> List.of(DAILY),
        new ScheduleRuns(database),
        day,
        () -> now,
        InvocationLog.SILENT,
        (schedule, at) -> {
          if (broken) {
            throw new StoreException("down", "queue", new IllegalStateException());
          }
          invoked.add(schedule.name() + "@" + at);
        });
  }

  private void lookAt(Scheduler scheduler, String time) {
    now = Instant.parse(time);
    scheduler.look();
  }

  @Test
  void whatIsDueRunsOnceAndAgainWhenItIsDueAgain() {
    Scheduler scheduler = scheduler(DayLength.ONE_DAY);
    scheduler.look();
    lookAt(scheduler, "2026-03-02T01:59:59Z");
    assertThat(invoked).isEmpty();
    lookAt(scheduler, "2026-03-02T02:00:00Z");
    lookAt(scheduler, "2026-03-02T02:00:30Z");
    lookAt(scheduler, "2026-03-02T23:00:00Z");
    assertThat(invoked).containsExactly("daily@2026-03-02T02:00:00Z");
    lookAt(scheduler, "2026-03-03T02:00:01Z");
    assertThat(invoked).hasSize(2);
  }

  @Test
  void aRunThatWasMissedIsMadeUpForOnceAtTheNextStart() {
    scheduler(DayLength.ONE_DAY).look();
    close();
    open();
    Scheduler later = scheduler(DayLength.ONE_DAY);
    lookAt(later, "2026-03-09T10:00:00Z");
    lookAt(later, "2026-03-09T10:00:10Z");
    assertThat(invoked).containsExactly("daily@2026-03-09T10:00:00Z");
  }

  @Test
  void aRunThatCannotBeHandedOnIsTriedAgain() {
    Scheduler scheduler = scheduler(DayLength.ONE_DAY);
    scheduler.look();
    broken = true;
    lookAt(scheduler, "2026-03-02T02:00:00Z");
    broken = false;
    lookAt(scheduler, "2026-03-02T02:00:01Z");
    assertThat(invoked).hasSize(1);
  }

  @Test
  void aStoreThatDoesNotWriteEndsNothing() {
    Scheduler scheduler = scheduler(DayLength.ONE_DAY);
    scheduler.look();
    database.changeNow(statements -> statements.of("DROP TABLE schedule_run").execute());
    lookAt(scheduler, "2026-03-02T02:00:00Z");
    assertThat(invoked).isEmpty();
    database.changeNow(statements -> statements.of(ScheduleRuns.SCHEMA.getFirst()).execute());
    lookAt(scheduler, "2026-03-02T02:00:01Z");
    lookAt(scheduler, "2026-03-03T02:00:01Z");
    assertThat(invoked).hasSize(1);
  }

  @Test
  void anExceptionOfWhateverKindEndsNothing() {
    Scheduler scheduler =
        new Scheduler(
            () -> List.of(DAILY),
            new ScheduleRuns(database),
            DayLength.ONE_DAY,
            () -> now,
            InvocationLog.SILENT,
            (schedule, at) -> {
              throw new IllegalStateException("a fault of ours");
            });
    scheduler.look();
    lookAt(scheduler, "2026-03-02T02:00:00Z");
    assertThat(new ScheduleRuns(database).last("daily"))
        .as("it is tried again")
        .contains(Instant.parse("2026-03-01T12:00:00Z"));
  }

  @Test
  void aShortDayBringsItSooner() {
    Scheduler scheduler = scheduler(new DayLength(Duration.ofSeconds(10)));
    scheduler.look();
    for (int second = 1; second <= 40; second++) {
      now = now.plusSeconds(1);
      scheduler.look();
    }
    assertThat(invoked).hasSize(4);
  }

  @Test
  void aFunctionOfShortDaysIsToldAPresentThatMakesItsDaysShort() {
    DayLength day = new DayLength(Duration.ofSeconds(10));
    Instant given = day.toldTo(now, 7);
    assertThat(given.minus(Duration.ofDays(7))).isEqualTo(now.minusSeconds(70));
    assertThat(DayLength.ONE_DAY.toldTo(now, 7)).isEqualTo(now);
    assertThat(day.instant(day.calendar(now))).isEqualTo(now);
    assertThatThrownBy(() -> new DayLength(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0 2 * * *,    2026-03-01T01:59:59Z, 2026-03-01T02:00:00Z",
    "0 2 * * *,    2026-03-01T02:00:00Z, 2026-03-02T02:00:00Z",
    "0 3 * * 0,    2026-03-01T03:00:00Z, 2026-03-08T03:00:00Z",
    "0 3 * * 0,    2026-02-25T10:00:00Z, 2026-03-01T03:00:00Z",
    "*/15 * * * *, 2026-03-01T12:14:59Z, 2026-03-01T12:15:00Z",
    "*/15 * * * *, 2026-12-31T23:45:00Z, 2027-01-01T00:00:00Z",
    "30 4 29 2 *,  2026-03-01T00:00:00Z, 2028-02-29T04:30:00Z",
  })
  void anExpressionsTimesAreThoseOfCron(String cron, Instant from, Instant next) {
    assertThat(CronTimes.of(cron).after(from)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "* * * *", "60 * * * *", "* * * * 7", "*/0 * * * *", "a * * * *"})
  void anExpressionThatIsNotUnderstoodIsAnError(String cron) {
    assertThatThrownBy(() -> CronTimes.of(cron)).isInstanceOf(IllegalArgumentException.class);
  }
}
