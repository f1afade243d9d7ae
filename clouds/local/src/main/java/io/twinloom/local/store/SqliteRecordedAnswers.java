package io.twinloom.local.store;

import io.twinloom.functions.port.RecordedAnswers;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the receivers of a local cloud have answered, until its time is over. */
public final class SqliteRecordedAnswers implements RecordedAnswers {

  /** The tables that a {@link CloudDatabase} needs for this. */
  public static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS recorded_answer(
            request TEXT PRIMARY KEY, answer BLOB NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID\
          """,
          "CREATE INDEX IF NOT EXISTS recorded_answer_until ON recorded_answer(until)");

  /** With each new answer at most so many old ones go: more than come, and never a long pause. */
  private static final int REMOVED_AT_ONCE = 10;

  private final CloudDatabase database;

  /**
   * @param database opened with {@link #SCHEMA}
   */
  public SqliteRecordedAnswers(CloudDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<byte[]> find(String request, Instant now) {
    return database.read(
        statements -> {
          PreparedStatement find =
              statements.of("SELECT answer FROM recorded_answer WHERE request = ? AND until >= ?");
          find.setString(1, request);
          find.setLong(2, now.toEpochMilli());
          try (ResultSet found = find.executeQuery()) {
            return found.next() ? Optional.of(found.getBytes(1)) : Optional.<byte[]>empty();
          }
        });
  }

  @Override
  public void record(String request, byte[] answer, Instant now, Instant until) {
    var unused =
        database.writeNow(
            statements -> {
              forget(statements, now);
              PreparedStatement record =
                  statements.of(
                      "INSERT OR IGNORE INTO recorded_answer(request, answer, until)"
                          + " VALUES(?, ?, ?)");
              record.setString(1, request);
              record.setBytes(2, answer);
              record.setLong(3, until.toEpochMilli());
              return record.executeUpdate();
            });
  }

  private static void forget(CloudDatabase.Statements statements, Instant now) throws SQLException {
    PreparedStatement forget =
        statements.of(
            "DELETE FROM recorded_answer WHERE request IN (SELECT request FROM recorded_answer"
                + " WHERE until < ? ORDER BY until LIMIT ?)");
    forget.setLong(1, now.toEpochMilli());
    forget.setInt(2, REMOVED_AT_ONCE);
    forget.executeUpdate();
  }
}
