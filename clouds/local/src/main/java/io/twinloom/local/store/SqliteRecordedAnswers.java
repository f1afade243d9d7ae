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
          // An earlier version's, without the digest; nothing in it was kept for long.
          "DROP TABLE IF EXISTS recorded_answer",
          """
          CREATE TABLE IF NOT EXISTS answered_request(
            request TEXT PRIMARY KEY, content_sha256 TEXT NOT NULL, answer BLOB NOT NULL,
            until INTEGER NOT NULL) WITHOUT ROWID\
          """,
          "CREATE INDEX IF NOT EXISTS answered_request_until ON answered_request(until)");

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
  public Optional<Recorded> find(String request, Instant now) {
    return database.read(
        statements -> {
          PreparedStatement find =
              statements.of(
                  "SELECT content_sha256, answer FROM answered_request"
                      + " WHERE request = ? AND until >= ?");
          find.setString(1, request);
          find.setLong(2, now.toEpochMilli());
          try (ResultSet found = find.executeQuery()) {
            return found.next()
                ? Optional.of(new Recorded(found.getString(1), found.getBytes(2)))
                : Optional.<Recorded>empty();
          }
        });
  }

  @Override
  public void record(String request, Recorded recorded, Instant now, Instant until) {
    var unused =
        database.writeNow(
            statements -> {
              forget(statements, now);
              PreparedStatement record =
                  statements.of(
                      "INSERT INTO answered_request(request, content_sha256, answer, until)"
                          + " VALUES(?, ?, ?, ?) ON CONFLICT(request) DO UPDATE SET"
                          + " content_sha256 = excluded.content_sha256, answer = excluded.answer,"
                          + " until = excluded.until WHERE until < ?");
              record.setString(1, request);
              record.setString(2, recorded.contentSha256());
              record.setBytes(3, recorded.answer());
              record.setLong(4, until.toEpochMilli());
              record.setLong(5, now.toEpochMilli());
              return record.executeUpdate();
            });
  }

  private static void forget(CloudDatabase.Statements statements, Instant now) throws SQLException {
    PreparedStatement forget =
        statements.of(
            "DELETE FROM answered_request WHERE request IN (SELECT request FROM answered_request"
                + " WHERE until < ? ORDER BY until LIMIT ?)");
    forget.setLong(1, now.toEpochMilli());
    forget.setInt(2, REMOVED_AT_ONCE);
    forget.executeUpdate();
  }
}
