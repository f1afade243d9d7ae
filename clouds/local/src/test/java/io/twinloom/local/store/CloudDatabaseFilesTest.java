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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database's files: over a crash, on a full disk, damaged or taken away. */
class CloudDatabaseFilesTest extends CloudDatabaseFixture {
  @Test
  void aFileOfANewerProgramIsLeftAsItIs() throws Exception {
    open("new.db").close();
    Path file = folder.resolve("new.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version=" + (StoreFormat.CURRENT + 1));
    }
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(
            () -> CloudDatabase.open(file, List.of("CREATE TABLE IF NOT EXISTS other(n INTEGER)")))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-STORE-NEWER"));
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
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
        one.get(60, TimeUnit.SECONDS);
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
      assertThatThrownBy(() -> database.writeNow(statements -> insert(statements, 2, 200_000)))
          .as("also for one that waits for it")
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.isUnavailable()).isTrue());
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
    List<String> losses = new ArrayList<>();
    try (CloudDatabase database = open("taken.db")) {
      database.onLoss(losses::add);
      put(database, 1).join();
      assertThat(database.loss()).isEmpty();
      taken.from(folder.resolve("taken.db"));

      assertThatThrownBy(put(database, 2)::join).hasCauseInstanceOf(StoreException.class);
      assertThatThrownBy(put(database, 3)::join).hasCauseInstanceOf(StoreException.class);
      assertThatThrownBy(() -> numbers(database)).hasMessageContaining("The store is lost");
      assertThat(losses).hasSize(1).first().asString().contains("while it was in use");
    }
  }

  @Test
  void aFileThatIsTakenAwayIsNoticedWithoutAWrite() throws Exception {
    List<String> losses = new ArrayList<>();
    try (CloudDatabase database = open("idle.db")) {
      database.onLoss(losses::add);
      Files.delete(folder.resolve("idle.db"));
      assertThat(database.loss()).hasValueSatisfying(l -> assertThat(l).contains("deleted"));
      assertThat(losses).hasSize(1);
    }
  }
}
