package io.twinloom.local.store;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.json.Json;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The dead letters of a local cloud, until they are replayed. */
public final class SqliteDeadLetters implements DeadLetters {

  /** The tables that a {@link CloudDatabase} needs for this. */
  public static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS dead_letter(
            id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, function TEXT NOT NULL,
            error TEXT NOT NULL, attempts INTEGER NOT NULL, trace_id TEXT NOT NULL,
            event BLOB NOT NULL)\
          """);

  /** A page of a list has at most so many. */
  public static final int MAX_PAGE = 1_000;

  /** A page of a list ends at so many bytes of events, but has at least one. */
  static final long MAX_PAGE_BYTES = 4L * 1024 * 1024;

  private static final String COLUMNS =
      "SELECT id, time, function, error, attempts, trace_id, event FROM dead_letter";

  /**
   * A dead letter as it is kept.
   *
   * @param id of this cloud; never given again
   * @param time when it was kept
   */
  public record Kept(long id, Instant time, DeadLetter letter) {}

  private final CloudDatabase database;
  private final InstantSource clock;

  /**
   * @param database opened with {@link #SCHEMA}
   */
  public SqliteDeadLetters(CloudDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void keep(DeadLetter letter) {
    long now = clock.millis();
    byte[] event = Json.bytes(letter.event());
    database.writeNow(statements -> keep(statements, letter, now, event));
  }

  /** Keeps one that another cloud kept at a time, where it is not here yet. */
  public void takeOver(DeadLetter letter, Instant kept) {
    long time = kept.toEpochMilli();
    byte[] event = Json.bytes(letter.event());
    database.writeNow(
        statements -> {
          PreparedStatement same =
              statements.of(
                  "SELECT 1 FROM dead_letter WHERE time = ? AND function = ? AND event = ?");
          same.setLong(1, time);
          same.setString(2, letter.function());
          same.setBytes(3, event);
          boolean known;
          try (ResultSet result = same.executeQuery()) {
            known = result.next();
          }
          return known ? 0 : keep(statements, letter, time, event);
        });
  }

  private static int keep(
      CloudDatabase.Statements statements, DeadLetter letter, long now, byte[] event)
      throws SQLException {
    PreparedStatement keep =
        statements.of(
            "INSERT INTO dead_letter(time, function, error, attempts, trace_id, event)"
                + " VALUES(?, ?, ?, ?, ?, ?)");
    keep.setLong(1, now);
    keep.setString(2, letter.function());
    keep.setString(3, letter.error());
    keep.setInt(4, letter.attempts());
    keep.setString(5, letter.traceId());
    keep.setBytes(6, event);
    return keep.executeUpdate();
  }

  /**
   * The dead letters that were kept after one, the oldest first: at most {@code limit} of them, and
   * fewer where their events are large. An empty page is the end.
   *
   * @param after the id of the last one seen; 0 for the first page
   */
  public List<Kept> list(long after, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit " + limit + " is not 1 to " + MAX_PAGE);
    }
    return database.read(
        statements -> {
          PreparedStatement page = statements.of(COLUMNS + " WHERE id > ? ORDER BY id LIMIT ?");
          page.setLong(1, after);
          page.setInt(2, limit);
          List<Kept> kept = new ArrayList<>();
          long bytes = 0;
          try (ResultSet result = page.executeQuery()) {
            while (result.next()) {
              byte[] event = result.getBytes(7);
              bytes += event.length;
              if (bytes > MAX_PAGE_BYTES && !kept.isEmpty()) {
                break;
              }
              kept.add(kept(result, event));
            }
          }
          return kept;
        });
  }

  /** The ids of all that are kept, the oldest first. */
  public List<Long> ids() {
    return database.read(
        statements -> {
          List<Long> ids = new ArrayList<>();
          try (ResultSet result =
              statements.of("SELECT id FROM dead_letter ORDER BY id").executeQuery()) {
            while (result.next()) {
              ids.add(result.getLong(1));
            }
          }
          return ids;
        });
  }

  /** The dead letter of this id, where it is still kept. */
  public Optional<Kept> get(long id) {
    return database.read(
        statements -> {
          PreparedStatement one = statements.of(COLUMNS + " WHERE id = ?");
          one.setLong(1, id);
          try (ResultSet result = one.executeQuery()) {
            return result.next() ? Optional.of(kept(result, result.getBytes(7))) : Optional.empty();
          }
        });
  }

  /** Forgets these; returns how many of them were still kept. Once it returns that is durable. */
  public int remove(Collection<Long> ids) {
    List<Long> wanted = List.copyOf(ids);
    return database.writeNow(
        statements -> {
          PreparedStatement remove = statements.of("DELETE FROM dead_letter WHERE id = ?");
          int removed = 0;
          for (long id : wanted) {
            remove.setLong(1, id);
            removed += remove.executeUpdate();
          }
          return removed;
        });
  }

  /**
   * Removes those kept since a time whose event has this text in it; returns how many there were.
   * Once it returns that is durable.
   *
   * @param text as it stands in JSON
   */
  public int remove(String text, Instant since) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    return database.writeNow(
        statements -> {
          PreparedStatement remove =
              statements.of("DELETE FROM dead_letter WHERE time >= ? AND instr(event, ?) > 0");
          remove.setLong(1, since.toEpochMilli());
          remove.setBytes(2, wanted);
          return remove.executeUpdate();
        });
  }

  public long count() {
    return database.read(
        statements -> {
          try (ResultSet result =
              statements.of("SELECT COUNT(*) FROM dead_letter").executeQuery()) {
            return result.next() ? result.getLong(1) : 0L;
          }
        });
  }

  private static Kept kept(ResultSet result, byte[] event) throws SQLException {
    return new Kept(
        result.getLong(1),
        Instant.ofEpochMilli(result.getLong(2)),
        new DeadLetter(
            result.getString(3),
            value(event),
            result.getString(4),
            result.getInt(5),
            result.getString(6)));
  }

  private static JsonValue value(byte[] event) {
    try {
      return Json.parseOwn(event);
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("a dead letter's event is damaged", e);
    }
  }
}
