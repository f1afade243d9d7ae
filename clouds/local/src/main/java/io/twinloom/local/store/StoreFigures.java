package io.twinloom.local.store;

import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * What the stores of a cloud hold, read from its file by a process that does not run the cloud. The
 * file may be in use meanwhile; nothing is written.
 *
 * @param file of the cloud's stores; one that is not there holds nothing
 */
public record StoreFigures(Path file) {

  /** The size of items is that of so many of them. */
  private static final int SAMPLE = 1_000;

  /**
   * What a store holds.
   *
   * @param count of items or chunks
   * @param bytes of their JSON; of items as the average of a sample says
   * @param oldest the time of the oldest item; empty where there is none
   * @param newest the time of the newest item
   */
  public record Held(long count, long bytes, Optional<String> oldest, Optional<String> newest) {

    /** Nothing. */
    public static final Held NOTHING = new Held(0, 0, Optional.empty(), Optional.empty());

    private Held and(long more, long size, String first, String last) {
      return new Held(
          count + more,
          bytes + size,
          Optional.of(oldest.filter(o -> o.compareTo(first) <= 0).orElse(first)),
          Optional.of(newest.filter(n -> n.compareTo(last) >= 0).orElse(last)));
    }
  }

  /** A question about the file. */
  private interface Question {
    Held answer(Connection connection) throws SQLException;
  }

  /**
   * The items of the hot store.
   *
   * @param device whose; empty: of all devices
   * @param before only those that are older, in the stored form of a time; empty: all
   * @throws TwinloomException if the file cannot be read
   */
  public Held hot(Optional<String> device, Optional<String> before) {
    return ask(
        connection -> {
          Held held = Held.NOTHING;
          try (PreparedStatement devices =
              connection.prepareStatement(
                  "SELECT device FROM hot_count WHERE items > 0 AND (?1 = '' OR device = ?1)")) {
            devices.setString(1, device.orElse(""));
            try (ResultSet each = devices.executeQuery()) {
              while (each.next()) {
                held = items(connection, each.getString(1), before.orElse("~"), held);
              }
            }
          }
          return new Held(
              held.count(), held.count() * average(connection), held.oldest(), held.newest());
        });
  }

  private static Held items(Connection connection, String device, String before, Held held)
      throws SQLException {
    try (PreparedStatement items =
        connection.prepareStatement(
            "SELECT count(*), min(ts), max(ts) FROM hot_item WHERE device = ? AND ts < ?")) {
      items.setString(1, device);
      items.setString(2, before);
      try (ResultSet result = items.executeQuery()) {
        return result.next() && result.getLong(1) > 0
            ? held.and(result.getLong(1), 0, result.getString(2), result.getString(3))
            : held;
      }
    }
  }

  private static long average(Connection connection) throws SQLException {
    try (PreparedStatement sizes =
            connection.prepareStatement(
                "SELECT avg(length(body)) FROM (SELECT body FROM hot_item LIMIT " + SAMPLE + ")");
        ResultSet result = sizes.executeQuery()) {
      return result.next() ? Math.round(result.getDouble(1)) : 0;
    }
  }

  /**
   * The chunks of a colder store.
   *
   * @param store {@code cold} or {@code archive}
   * @param device whose; empty: of all devices
   * @param before only those whose last item is older; empty: all
   * @throws TwinloomException if the file cannot be read
   */
  public Held chunks(String store, Optional<String> device, Optional<String> before) {
    String prefix = device.map(ChunkKey::devicePrefix).orElse("");
    return ask(
        connection -> {
          Held held = Held.NOTHING;
          try (PreparedStatement objects =
              connection.prepareStatement(
                  "SELECT key, bytes FROM object WHERE store = ? AND key >= ?")) {
            objects.setString(1, store);
            objects.setString(2, prefix);
            try (ResultSet each = objects.executeQuery()) {
              while (each.next() && each.getString(1).startsWith(prefix)) {
                Optional<ChunkKey> key = ChunkKey.parse(each.getString(1));
                if (key.isPresent()
                    && before.filter(b -> key.get().last().compareTo(b) >= 0).isEmpty()) {
                  held = held.and(1, each.getLong(2), key.get().first(), key.get().last());
                }
              }
            }
          }
          return held;
        });
  }

  /** How many events wait in the cloud's queue. */
  public long waiting() {
    return ask(connection -> {
          try (PreparedStatement count =
                  connection.prepareStatement("SELECT count(*) FROM invocation");
              ResultSet result = count.executeQuery()) {
            return new Held(
                result.next() ? result.getLong(1) : 0, 0, Optional.empty(), Optional.empty());
          }
        })
        .count();
  }

  private Held ask(Question question) {
    if (!Files.exists(file)) {
      return Held.NOTHING;
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(5_000);
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties())) {
      return question.answer(connection);
    } catch (SQLException e) {
      throw new TwinloomException(
          LocalError.STORE_UNREADABLE,
          "It cannot be read what the store holds: " + e.getMessage(),
          file.toString(),
          LocalError.STORE_UNREADABLE.fix(),
          e);
    }
  }
}
