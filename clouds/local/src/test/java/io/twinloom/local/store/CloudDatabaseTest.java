package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.StoreException;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Writes take effect in their order, each wholly or not at all, and are seen by the reads after
 * them.
 */
class CloudDatabaseTest extends CloudDatabaseFixture {
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
  void moreReadsThanConnectionsAllGetTheirTurn() throws Exception {
    try (CloudDatabase database = open("reads.db");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      put(database, 7).join();
      List<Future<List<Long>>> reads = new ArrayList<>();
      for (int i = 0; i < 10 * CloudDatabase.READERS; i++) {
        reads.add(callers.submit(() -> numbers(database)));
      }
      for (Future<List<Long>> read : reads) {
        assertThat(read.get(60, TimeUnit.SECONDS)).containsExactly(7L);
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
  void whatCanWaitGoesBehindTheOthersAndAloneIntoACommit() {
    try (CloudDatabase database = open("behind.db")) {
      CountDownLatch gathered = new CountDownLatch(1);
      CountDownLatch running = new CountDownLatch(1);
      var first =
          database.write(
              statements -> {
                running.countDown();
                return await(gathered);
              });
      await(running);
      CompletableFuture<Boolean> longOne =
          database.write(statements -> insert(statements, 1, 1) == 1, Urgency.BEHIND);
      CompletableFuture<Boolean> secondLongOne =
          database.write(statements -> longOne.isDone(), Urgency.BEHIND);
      CompletableFuture<Integer> event =
          database.write(
              statements -> {
                try (ResultSet rows = statements.of("SELECT n FROM number").executeQuery()) {
                  return rows.next() ? 1 : 0;
                }
              },
              Urgency.EVENT);
      gathered.countDown();
      first.join();
      assertThat(event.join()).as("rows that were there before it").isZero();
      assertThat(secondLongOne.join()).as("the first was committed before it").isTrue();
    }
  }

  @Test
  void whatEventsWaitForIsTimedAndNothingElseIs() {
    List<Long> waits = new CopyOnWriteArrayList<>();
    try (CloudDatabase database = open("waits.db")) {
      database.onWait(waits::add);
      put(database, 1).join();
      database.write(statements -> insert(statements, 2, 1), Urgency.BEHIND).join();
      database.write(statements -> insert(statements, 3, 1), Urgency.EVENT).join();
    }
    assertThat(waits).singleElement().satisfies(wait -> assertThat(wait).isPositive());
  }
}
