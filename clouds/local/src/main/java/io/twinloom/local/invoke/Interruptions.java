package io.twinloom.local.invoke;

import io.twinloom.functions.port.StoreException;
import io.twinloom.local.invoke.EventTable.Row;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.CloudDatabase.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Which rows that an earlier run has left are in progress, on disk: after a crash, one of them may
 * be what ended the process.
 */
final class Interruptions {

  /** {@code alone}: how often the process ended while this row was the only one under suspicion. */
  static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS interrupted (
        number INTEGER PRIMARY KEY,
        alone INTEGER NOT NULL)""";

  static final String WITHOUT_ROWS_THAT_ARE_GONE =
      "DELETE FROM interrupted WHERE number NOT IN (SELECT number FROM queued)";

  private final CloudDatabase database;

  Interruptions(CloudDatabase database) {
    this.database = database;
  }

  /** The rows that were in progress when the process ended, each with its {@code alone}. */
  Map<Long, Integer> read() {
    return database.read(
        statements -> {
          Map<Long, Integer> interrupted = new HashMap<>();
          try (ResultSet found =
              statements.of("SELECT number, alone FROM interrupted").executeQuery()) {
            while (found.next()) {
              interrupted.put(found.getLong(1), found.getInt(2));
            }
          }
          return interrupted;
        });
  }

  /** Notes that a row is about to run. */
  CompletableFuture<Void> begin(Row row, int alone) {
    return database.change(statements -> begin(statements, row, alone));
  }

  private static void begin(Statements statements, Row row, int alone) throws SQLException {
    PreparedStatement put =
        statements.of("INSERT OR REPLACE INTO interrupted(number, alone) VALUES(?,?)");
    put.setLong(1, row.number());
    put.setInt(2, alone);
    put.executeUpdate();
  }

  /** Puts suspects of one event each in the place of one with several. */
  CompletableFuture<Void> split(Row row, List<Row> singles) {
    return database.change(
        statements -> {
          EventTable.remove(statements, row.number());
          for (Row single : singles) {
            EventTable.put(statements, single, 0);
            begin(statements, single, 0);
          }
        });
  }

  /** Notes that a row has run to its end, well or not. */
  CompletableFuture<Void> end(Row row) {
    return database.change(
        statements -> {
          PreparedStatement end = statements.of("DELETE FROM interrupted WHERE number=?");
          end.setLong(1, row.number());
          end.executeUpdate();
        });
  }

  /**
   * Forgets all: the process ends in order.
   *
   * @throws StoreException if that cannot be written
   */
  void clear() {
    database.changeNow(statements -> statements.of("DELETE FROM interrupted").executeUpdate());
  }
}
