package io.twinloom.bench;

import io.twinloom.local.store.CloudDatabase;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** The store of one cloud of a floor: rows without a meaning, by a number. */
final class FloorStore {

  static final String TABLE =
      "CREATE TABLE IF NOT EXISTS kept(key INTEGER PRIMARY KEY, value BLOB)";

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

  void count(int events) {
    stored.addAndGet(events);
  }
}
