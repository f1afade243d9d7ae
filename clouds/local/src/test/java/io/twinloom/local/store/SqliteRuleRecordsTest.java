package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.InvocationLog.RuleKind;
import io.twinloom.functions.port.InvocationLog.RuleRecord;
import io.twinloom.local.store.SqliteRuleRecords.Kept;
import io.twinloom.local.store.SqliteRuleRecords.Wanted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules did is kept on disk, and found by what it is of. */
class SqliteRuleRecordsTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00.123456Z");
  private static final Wanted ALL =
      new Wanted(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  @TempDir Path folder;
  private CloudDatabase database;
  private SqliteRuleRecords records;

  @BeforeEach
  void open() {
    database = CloudDatabase.open(folder.resolve("rules.db"), SqliteRuleRecords.SCHEMA);
    records = new SqliteRuleRecords(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void keep(int second, RuleKind kind, int rule, String device) {
    records.keep(
        START.plusSeconds(second),
        "plant-event-checker",
        new RuleRecord(kind, rule, device, "event-" + second, "trace-" + second, "Rule " + rule));
  }

  private List<String> events(Wanted wanted, int limit) {
    // A write that is handed in later: what was kept before is on disk with it.
    database.changeNow(statements -> {});
    return records.newest(wanted, limit).stream().map(k -> k.what().eventId()).toList();
  }

  @Test
  void theNewestComeFirstAndAreAsTheyWereKept() {
    keep(1, RuleKind.FIRED, 1, "press-1");
    keep(2, RuleKind.COMMAND, 1, "press-1");

    assertThat(events(ALL, 10)).containsExactly("event-2", "event-1");
    assertThat(records.newest(ALL, 1))
        .containsExactly(
            new Kept(
                START.plusSeconds(2),
                "plant-event-checker",
                new RuleRecord(RuleKind.COMMAND, 1, "press-1", "event-2", "trace-2", "Rule 1")));
  }

  @Test
  void theyAreFoundByRuleDeviceKindAndTime() {
    keep(1, RuleKind.FIRED, 1, "press-1");
    keep(2, RuleKind.SKIPPED, 2, "press-2");
    keep(3, RuleKind.FIRED, 2, "press-1");

    Optional<Instant> none = Optional.empty();
    Optional<String> any = Optional.empty();
    Optional<RuleKind> every = Optional.empty();
    assertThat(events(new Wanted(Optional.of(2), any, every, none, none), 10))
        .containsExactly("event-3", "event-2");
    assertThat(events(new Wanted(Optional.empty(), Optional.of("press-1"), every, none, none), 10))
        .containsExactly("event-3", "event-1");
    assertThat(
            events(
                new Wanted(Optional.empty(), any, Optional.of(RuleKind.SKIPPED), none, none), 10))
        .containsExactly("event-2");
    assertThat(
            events(
                new Wanted(
                    Optional.empty(),
                    any,
                    every,
                    Optional.of(START.plusSeconds(2)),
                    Optional.of(START.plusSeconds(2))),
                10))
        .containsExactly("event-2");
    assertThat(
            events(
                new Wanted(
                    Optional.empty(),
                    any,
                    every,
                    Optional.of(Instant.MIN),
                    Optional.of(Instant.MAX)),
                10))
        .hasSize(3);
  }

  @Test
  void theyAreThereAfterARestart() {
    keep(1, RuleKind.FIRED, 1, "press-1");
    database.close();
    open();

    assertThat(events(ALL, 10)).containsExactly("event-1");
  }

  @Test
  void theOldestGoWhereThereAreTooMany() {
    database.changeNow(
        statements ->
            statements
                .of(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                        + (SqliteRuleRecords.KEPT + 999)
                        + ") INSERT INTO rule_record SELECT i, i, 'FIRED', 1, 'd', 'e', 't', 'f', 'x'"
                        + " FROM n")
                .executeUpdate());
    keep(1, RuleKind.FIRED, 1, "press-1");

    assertThat(events(ALL, 1_000_000)).hasSize(SqliteRuleRecords.KEPT).startsWith("event-1");
  }
}
