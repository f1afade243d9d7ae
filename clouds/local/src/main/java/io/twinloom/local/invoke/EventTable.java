package io.twinloom.local.invoke;

import io.twinloom.local.store.CloudDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The events that wait for their function, on disk. */
final class EventTable {

  /** Makes what is missing. A {@code due} of 0 means at once, in the order of numbers. */
  static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS invocation (
            number INTEGER PRIMARY KEY,
            function TEXT NOT NULL,
            event BLOB NOT NULL,
            attempts INTEGER NOT NULL,
            postponed INTEGER NOT NULL,
            due INTEGER NOT NULL)""",
          "CREATE INDEX IF NOT EXISTS invocation_due ON invocation(due) WHERE due > 0",
          """
          CREATE TABLE IF NOT EXISTS invocation_number (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            reserved INTEGER NOT NULL)""");

  /**
   * An event on disk.
   *
   * @param attempts how often its function has failed on it, attempts included that a crash cut
   *     short
   * @param postponed how often it was put off without being tried
   */
  record Row(long number, String function, byte[] event, int attempts, int postponed) {}

  /** Events from disk, and whether there are more of them. */
  record Rows(List<Row> rows, boolean more) {}

  private static final String COLUMNS =
      "SELECT number, function, event, attempts, postponed FROM invocation ";

  private final CloudDatabase database;

  EventTable(CloudDatabase database) {
    this.database = database;
  }

  /** Adds an event, or writes anew what is known of it; {@code due} in epoch milliseconds. */
  CompletableFuture<Void> put(Row row, long due) {
    return database.change(
        statements -> {
          PreparedStatement put =
              statements.of(
                  "INSERT INTO invocation(number, function, event, attempts, postponed, due)"
                      + " VALUES(?,?,?,?,?,?) ON CONFLICT(number) DO UPDATE SET"
                      + " attempts=excluded.attempts, postponed=excluded.postponed,"
                      + " due=excluded.due");
          put.setLong(1, row.number());
          put.setString(2, row.function());
          put.setBytes(3, row.event());
          put.setInt(4, row.attempts());
          put.setInt(5, row.postponed());
          put.setLong(6, due);
          put.executeUpdate();
        });
  }

  /** Counts an attempt before it begins; what becomes of the event is written over it. */
  CompletableFuture<Void> attempted(Row row) {
    return database.change(
        statements -> {
          PreparedStatement count =
              statements.of("UPDATE invocation SET attempts=? WHERE number=?");
          count.setInt(1, row.attempts() + 1);
          count.setLong(2, row.number());
          count.executeUpdate();
        });
  }

  /** The highest number of an event that is there; 0 if there is none. */
  long lastNumber() {
    return database.read(
        statements -> {
          try (ResultSet found =
              statements.of("SELECT max(number) FROM invocation").executeQuery()) {
            return found.next() ? found.getLong(1) : 0L;
          }
        });
  }

  CompletableFuture<Void> remove(long number) {
    return database.change(
        statements -> {
          PreparedStatement remove = statements.of("DELETE FROM invocation WHERE number=?");
          remove.setLong(1, number);
          remove.executeUpdate();
        });
  }

  /** Events that wait for no time, with a number above {@code after}, in order. */
  Rows waiting(long after, int limit, long bytes) {
    return rows(
        COLUMNS + "WHERE due = 0 AND number > ? ORDER BY number LIMIT ?", after, limit, bytes);
  }

  /** Events whose time has come, the longest overdue first. */
  Rows due(long now, int limit, long bytes) {
    return rows(
        COLUMNS + "WHERE due > 0 AND due <= ? ORDER BY due, number LIMIT ?", now, limit, bytes);
  }

  /** At most {@code limit} events, and no further one once they have that many bytes together. */
  private Rows rows(String sql, long bound, int limit, long bytes) {
    return database.read(
        statements -> {
          PreparedStatement select = statements.of(sql);
          select.setLong(1, bound);
          select.setInt(2, limit);
          try (ResultSet found = select.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            long size = 0;
            while (size < bytes && found.next()) {
              byte[] event = found.getBytes(3);
              size += event.length;
              rows.add(
                  new Row(
                      found.getLong(1),
                      found.getString(2),
                      event,
                      found.getInt(4),
                      found.getInt(5)));
            }
            return new Rows(rows, rows.size() == limit || size >= bytes);
          }
        });
  }

  long count() {
    return database.read(
        statements -> {
          try (ResultSet found = statements.of("SELECT count(*) FROM invocation").executeQuery()) {
            return found.next() ? found.getLong(1) : 0L;
          }
        });
  }

  /**
   * Reserves numbers that no earlier run has used, though their events are long gone: they tell
   * measurements without a time apart for ever.
   *
   * @return the last number of the block; its first is {@code block - 1} below
   */
  CompletableFuture<Long> reserve(int block) {
    return database.write(
        statements -> {
          statements
              .of("INSERT OR IGNORE INTO invocation_number(only, reserved) VALUES(1, 0)")
              .executeUpdate();
          PreparedStatement grow =
              statements.of("UPDATE invocation_number SET reserved = reserved + ? WHERE only = 1");
          grow.setInt(1, block);
          grow.executeUpdate();
          return reserved(statements);
        });
  }

  private static Long reserved(CloudDatabase.Statements statements) throws SQLException {
    try (ResultSet found =
        statements.of("SELECT reserved FROM invocation_number WHERE only = 1").executeQuery()) {
      return found.next() ? found.getLong(1) : 0L;
    }
  }
}
