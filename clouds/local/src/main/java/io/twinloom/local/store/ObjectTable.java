package io.twinloom.local.store;

import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.port.ObjectStore.Entry;
import io.twinloom.functions.port.ObjectStore.Page;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the objects of one local store: an object is there when its row is. A file
 * without a row is one that a process was killed over, and is written again.
 */
final class ObjectTable {

  static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS object(
            store TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
            stored INTEGER NOT NULL, restore_asked INTEGER, PRIMARY KEY(store, key)) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS object_part(
            store TEXT NOT NULL, key TEXT NOT NULL, total INTEGER NOT NULL, number INTEGER NOT NULL,
            PRIMARY KEY(store, key, total, number)) WITHOUT ROWID\
          """);

  /** An object as it is known. */
  record Row(Content content, long stored, Optional<Instant> restoreAsked) {}

  /** How many objects there are, and how many bytes they take. */
  record Usage(long objects, long stored, long bytes) {}

  private final CloudDatabase database;
  private final String store;

  ObjectTable(CloudDatabase database, String store) {
    this.database = database;
    this.store = store;
  }

  Optional<Row> find(String key) {
    return database.read(
        statements -> {
          PreparedStatement find =
              statements.of(
                  "SELECT sha256, bytes, stored, restore_asked FROM object"
                      + " WHERE store = ? AND key = ?");
          find.setString(1, store);
          find.setString(2, key);
          try (ResultSet result = find.executeQuery()) {
            return result.next() ? Optional.of(row(result)) : Optional.empty();
          }
        });
  }

  private static Row row(ResultSet result) throws SQLException {
    long asked = result.getLong(4);
    Optional<Instant> restoreAsked =
        result.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(asked));
    Content content = new Content(result.getString(1), result.getLong(2));
    return new Row(content, result.getLong(3), restoreAsked);
  }

  Page list(String prefix, String after, int limit) {
    return database.read(
        statements -> {
          PreparedStatement list =
              statements.of(
                  "SELECT key, stored FROM object WHERE store = ? AND key >= ? AND key > ?"
                      + " ORDER BY key LIMIT ?");
          list.setString(1, store);
          list.setString(2, prefix);
          list.setString(3, after);
          list.setLong(4, limit + 1L);
          List<Entry> entries = new ArrayList<>();
          try (ResultSet result = list.executeQuery()) {
            while (result.next() && result.getString(1).startsWith(prefix)) {
              if (entries.size() == limit) {
                return new Page(entries, true);
              }
              entries.add(new Entry(result.getString(1), result.getLong(2)));
            }
          }
          return new Page(entries, false);
        });
  }

  Usage usage() {
    return database.read(
        statements -> {
          PreparedStatement sums =
              statements.of(
                  "SELECT COUNT(*), TOTAL(stored), TOTAL(bytes) FROM object WHERE store = ?");
          sums.setString(1, store);
          try (ResultSet result = sums.executeQuery()) {
            result.next();
            return new Usage(result.getLong(1), result.getLong(2), result.getLong(3));
          }
        });
  }

  void add(String key, Content content, long stored, Optional<Instant> restoreAsked) {
    database.changeNow(
        statements -> {
          PreparedStatement add =
              statements.of("INSERT OR REPLACE INTO object VALUES(?, ?, ?, ?, ?, ?)");
          add.setString(1, store);
          add.setString(2, key);
          add.setString(3, content.sha256());
          add.setLong(4, content.bytes());
          add.setLong(5, stored);
          if (restoreAsked.isPresent()) {
            add.setLong(6, restoreAsked.get().toEpochMilli());
          } else {
            add.setNull(6, Types.INTEGER);
          }
          add.executeUpdate();
        });
  }

  void remove(String key) {
    database.changeNow(
        statements -> {
          PreparedStatement remove =
              statements.of("DELETE FROM object WHERE store = ? AND key = ?");
          remove.setString(1, store);
          remove.setString(2, key);
          remove.executeUpdate();
        });
  }

  void addPart(String key, int total, int number) {
    database.changeNow(
        statements -> {
          PreparedStatement add =
              statements.of("INSERT OR IGNORE INTO object_part VALUES(?, ?, ?, ?)");
          add.setString(1, store);
          add.setString(2, key);
          add.setInt(3, total);
          add.setInt(4, number);
          add.executeUpdate();
        });
  }

  /** The numbers of the parts that are kept, in order. */
  List<Integer> parts(String key, int total) {
    return database.read(
        statements -> {
          PreparedStatement find =
              statements.of(
                  "SELECT number FROM object_part WHERE store = ? AND key = ? AND total = ?"
                      + " ORDER BY number");
          find.setString(1, store);
          find.setString(2, key);
          find.setInt(3, total);
          List<Integer> numbers = new ArrayList<>();
          try (ResultSet result = find.executeQuery()) {
            while (result.next()) {
              numbers.add(result.getInt(1));
            }
          }
          return numbers;
        });
  }

  void removeParts(String key, int total) {
    database.changeNow(
        statements -> {
          PreparedStatement remove =
              statements.of("DELETE FROM object_part WHERE store = ? AND key = ? AND total = ?");
          remove.setString(1, store);
          remove.setString(2, key);
          remove.setInt(3, total);
          remove.executeUpdate();
        });
  }
}
