package io.twinloom.local.invoke;

import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.CloudDatabase.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The events that wait for their function, on disk: what was accepted together is one row. */
final class EventTable {

  /**
   * Makes what is missing. A {@code due} of 0 means at once, in the order of numbers. The table
   * {@code invocation}, with one event a row, is that of earlier versions: what is in it moves.
   */
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
          """
          CREATE TABLE IF NOT EXISTS queued (
            number INTEGER PRIMARY KEY,
            count INTEGER NOT NULL,
            function TEXT NOT NULL,
            events BLOB NOT NULL,
            attempts INTEGER NOT NULL,
            postponed INTEGER NOT NULL,
            since INTEGER NOT NULL,
            due INTEGER NOT NULL)""",
          """
          INSERT OR IGNORE INTO queued
            SELECT number, 1, function, event, attempts, postponed, 0, due FROM invocation""",
          "DELETE FROM invocation",
          "CREATE INDEX IF NOT EXISTS queued_due ON queued(due) WHERE due > 0",
          """
          CREATE TABLE IF NOT EXISTS invocation_number (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            reserved INTEGER NOT NULL)""");

  /**
   * Events on disk that were accepted together.
   *
   * @param number that of the first; the others have those that follow
   * @param count how many there are
   * @param events as {@link RowEvents} joins them
   * @param attempts how often their function has failed on them, attempts included that a crash cut
   *     short
   * @param postponed how often they were put off without being tried
   * @param since when they were put off first, in epoch milliseconds; 0 where they were not
   */
  record Row(
      long number,
      int count,
      String function,
      byte[] events,
      int attempts,
      int postponed,
      long since) {

    /** One event that is new. */
    Row(long number, String function, byte[] event) {
      this(number, 1, function, event, 0, 0, 0);
    }

    /** How many bytes the events have. */
    int size() {
      return events.length - (count > 1 ? count * Integer.BYTES : 0);
    }

    /** The number of the last of them. */
    long last() {
      return number + count - 1;
    }

    /** The same with as many failures. */
    Row failed(int failures, int putOff, long putOffSince) {
      return new Row(number, count, function, events, failures, putOff, putOffSince);
    }
  }

  /** Rows from disk, and whether there are more of them. */
  record Rows(List<Row> rows, boolean more) {}

  private static final String COLUMNS =
      "SELECT number, count, function, events, attempts, postponed, since FROM queued ";

  private static final String PUT =
      "INSERT INTO queued(number, count, function, events, attempts, postponed, since, due)"
          + " VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(number) DO UPDATE SET"
          + " attempts=excluded.attempts, postponed=excluded.postponed,"
          + " since=excluded.since, due=excluded.due";

  private final CloudDatabase database;

  EventTable(CloudDatabase database) {
    this.database = database;
  }

  /** Adds a row, or writes anew what is known of it; {@code due} in epoch milliseconds. */
  CompletableFuture<Void> put(Row row, long due) {
    return database.change(statements -> put(statements, row, due));
  }

  private static void put(Statements statements, Row row, long due) throws SQLException {
    PreparedStatement put = statements.of(PUT);
    put.setLong(1, row.number());
    put.setInt(2, row.count());
    put.setString(3, row.function());
    put.setBytes(4, row.events());
    put.setInt(5, row.attempts());
    put.setInt(6, row.postponed());
    put.setLong(7, row.since());
    put.setLong(8, due);
    put.executeUpdate();
  }

  /** Counts an attempt before it begins; what becomes of the events is written over it. */
  CompletableFuture<Void> attempted(Row row) {
    return database.change(
        statements -> {
          PreparedStatement count = statements.of("UPDATE queued SET attempts=? WHERE number=?");
          count.setInt(1, row.attempts() + 1);
          count.setLong(2, row.number());
          count.executeUpdate();
        });
  }

  /** Puts rows of one event each in the place of one with several. */
  CompletableFuture<Void> split(Row row, List<Row> singles) {
    return database.change(
        statements -> {
          remove(statements, row.number());
          for (Row single : singles) {
            put(statements, single, 0);
          }
        });
  }

  /** The highest number of an event that is there; 0 if there is none. */
  long lastNumber() {
    return number("SELECT max(number + count - 1) FROM queued");
  }

  CompletableFuture<Void> remove(long number) {
    return database.change(statements -> remove(statements, number));
  }

  private static void remove(Statements statements, long number) throws SQLException {
    PreparedStatement remove = statements.of("DELETE FROM queued WHERE number=?");
    remove.setLong(1, number);
    remove.executeUpdate();
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

  /** At most {@code limit} rows, and no further one once they have that many bytes together. */
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
              byte[] events = found.getBytes(4);
              size += events.length;
              rows.add(
                  new Row(
                      found.getLong(1),
                      found.getInt(2),
                      found.getString(3),
                      events,
                      found.getInt(5),
                      found.getInt(6),
                      found.getLong(7)));
            }
            return new Rows(rows, rows.size() == limit || size >= bytes);
          }
        });
  }

  /** How many events there are. */
  long count() {
    return number("SELECT sum(count) FROM queued");
  }

  private long number(String sql) {
    return database.read(
        statements -> {
          try (ResultSet found = statements.of(sql).executeQuery()) {
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

  private static Long reserved(Statements statements) throws SQLException {
    try (ResultSet found =
        statements.of("SELECT reserved FROM invocation_number WHERE only = 1").executeQuery()) {
      return found.next() ? found.getLong(1) : 0L;
    }
  }
}
