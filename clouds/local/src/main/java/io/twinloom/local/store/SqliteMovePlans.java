package io.twinloom.local.store;

import io.twinloom.functions.port.MovePlans;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The movers' plans of a local cloud. */
public final class SqliteMovePlans implements MovePlans {

  /** The tables that a {@link CloudDatabase} needs for this. */
  public static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS move_run(
            mover TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, cut_off TEXT NOT NULL,
            owner TEXT NOT NULL, owned_until INTEGER NOT NULL, at_key TEXT NOT NULL,
            at_from TEXT NOT NULL, at_index INTEGER NOT NULL) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS move_chunk(
            mover TEXT NOT NULL, number INTEGER NOT NULL, device TEXT NOT NULL, first TEXT NOT NULL,
            last TEXT NOT NULL, chunk_index INTEGER NOT NULL, sha256 TEXT NOT NULL,
            members BLOB NOT NULL, confirmed INTEGER NOT NULL, PRIMARY KEY(mover, number))\
          """);

  private final CloudDatabase database;

  /**
   * Takes the plans over: a run of an earlier process is over, whatever its plan says.
   *
   * @param database opened with {@link #SCHEMA}
   */
  public SqliteMovePlans(CloudDatabase database) {
    this.database = database;
    database.changeNow(
        statements ->
            statements.of("UPDATE move_run SET owner = '' WHERE owner <> ''").executeUpdate());
  }

  @Override
  public Optional<Plan> open(String mover) {
    return database.read(
        statements -> {
          PreparedStatement find =
              statements.of(
                  "SELECT version, cut_off, owner, owned_until, at_key, at_from, at_index"
                      + " FROM move_run WHERE mover = ?");
          find.setString(1, mover);
          try (ResultSet result = find.executeQuery()) {
            return result.next()
                ? Optional.of(new Plan(run(mover, result), chunks(statements, mover)))
                : Optional.empty();
          }
        });
  }

  private static Run run(String mover, ResultSet result) throws SQLException {
    return new Run(
        mover,
        result.getLong(1),
        result.getString(2),
        result.getString(3),
        Instant.ofEpochMilli(result.getLong(4)),
        new Position(result.getString(5), result.getString(6), result.getInt(7)));
  }

  private static List<PlannedChunk> chunks(CloudDatabase.Statements statements, String mover)
      throws SQLException {
    PreparedStatement find =
        statements.of(
            "SELECT number, device, first, last, chunk_index, sha256, members, confirmed"
                + " FROM move_chunk WHERE mover = ? ORDER BY number");
    find.setString(1, mover);
    List<PlannedChunk> chunks = new ArrayList<>();
    try (ResultSet result = find.executeQuery()) {
      while (result.next()) {
        chunks.add(
            new PlannedChunk(
                result.getLong(1),
                result.getString(2),
                result.getString(3),
                result.getString(4),
                result.getInt(5),
                result.getString(6),
                result.getBytes(7),
                result.getBoolean(8)));
      }
    }
    return chunks;
  }

  @Override
  public boolean save(Run run, List<PlannedChunk> chunks, List<Long> done) {
    return write(
        statements -> {
          if (!saveRun(statements, run)) {
            return false;
          }
          for (PlannedChunk chunk : chunks) {
            saveChunk(statements, run.mover(), chunk);
          }
          PreparedStatement forget =
              statements.of("DELETE FROM move_chunk WHERE mover = ? AND number = ?");
          for (long number : done) {
            forget.setString(1, run.mover());
            forget.setLong(2, number);
            forget.executeUpdate();
          }
          return true;
        });
  }

  private static boolean saveRun(CloudDatabase.Statements statements, Run run) throws SQLException {
    PreparedStatement save =
        statements.of(
            run.version() == 0
                ? "INSERT INTO move_run(cut_off, owner, owned_until, at_key, at_from, at_index,"
                    + " mover, version) VALUES(?, ?, ?, ?, ?, ?, ?, ? + 1)"
                    + " ON CONFLICT(mover) DO NOTHING"
                : "UPDATE move_run SET version = version + 1, cut_off = ?, owner = ?,"
                    + " owned_until = ?, at_key = ?, at_from = ?, at_index = ?"
                    + " WHERE mover = ? AND version = ?");
    save.setString(1, run.cutOff());
    save.setString(2, run.owner());
    save.setLong(3, run.ownedUntil().toEpochMilli());
    save.setString(4, run.position().key());
    save.setString(5, run.position().from());
    save.setInt(6, run.position().index());
    save.setString(7, run.mover());
    save.setLong(8, run.version());
    return save.executeUpdate() == 1;
  }

  private static void saveChunk(
      CloudDatabase.Statements statements, String mover, PlannedChunk chunk) throws SQLException {
    PreparedStatement save =
        statements.of("INSERT OR REPLACE INTO move_chunk VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
    save.setString(1, mover);
    save.setLong(2, chunk.number());
    save.setString(3, chunk.device());
    save.setString(4, chunk.first());
    save.setString(5, chunk.last());
    save.setInt(6, chunk.index());
    save.setString(7, chunk.sha256());
    save.setBytes(8, chunk.members());
    save.setBoolean(9, chunk.confirmed());
    save.executeUpdate();
  }

  @Override
  public boolean end(Run run) {
    return write(
        statements -> {
          PreparedStatement end =
              statements.of("DELETE FROM move_run WHERE mover = ? AND version = ?");
          end.setString(1, run.mover());
          end.setLong(2, run.version());
          if (end.executeUpdate() == 0) {
            return false;
          }
          PreparedStatement chunks = statements.of("DELETE FROM move_chunk WHERE mover = ?");
          chunks.setString(1, run.mover());
          chunks.executeUpdate();
          return true;
        });
  }

  private boolean write(CloudDatabase.Write<Boolean> write) {
    return database.writeNow(write);
  }
}
