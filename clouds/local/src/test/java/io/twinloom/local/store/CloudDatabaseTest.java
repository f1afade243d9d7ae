package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.StoreException;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloudDatabaseTest {
  private static final List<String> SCHEMA =
      List.of("CREATE TABLE IF NOT EXISTS number(n INTEGER PRIMARY KEY, text BLOB)");

  @TempDir Path folder;

  private CloudDatabase open(String name) {
    return CloudDatabase.open(folder.resolve(name), SCHEMA);
  }

  private static CompletableFuture<Integer> put(CloudDatabase database, long n) {
    return put(database, n, 10);
  }

  private static CompletableFuture<Integer> put(CloudDatabase database, long n, int bytes) {
    return database.write(statements -> insert(statements, n, bytes));
  }

  private static int insert(CloudDatabase.Statements statements, long n, int bytes)
      throws SQLException {
    PreparedStatement insert = statements.of("INSERT INTO number(n, text) VALUES(?, ?)");
    insert.setLong(1, n);
    insert.setBytes(2, new byte[bytes]);
    return insert.executeUpdate();
  }

  private static List<Long> numbers(CloudDatabase database) {
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

  @Test
  void writesTakeEffectInTheOrderTheyWereHandedIn() {
    try (CloudDatabase database = open("order.db")) {
      List<CompletableFuture<Long>> seen = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        int n = i;
        seen.add(
            database.write(
                statements -> {
                  insert(statements, n, 1);
                  try (ResultSet rows =
                      statements.of("SELECT COUNT(*) FROM number").executeQuery()) {
                    return rows.next() ? rows.getLong(1) : -1;
                  }
                }));
      }
      assertThat(seen.stream().map(CompletableFuture::join))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 3_000).boxed().toList());
    }
  }

  @Test
  void oneBadWriteDoesNotFailItsNeighbours() {
    try (CloudDatabase database = open("bad.db")) {
      put(database, 50).join();
      CountDownLatch gathered = new CountDownLatch(1);
      var first = database.write(statements -> await(gathered));
      List<CompletableFuture<Integer>> all =
          IntStream.rangeClosed(1, 100).mapToObj(n -> put(database, n)).toList();
      gathered.countDown();
      first.join();

      for (int n = 1; n <= 100; n++) {
        CompletableFuture<Integer> one = all.get(n - 1);
        if (n == 50) {
          assertThatThrownBy(one::join).hasCauseInstanceOf(StoreException.class);
        } else {
          assertThat(one.join()).isEqualTo(1);
        }
      }
      assertThat(numbers(database)).hasSize(100);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aWriteOfSeveralStatementsIsThereWhollyOrNotAtAll() {
    try (CloudDatabase database = open("whole.db")) {
      put(database, 2).join();
      CompletableFuture<Integer> both =
          database.write(statements -> insert(statements, 1, 1) + insert(statements, 2, 1));
      assertThatThrownBy(both::join).hasCauseInstanceOf(StoreException.class);
      assertThat(numbers(database)).containsExactly(2L);
    }
  }

  @Test
  void aWriteThatBreaksInAnyWayFailsAloneAndTheNextOneIsWritten() {
    try (CloudDatabase database = open("error.db")) {
      CompletableFuture<Integer> broken =
          database.write(
              statements -> {
                insert(statements, 1, 1);
                throw new StackOverflowError("made for this test");
              });
      CompletableFuture<Integer> next = put(database, 2);
      assertThatThrownBy(broken::join)
          .cause()
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("made for this test");
      assertThat(next.join()).isEqualTo(1);
      assertThat(numbers(database)).containsExactly(2L);
    }
  }

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
      assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
      database.close(Duration.ofMillis(50));
      closed.countDown();
      assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(1);
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
          handedIn.get(n).get(5, TimeUnit.SECONDS);
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

  @Test
  void everythingAcknowledgedIsInTheFilesAsACrashWouldLeaveThem() throws Exception {
    Set<Long> acknowledged = new ConcurrentSkipListSet<>();
    try (CloudDatabase database = open("live.db");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        int first = caller * 100;
        all.add(
            callers.submit(
                () -> {
                  for (long n = first; n < first + 60; n++) {
                    put(database, n).join();
                    acknowledged.add(n);
                  }
                }));
      }
      for (int crash = 0; crash < 10; crash++) {
        Set<Long> before = Set.copyOf(acknowledged);
        // Below a checkpoint only the log grows: copying it gives what a crash leaves.
        Path copy = copy("live.db", "crash" + crash + ".db");
        try (CloudDatabase survivor = CloudDatabase.open(copy, SCHEMA)) {
          assertThat(numbers(survivor)).containsAll(before);
        }
      }
      for (Future<?> one : all) {
        one.get(20, TimeUnit.SECONDS);
      }
      assertThat(acknowledged).hasSize(480);
    }
  }

  private Path copy(String from, String to) throws IOException {
    Files.copy(folder.resolve(from), folder.resolve(to));
    Files.copy(folder.resolve(from + "-wal"), folder.resolve(to + "-wal"));
    return folder.resolve(to);
  }

  @Test
  void aFullDiskFailsWhatDoesNotFitAndKeepsTheRest() {
    try (CloudDatabase database = open("full.db")) {
      put(database, 1).join();
      limitPages(database, 20);
      CompletableFuture<Integer> large = put(database, 2, 200_000);
      CompletableFuture<Integer> small = put(database, 3);

      assertThatThrownBy(large::join)
          .cause()
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("full")
          .extracting(e -> ((StoreException) e).retryable())
          .isEqualTo(true);
      assertThat(small.join()).isEqualTo(1);
      assertThat(numbers(database)).containsExactly(1L, 3L);

      CompletableFuture<Integer> half =
          database.write(statements -> insert(statements, 4, 1) + insert(statements, 1, 1));
      assertThatThrownBy(half::join).hasCauseInstanceOf(StoreException.class);
      assertThat(numbers(database)).containsExactly(1L, 3L);

      limitPages(database, 1_000_000);
      assertThat(put(database, 2, 200_000).join()).isEqualTo(1);
      assertThat(numbers(database)).containsExactly(1L, 2L, 3L);
    }
  }

  private static void limitPages(CloudDatabase database, int pages) {
    database
        .write(
            statements -> {
              try (ResultSet rows =
                  statements.of("PRAGMA max_page_count=" + pages).executeQuery()) {
                return rows.next();
              }
            })
        .join();
  }

  @Test
  void moreReadsThanConnectionsAllGetTheirTurn() throws Exception {
    try (CloudDatabase database = open("reads.db");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      put(database, 7).join();
      List<Future<List<Long>>> reads = new ArrayList<>();
      for (int i = 0; i < 10 * CloudDatabase.READERS; i++) {
        reads.add(callers.submit(() -> numbers(database)));
      }
      for (Future<List<Long>> read : reads) {
        assertThat(read.get(10, TimeUnit.SECONDS)).containsExactly(7L);
      }
    }
  }

  @Test
  void aReadAfterAnAcknowledgedWriteSeesIt() {
    try (CloudDatabase database = open("fresh.db")) {
      for (long n = 1; n <= 50; n++) {
        put(database, n).join();
        assertThat(numbers(database)).hasSize((int) n);
      }
    }
  }

  @Test
  void theFilesAreTheOwnersAlone() throws IOException {
    try (CloudDatabase database = open("mine.db")) {
      put(database, 1).join();
      for (String file : List.of("mine.db", "mine.db-wal", "mine.db-shm")) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
            .as(file)
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  @DisplayName("a store's file is damaged")
  void aDamagedFileIsReportedWithItsPath() throws IOException {
    Path file = folder.resolve("damaged.db");
    Files.write(
        file,
        "this is no database, however long it is".repeat(500).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> CloudDatabase.open(file, SCHEMA))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.where()).isEqualTo(file.toString());
              assertThat(e.fix())
                  .contains("restore it from a backup")
                  .doesNotContain("tried again");
            });
  }

  /** What may happen to the files of a database that is in use. */
  enum Taken {
    DELETED {
      @Override
      void from(Path file) throws IOException {
        Files.delete(file);
      }
    },
    EMPTIED {
      @Override
      void from(Path file) throws IOException {
        Files.write(file, new byte[0]);
      }
    },
    REPLACED {
      @Override
      void from(Path file) throws IOException {
        Path other = Files.copy(file, file.resolveSibling("copy"));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      }
    },
    WITHOUT_ITS_WAL {
      @Override
      void from(Path file) throws IOException {
        Files.delete(file.resolveSibling(file.getFileName() + "-wal"));
      }
    };

    abstract void from(Path file) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Taken.class)
  @DisplayName("the data folder of a running twin is deleted")
  void nothingIsAcknowledgedAfterTheFileWasTakenAway(Taken taken) throws Exception {
    List<String> told = new ArrayList<>();
    try (CloudDatabase database = open("taken.db")) {
      database.onLoss(told::add);
      put(database, 1).join();
      assertThat(database.loss()).isEmpty();
      taken.from(folder.resolve("taken.db"));

      assertThatThrownBy(put(database, 2)::join).hasCauseInstanceOf(StoreException.class);
      assertThatThrownBy(put(database, 3)::join).hasCauseInstanceOf(StoreException.class);
      assertThatThrownBy(() -> numbers(database)).hasMessageContaining("The store is lost");
      assertThat(told).hasSize(1).first().asString().contains("while it was in use");
    }
  }

  @Test
  void aFileThatIsTakenAwayIsNoticedWithoutAWrite() throws Exception {
    List<String> told = new ArrayList<>();
    try (CloudDatabase database = open("idle.db")) {
      database.onLoss(told::add);
      Files.delete(folder.resolve("idle.db"));
      assertThat(database.loss()).hasValueSatisfying(l -> assertThat(l).contains("deleted"));
      assertThat(told).hasSize(1);
    }
  }
}
