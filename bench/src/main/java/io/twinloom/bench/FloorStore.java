package io.twinloom.bench;

import io.twinloom.local.store.CloudDatabase;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** The store of one cloud of a floor: rows without a meaning, by a number, and items. */
final class FloorStore {

  static final List<String> TABLES =
      List.of(
          "CREATE TABLE IF NOT EXISTS kept(key INTEGER PRIMARY KEY, value BLOB)",
          "CREATE TABLE IF NOT EXISTS item(device TEXT NOT NULL, ts TEXT NOT NULL, event_id TEXT,"
              + " body BLOB, PRIMARY KEY(device, ts)) WITHOUT ROWID");

  private final CloudDatabase database;
  private final AtomicLong keys = new AtomicLong();
  private final AtomicLong stored;

  /**
   * @param stored how many events went all the way
   */
  FloorStore(CloudDatabase database, AtomicLong stored) {
    this.database = database;
    this.stored = stored;
  }

  /** Keeps each of these in a row of its own, all in one write. */
  CompletableFuture<Void> keep(List<byte[]> rows) {
    long first = keys.getAndAdd(rows.size());
    return database.change(
        statements -> {
          PreparedStatement put = statements.of("INSERT INTO kept(key, value) VALUES(?,?)");
          for (int i = 0; i < rows.size(); i++) {
            put.setLong(1, first + i);
            put.setBytes(2, rows.get(i));
            put.executeUpdate();
          }
        });
  }

  /** Keeps items by device and time, all in one write. */
  CompletableFuture<Void> items(List<ContractEvents.Item> items) {
    return database.change(
        statements -> {
          PreparedStatement put =
              statements.of(
                  "INSERT INTO item(device, ts, event_id, body) VALUES(?, ?, ?, ?)"
                      + " ON CONFLICT(device, ts) DO NOTHING");
          for (ContractEvents.Item item : items) {
            put.setString(1, item.device());
            put.setString(2, item.timestamp());
            put.setString(3, item.eventId());
            put.setBytes(4, item.body());
            put.executeUpdate();
          }
        });
  }

  void count(int events) {
    stored.addAndGet(events);
  }
}
