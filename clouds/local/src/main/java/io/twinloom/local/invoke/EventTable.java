package io.twinloom.local.invoke;

import io.twinloom.local.invoke.ReadyEvents.Load;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.CloudDatabase.Statements;
import io.twinloom.local.store.Urgency;
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
            reserved INTEGER NOT NULL)""",
          Interruptions.TABLE,
          Interruptions.WITHOUT_ROWS_THAT_ARE_GONE);

  /**
   * Events on disk that were accepted together.
   *
   * @param number that of the first; the others have those that follow
   * @param count how many there are
   * @param events as {@link RowEvents} joins them
   * @param attempts how often their function has failed on them
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

  /** What there is of a row on disk, without its events. */
  record Listed(long number, int count, String function, boolean waitsForTime) {}

  /** All rows on disk, in the order of their numbers. */
  record Listing(List<Listed> rows) {

    /** How many events they have. */
    long events() {
      return rows.stream().mapToLong(Listed::count).sum();
    }

    /** The highest number of an event; 0 if there is none. */
    long last() {
      return rows.isEmpty() ? 0 : rows.getLast().number() + rows.getLast().count() - 1;
    }
  }

  /** Rows from disk, and how many were looked for. */
  record Rows(List<Row> rows, int read) {

    static final Rows NONE = new Rows(List.of(), 0);
  }

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
    return database.change(statements -> put(statements, row, due), Urgency.EVENT);
  }

  static void put(Statements statements, Row row, long due) throws SQLException {
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

  CompletableFuture<Void> remove(long number) {
    return database.change(statements -> remove(statements, number));
  }

  static void remove(Statements statements, long number) throws SQLException {
    PreparedStatement remove = statements.of("DELETE FROM queued WHERE number=?");
    remove.setLong(1, number);
    remove.executeUpdate();
  }

  /** All rows that there are. */
  Listing list() {
    return database.read(
        statements -> {
          List<Listed> listed = new ArrayList<>();
          try (ResultSet found =
              statements
                  .of("SELECT number, count, function, due FROM queued ORDER BY number")
                  .executeQuery()) {
            while (found.next()) {
              listed.add(
                  new Listed(
                      found.getLong(1), found.getInt(2), found.getString(3), found.getLong(4) > 0));
            }
          }
          return new Listing(listed);
        });
  }

  /** Rows of which the numbers are known, in their order, as many as the load has space for. */
  Rows rows(Load load) {
    List<Long> numbers = load.numbers();
    return database.read(
        statements -> {
          PreparedStatement select = statements.of(COLUMNS + "WHERE number = ?");
          List<Row> rows = new ArrayList<>();
          int read = 0;
          int count = 0;
          long size = 0;
          while (read < numbers.size() && count < load.events() && size < load.bytes()) {
            select.setLong(1, numbers.get(read++));
            try (ResultSet found = select.executeQuery()) {
              if (found.next()) {
                Row row = row(found);
                rows.add(row);
                count += row.count();
                size += row.events().length;
              }
            }
          }
          return new Rows(rows, read);
        });
  }

  /**
   * Events whose time has come, the longest overdue first: at most {@code limit} rows, and no
   * further one once they have that many bytes together.
   */
  List<Row> due(long now, int limit, long bytes) {
    return database.read(
        statements -> {
          PreparedStatement select =
              statements.of(COLUMNS + "WHERE due > 0 AND due <= ? ORDER BY due, number LIMIT ?");
          select.setLong(1, now);
          select.setInt(2, limit);
          try (ResultSet found = select.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            long size = 0;
            while (size < bytes && found.next()) {
              Row row = row(found);
              size += row.events().length;
              rows.add(row);
            }
            return rows;
          }
        });
  }

  private static Row row(ResultSet found) throws SQLException {
    return new Row(
        found.getLong(1),
        found.getInt(2),
        found.getString(3),
        found.getBytes(4),
        found.getInt(5),
        found.getInt(6),
        found.getLong(7));
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
