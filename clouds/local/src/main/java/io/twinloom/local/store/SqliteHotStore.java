package io.twinloom.local.store;

import io.twinloom.functions.port.HotCopy;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The hot store of a local cloud. An item's body is kept as the JSON text it was written with, so
 * that every number comes back digit by digit. The condition of a write and the write are in one
 * transaction, and only one thread writes.
 */
public final class SqliteHotStore implements HotStore {

  /**
   * The tables that a {@link CloudDatabase} needs for this. The items are counted, since counting
   * them by reading takes as long as reading them all: by whatever inserts or deletes them. Earlier
   * versions had triggers for that.
   */
  public static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS hot_item(
            device TEXT NOT NULL, ts TEXT NOT NULL, event_id TEXT NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY(device, ts)) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS hot_count(
            device TEXT NOT NULL PRIMARY KEY, items INTEGER NOT NULL) WITHOUT ROWID\
          """,
          "DROP TRIGGER IF EXISTS hot_item_came",
          "DROP TRIGGER IF EXISTS hot_item_went");

  private static final String PUT =
      """
      INSERT INTO hot_item(device, ts, event_id, body) VALUES(?, ?, ?, ?)
        ON CONFLICT(device, ts) DO NOTHING\
      """;

  private static final String REPLACE =
      "UPDATE hot_item SET body = ? WHERE device = ? AND ts = ? AND event_id = ?";

  private static final String RANGE =
      "SELECT ts, event_id, body FROM hot_item"
          + " WHERE device = ? AND ts >= ? AND ts <= ? ORDER BY ts ";

  private static final String LAST =
      "SELECT ts, event_id, body FROM hot_item WHERE device = ? ORDER BY ts DESC LIMIT 1";

  private static final String BEFORE =
      "SELECT ts, event_id, body FROM hot_item"
          + " WHERE device = ? AND ts >= ? AND ts < ? ORDER BY ts LIMIT ?";

  /** A transaction of copied items has at most so many bytes of them. */
  private static final long MAX_COPIED_AT_ONCE = 256 * 1024;

  private final CloudDatabase database;

  /**
   * @param database opened with {@link #SCHEMA}
   */
  public SqliteHotStore(CloudDatabase database) {
    this.database = database;
  }

  @Override
  public List<Put> putAll(List<HotItem> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    List<byte[]> bodies = Json.bytesOfEach(items.stream().map(HotItem::body).toList());
    return database.writeNow(
        statements -> {
          List<Put> puts = new ArrayList<>(items.size());
          HotCounts counts = new HotCounts();
          for (int i = 0; i < items.size(); i++) {
            Put put = put(statements, items.get(i), bodies.get(i));
            if (put == Put.STORED) {
              counts.came(items.get(i).device());
            }
            puts.add(put);
          }
          counts.write(statements);
          return puts;
        },
        Urgency.EVENT);
  }

  private static Put put(CloudDatabase.Statements statements, HotItem item, byte[] body)
      throws SQLException {
    PreparedStatement put = statements.of(PUT);
    put.setString(1, item.device());
    put.setString(2, item.timestamp());
    put.setString(3, item.eventId());
    put.setBytes(4, body);
    if (put.executeUpdate() == 1) {
      return Put.STORED;
    }
    PreparedStatement replace = statements.of(REPLACE);
    replace.setBytes(1, body);
    replace.setString(2, item.device());
    replace.setString(3, item.timestamp());
    replace.setString(4, item.eventId());
    return replace.executeUpdate() == 1 ? Put.SAME : Put.OCCUPIED;
  }

  @Override
  public List<Copied> copyIn(String device, List<StoredItem> items) {
    List<Copied> copied = new ArrayList<>(items.size());
    for (int from = 0, to; from < items.size(); from = to) {
      to = sliceFrom(items, from);
      List<StoredItem> slice = items.subList(from, to);
      copied.addAll(
          database.writeNow(
              statements -> {
                HotCounts counts = new HotCounts();
                HotPlaces places = new HotPlaces(statements, device, counts, slice);
                List<Copied> made = HotCopy.into(device, slice, places.known(), places);
                places.flush();
                counts.write(statements);
                return made;
              },
              Urgency.BEHIND));
    }
    return copied;
  }

  /** Where a slice ends that is written at once: what waits behind it waits for no longer. */
  private static int sliceFrom(List<StoredItem> items, int from) {
    long bytes = 0;
    int to = from;
    while (to < items.size()
        && (to == from || bytes + items.get(to).json().length <= MAX_COPIED_AT_ONCE)) {
      bytes += items.get(to).json().length;
      to++;
    }
    return to;
  }

  @Override
  public Page range(String device, String start, String end, int limit, Order order) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
    String sql = RANGE + (order == Order.ASCENDING ? "ASC LIMIT ?" : "DESC LIMIT ?");
    List<Row> rows = new ArrayList<>();
    boolean more =
        database.read(
            statements -> {
              PreparedStatement range = statements.of(sql);
              range.setString(1, device);
              range.setString(2, start);
              range.setString(3, end);
              range.setLong(4, limit + 1L);
              return readPage(range, limit, rows);
            });
    return new Page(rows.stream().map(row -> row.item(device)).toList(), more);
  }

  /** Reads rows up to a page's limits, and whether there is one more. */
  private static boolean readPage(PreparedStatement range, int limit, List<Row> rows)
      throws SQLException {
    long bytes = 0;
    try (ResultSet result = range.executeQuery()) {
      while (result.next()) {
        if (rows.size() == limit) {
          return true;
        }
        Row row = Row.of(result);
        bytes += row.body.length;
        if (bytes > MAX_PAGE_BYTES && !rows.isEmpty()) {
          return true;
        }
        rows.add(row);
      }
      return false;
    }
  }

  /** Removes an item, if it is there; durable on return. The deployer's right, no function's. */
  public void remove(String device, String timestamp) {
    database.changeNow(
        statements -> {
          PreparedStatement remove =
              statements.of("DELETE FROM hot_item WHERE device = ? AND ts = ?");
          remove.setString(1, device);
          remove.setString(2, timestamp);
          HotCounts.went(statements, device, remove.executeUpdate());
        });
  }

  @Override
  public Optional<HotItem> last(String device) {
    Optional<Row> last =
        database.read(
            statements -> {
              PreparedStatement newest = statements.of(LAST);
              newest.setString(1, device);
              try (ResultSet result = newest.executeQuery()) {
                return result.next() ? Optional.of(Row.of(result)) : Optional.empty();
              }
            });
    return last.map(row -> row.item(device));
  }

  @Override
  public List<String> devicesBefore(String cutOff, String after, int limit) {
    return database.read(
        statements -> {
          PreparedStatement aged =
              statements.of(
                  "SELECT device FROM hot_count WHERE device > ? AND items > 0 AND EXISTS(SELECT 1"
                      + " FROM hot_item WHERE device = hot_count.device AND ts < ?)"
                      + " ORDER BY device LIMIT ?");
          aged.setString(1, after);
          aged.setString(2, cutOff);
          aged.setInt(3, limit);
          List<String> devices = new ArrayList<>();
          try (ResultSet result = aged.executeQuery()) {
            while (result.next()) {
              devices.add(result.getString(1));
            }
          }
          return devices;
        });
  }

  @Override
  public StoredPage itemsBefore(String device, String start, String before, int limit) {
    List<StoredItem> items = new ArrayList<>();
    boolean more = itemsBefore(device, start, before, limit, items::add);
    return new StoredPage(items, more);
  }

  @Override
  public boolean itemsBefore(
      String device, String start, String before, int limit, Consumer<StoredItem> taker) {
    return database.read(
        statements -> {
          PreparedStatement page = statements.of(BEFORE);
          page.setString(1, device);
          page.setString(2, start);
          page.setString(3, before);
          page.setLong(4, limit + 1L);
          int items = 0;
          long bytes = 0;
          try (ResultSet result = page.executeQuery()) {
            while (result.next()) {
              byte[] json = result.getBytes(3);
              bytes += json.length;
              if (items == limit || bytes > MAX_PAGE_BYTES && items > 0) {
                return true;
              }
              taker.accept(new StoredItem(new ItemPlace(text(result, 1), text(result, 2)), json));
              items++;
            }
            return false;
          }
        });
  }

  @Override
  public int delete(String device, List<ItemPlace> places) {
    if (places.isEmpty()) {
      return 0;
    }
    return database.writeNow(
        statements -> {
          int deleted = HotDeletion.of(statements, device, places);
          HotCounts.went(statements, device, deleted);
          return deleted;
        });
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(counts().values().stream().mapToLong(Long::longValue).sum());
  }

  /** How many items each device has, by device. */
  public Map<String, Long> counts() {
    return database.read(
        statements -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          PreparedStatement all =
              statements.of("SELECT device, items FROM hot_count WHERE items > 0 ORDER BY device");
          try (ResultSet result = all.executeQuery()) {
            while (result.next()) {
              counts.put(result.getString(1), result.getLong(2));
            }
          }
          return counts;
        });
  }

  /** How many items each device has on each day. It reads the keys of all items. */
  public List<DeviceDay> days() {
    return DeviceDay.read(database);
  }

  /** The driver reads bytes in half the time of a text. */
  private static String text(ResultSet result, int column) throws SQLException {
    return new String(result.getBytes(column), StandardCharsets.UTF_8);
  }

  private record Row(String timestamp, String eventId, byte[] body) {
    static Row of(ResultSet result) throws SQLException {
      return new Row(text(result, 1), text(result, 2), result.getBytes(3));
    }

    HotItem item(String device) {
      return new HotItem(device, timestamp, eventId, JsonObject.unread(body));
    }
  }
}
