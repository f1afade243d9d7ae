package io.twinloom.local.store;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** Databases with one table of numbers, in a folder of the test. */
abstract class CloudDatabaseFixture {
  static final List<String> SCHEMA =
      List.of("CREATE TABLE IF NOT EXISTS number(n INTEGER PRIMARY KEY, text BLOB)");

  @TempDir Path folder;

  CloudDatabase open(String name) {
    return CloudDatabase.open(folder.resolve(name), SCHEMA);
  }

  static CompletableFuture<Integer> put(CloudDatabase database, long n) {
    return put(database, n, 10);
  }

  static CompletableFuture<Integer> put(CloudDatabase database, long n, int bytes) {
    return database.write(statements -> insert(statements, n, bytes));
  }

  static int insert(CloudDatabase.Statements statements, long n, int bytes) throws SQLException {
    PreparedStatement insert = statements.of("INSERT INTO number(n, text) VALUES(?, ?)");
    insert.setLong(1, n);
    insert.setBytes(2, new byte[bytes]);
    return insert.executeUpdate();
  }

  static List<Long> numbers(CloudDatabase database) {
    return database.read(
        statements -> {
          List<Long> numbers = new ArrayList<>();
          try (ResultSet rows = statements.of("SELECT n FROM number ORDER BY n").executeQuery()) {
            while (rows.next()) {
              numbers.add(rows.getLong(1));
            }
          }
          return numbers;
        });
  }

  static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
