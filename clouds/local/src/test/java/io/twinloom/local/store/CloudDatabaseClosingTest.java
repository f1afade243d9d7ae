package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.StoreException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a database is given before it closes is done, and what comes afterwards is refused. */
class CloudDatabaseClosingTest extends CloudDatabaseFixture {
  @Test
  void whatWaitsWhenItIsClosedIsWritten() {
    Path file = folder.resolve("close.db");
    List<CompletableFuture<Integer>> all;
    try (CloudDatabase database = CloudDatabase.open(file, SCHEMA)) {
      all = IntStream.range(0, 500).mapToObj(n -> put(database, n)).toList();
    }
    assertThat(all).allMatch(one -> one.isDone() && !one.isCompletedExceptionally());
    try (CloudDatabase again = CloudDatabase.open(file, SCHEMA)) {
      assertThat(numbers(again)).hasSize(500);
    }
  }

  @Test
  void whatCanWaitIsWrittenWhenItIsClosed() {
    List<CompletableFuture<Integer>> all;
    try (CloudDatabase database = open("behind.db")) {
      all =
          IntStream.range(0, 100)
              .mapToObj(n -> database.write(s -> insert(s, n, 10), Urgency.BEHIND))
              .toList();
    }
    assertThat(all).allMatch(one -> one.isDone() && !one.isCompletedExceptionally());
  }

  @Test
  void aReadThatOutlivesTheClosingComesToItsEnd() throws Exception {
    CloudDatabase database = open("reading.db");
    put(database, 1).join();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Long> read =
          threads.submit(
              () ->
                  database.read(
                      statements -> {
                        reading.countDown();
                        assertThat(await(closed)).isTrue();
                        return count(statements);
                      }));
      assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
      database.close(Duration.ofMillis(50));
      closed.countDown();
      assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  private static long count(CloudDatabase.Statements statements) throws SQLException {
    try (ResultSet rows = statements.of("SELECT count(*) FROM number").executeQuery()) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  @Test
  void whatIsHandedInAfterwardsIsRefused() {
    CloudDatabase database = open("closed.db");
    database.close();
    assertThatThrownBy(() -> put(database, 1).join())
        .cause()
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> numbers(database))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void whatIsHandedInWhileItClosesIsEitherWrittenOrRefused() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path file = folder.resolve("race" + round + ".db");
      CloudDatabase database = CloudDatabase.open(file, SCHEMA);
      List<CompletableFuture<Integer>> handedIn = new ArrayList<>();
      CountDownLatch started = new CountDownLatch(50);
      Thread caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < 300; n++) {
                      handedIn.add(put(database, n));
                      started.countDown();
                    }
                  });
      await(started);
      database.close();
      caller.join();

      List<Long> acknowledged = new ArrayList<>();
      for (int n = 0; n < handedIn.size(); n++) {
        try {
          handedIn.get(n).get(60, TimeUnit.SECONDS);
          acknowledged.add((long) n);
        } catch (ExecutionException refused) {
          assertThat(refused).hasCauseInstanceOf(StoreException.class);
        }
      }
      try (CloudDatabase again = CloudDatabase.open(file, SCHEMA)) {
        assertThat(numbers(again)).isEqualTo(acknowledged);
      }
    }
  }
}
