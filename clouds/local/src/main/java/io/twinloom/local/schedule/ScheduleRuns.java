package io.twinloom.local.schedule;

import io.twinloom.local.store.CloudDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When each schedule of a local cloud was last looked after, so that a missed run is noticed. */
public final class ScheduleRuns {

  /** The table that a {@link CloudDatabase} needs for this. */
  public static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS schedule_run(
            name TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID\
          """);

  private final CloudDatabase database;

  /**
   * @param database opened with {@link #SCHEMA}
   */
  public ScheduleRuns(CloudDatabase database) {
    this.database = database;
  }

  /** When the schedule last ran, or was first known. */
  Optional<Instant> last(String name) {
    return database.read(
        statements -> {
          PreparedStatement find = statements.of("SELECT last FROM schedule_run WHERE name = ?");
          find.setString(1, name);
          try (ResultSet result = find.executeQuery()) {
            return result.next()
                ? Optional.of(Instant.ofEpochMilli(result.getLong(1)))
                : Optional.empty();
          }
        });
  }

  /** Keeps that a schedule has run; durable on return. */
  void ran(String name, Instant at) {
    database.changeNow(
        statements -> {
          PreparedStatement keep =
              statements.of("INSERT OR REPLACE INTO schedule_run VALUES(?, ?)");
          keep.setString(1, name);
          keep.setLong(2, at.toEpochMilli());
          keep.executeUpdate();
        });
  }
}
