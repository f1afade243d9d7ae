package io.twinloom.local.store;

import io.twinloom.functions.port.InvocationLog.RuleKind;
import io.twinloom.functions.port.InvocationLog.RuleRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the rules of a local cloud did, the newest {@value #KEPT} or so; kept over restarts, and
 * with the twin's snapshots.
 */
public final class SqliteRuleRecords {

  /** The tables that a {@link CloudDatabase} needs for this. */
  public static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS rule_record(
            number INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind TEXT NOT NULL,
            rule INTEGER NOT NULL, device TEXT NOT NULL, event_id TEXT NOT NULL,
            trace_id TEXT NOT NULL, function TEXT NOT NULL, text TEXT NOT NULL)\
          """,
          "CREATE INDEX IF NOT EXISTS rule_record_time ON rule_record(time)");

  /** So many are kept at least. */
  public static final int KEPT = 100_000;

  /** The oldest are removed so many at a time. */
  private static final int REMOVED_TOGETHER = 1_000;

  private static final int MAX_TEXT = 500;

  /** A record as it is kept. */
  public record Kept(Instant time, String function, RuleRecord what) {}

  /** Which are wanted: all that is given must hold. */
  public record Wanted(
      Optional<Integer> rule,
      Optional<String> device,
      Optional<RuleKind> kind,
      Optional<Instant> since,
      Optional<Instant> until) {}

  private final CloudDatabase database;

  /**
   * @param database opened with {@link #SCHEMA}
   */
  public SqliteRuleRecords(CloudDatabase database) {
    this.database = database;
  }

  /** Keeps a record; does not wait for the disk. */
  public void keep(Instant time, String function, RuleRecord what) {
    var written =
        database.change(
            statements -> {
              PreparedStatement keep =
                  statements.of(
                      "INSERT INTO rule_record(time, kind, rule, device, event_id, trace_id,"
                          + " function, text) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
              keep.setLong(1, micros(time));
              keep.setString(2, what.kind().name());
              keep.setInt(3, what.rule());
              keep.setString(4, what.device());
              keep.setString(5, what.eventId());
              keep.setString(6, what.traceId());
              keep.setString(7, function);
              keep.setString(8, cut(what.text()));
              keep.executeUpdate();
              removeOldest(statements);
            });
  }

  private static String cut(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
  }

  private static void removeOldest(CloudDatabase.Statements statements) throws SQLException {
    long newest;
    try (ResultSet result = statements.of("SELECT max(number) FROM rule_record").executeQuery()) {
      newest = result.next() ? result.getLong(1) : 0;
    }
    if (newest % REMOVED_TOGETHER == 0) {
      PreparedStatement remove = statements.of("DELETE FROM rule_record WHERE number <= ?");
      remove.setLong(1, newest - KEPT);
      remove.executeUpdate();
    }
  }

  /** Those that are wanted, the newest first. */
  public List<Kept> newest(Wanted wanted, int limit) {
    return database.read(
        statements -> {
          PreparedStatement find =
              statements.of(
                  "SELECT time, kind, rule, device, event_id, trace_id, function, text"
                      + " FROM rule_record WHERE time >= ? AND time <= ?"
                      + " AND (? < 0 OR rule = ?) AND (? = '' OR device = ?)"
                      + " AND (? = '' OR kind = ?) ORDER BY time DESC, number DESC LIMIT ?");
          find.setLong(1, wanted.since().map(SqliteRuleRecords::micros).orElse(Long.MIN_VALUE));
          find.setLong(2, wanted.until().map(SqliteRuleRecords::micros).orElse(Long.MAX_VALUE));
          find.setInt(3, wanted.rule().orElse(-1));
          find.setInt(4, wanted.rule().orElse(-1));
          find.setString(5, wanted.device().orElse(""));
          find.setString(6, wanted.device().orElse(""));
          find.setString(7, wanted.kind().map(RuleKind::name).orElse(""));
          find.setString(8, wanted.kind().map(RuleKind::name).orElse(""));
          find.setInt(9, limit);
          List<Kept> all = new ArrayList<>();
          try (ResultSet result = find.executeQuery()) {
            while (result.next()) {
              all.add(kept(result));
            }
          }
          return all;
        });
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS),
        row.getString(7),
        new RuleRecord(
            RuleKind.valueOf(row.getString(2)),
            row.getInt(3),
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(8)));
  }

  /** A time outside of what a long has room for is at its bound. */
  private static long micros(Instant time) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
