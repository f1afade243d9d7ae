package io.twinloom.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.CloudDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue's promises: nothing is lost, nothing waits for ever, nothing grows without bound. */
class InvocationQueueTest {

  private static final RetrySchedule SOON =
      new RetrySchedule(List.of(Duration.ofMillis(20), Duration.ofMillis(40)));

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<DeadLetter> dead = new ConcurrentLinkedQueue<>();
  private final List<InvocationQueue> queues = new ArrayList<>();
  private final List<CloudDatabase> databases = new ArrayList<>();
  private ScheduledExecutorService timer;

  @BeforeEach
  void makeTimer() {
    timer = Executors.newSingleThreadScheduledExecutor();
  }

  @AfterEach
  void close() {
    queues.forEach(InvocationQueue::close);
    databases.forEach(CloudDatabase::close);
    timer.shutdownNow();
  }

  private CloudDatabase database(Path file) {
    CloudDatabase database = CloudDatabase.open(file, InvocationQueue.schema());
    databases.add(database);
    return database;
  }

  private InvocationQueue queue(
      CloudDatabase database, QueueLimits limits, InvocationQueue.Runner runner) {
    InvocationQueue queue =
        new InvocationQueue(
            database,
            runner,
            SOON,
            limits,
            dead::add,
            InvocationLog.SILENT,
            InstantSource.system(),
            timer);
    queues.add(queue);
    queue.start();
    return queue;
  }

  private InvocationQueue queue(InvocationQueue.Runner runner) {
    return queue(database(folder.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
  }

  private static byte[] event(Object value) {
    return Json.bytes(JsonObject.builder().put("value", value.toString()).build());
  }

  private static String value(byte[] event) {
    return Json.parseObject(event).text("value").orElseThrow();
  }

  @Test
  void everyAcceptedEventRuns() {
    Set<String> ran = ConcurrentHashMap.newKeySet();
    InvocationQueue queue = queue((function, event, scope) -> ran.add(value(event)));
    List<CompletableFuture<Void>> accepted = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      int n = i;
      accepted.add(queue.accept("f", number -> event(n)));
    }
    accepted.forEach(CompletableFuture::join);
    await().until(() -> ran.size() == 5_000 && queue.backlog() == 0);
  }

  @Test
  void anEventThatIsHandedOnRunsAfterTheOneThatHandedItOn() {
    List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
    InvocationQueue queue =
        queue(
            (function, event, scope) -> {
              order.add(function);
              if (function.equals("first")) {
                scope.invokeLater("second", event);
                scope.invokeLater("third", event);
              }
            });
    queue.accept("first", number -> event(1)).join();
    await().until(() -> order.size() == 3 && queue.backlog() == 0);
    assertThat(order.get(0)).isEqualTo("first");
    assertThat(order).containsExactlyInAnyOrder("first", "second", "third");
  }

  @Test
  void aFailingEventIsTriedThreeTimesAndThenIsADeadLetterWithItsCause() {
    AtomicInteger attempts = new AtomicInteger();
    InvocationQueue queue =
        queue(
            (function, event, scope) -> {
              attempts.incrementAndGet();
              throw new IllegalStateException("no luck");
            });
    queue.accept("f", number -> event("x")).join();
    await().until(() -> dead.size() == 1 && queue.backlog() == 0);
    DeadLetter letter = dead.peek();
    assertThat(attempts).hasValue(3);
    assertThat(letter.attempts()).isEqualTo(3);
    assertThat(letter.function()).isEqualTo("f");
    assertThat(letter.error()).contains("no luck");
    assertThat(((JsonObject) letter.event()).text("value")).contains("x");
  }

  @Test
  void anEventThatWasHandedOnFailsAloneAndItsCauseIsNotRunAgain() {
    AtomicInteger causes = new AtomicInteger();
    AtomicInteger attempts = new AtomicInteger();
    InvocationQueue queue =
        queue(
            (function, event, scope) -> {
              if (function.equals("cause")) {
                causes.incrementAndGet();
                scope.invokeLater("effect", event);
              } else if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
            });
    queue.accept("cause", number -> event(1)).join();
    await().until(() -> attempts.get() == 3 && queue.backlog() == 0);
    assertThat(causes).hasValue(1);
    assertThat(dead).isEmpty();
  }

  @Test
  void anEventThatFindsNoCapacityIsPutOffAndNotCountedAsFailed() {
    AtomicInteger tries = new AtomicInteger();
    InvocationQueue queue =
        queue(
            (function, event, scope) -> {
              if (tries.incrementAndGet() == 1) {
                throw InvocationException.unavailable("busy", "f", "wait");
              }
              if (tries.get() < 4) {
                throw new IllegalStateException("failed");
              }
            });
    queue.accept("f", number -> event(1)).join();
    await().until(() -> tries.get() == 4 && queue.backlog() == 0);
    assertThat(dead).isEmpty();
  }

  @Test
  void whatIsOnDiskWhenTheProcessDiesRunsAfterwards() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Path file = folder.resolve("cloud.db");
    InvocationQueue first =
        queue(
            database(file),
            QueueLimits.DEFAULT,
            (function, event, scope) -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    for (int i = 0; i < 1_500; i++) {
      int n = i;
      first.accept("f", number -> event(n)).join();
    }
    Path copy = Files.createDirectory(folder.resolve("copy"));
    for (String name : List.of("cloud.db", "cloud.db-wal")) {
      Files.copy(folder.resolve(name), copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Set<String> ran = ConcurrentHashMap.newKeySet();
    InvocationQueue second =
        queue(
            database(copy.resolve("cloud.db")),
            QueueLimits.DEFAULT,
            (function, event, scope) -> ran.add(value(event)));
    await().until(() -> ran.size() == 1_500 && second.backlog() == 0);
    never.countDown();
  }

  /** The queue's database as a crash leaves it at this moment. */
  private Path crashed(Path from, String to) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(to));
    for (String name : List.of("cloud.db", "cloud.db-wal")) {
      Files.copy(from.resolve(name), copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  @Test
  @DisplayName("an event brings the process down at every start")
  void anEventThatEndsEveryRunIsADeadLetterAndTheOthersAreDone() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Set<String> running = ConcurrentHashMap.newKeySet();
    Set<String> done = ConcurrentHashMap.newKeySet();
    // Each run is cut off while the guilty event runs; in the first two the others run as well.
    AtomicInteger run = new AtomicInteger(1);
    InvocationQueue.Runner runner =
        (function, event, scope) -> {
          running.add(run + " " + value(event));
          if (value(event).equals("guilty") || run.get() <= 3) {
            hang(never);
          }
          done.add(value(event));
        };
    InvocationQueue first =
        queue(database(folder.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
    for (String value : List.of("a", "guilty", "b")) {
      first.accept("f", number -> event(value)).join();
    }
    await().until(() -> running.size() == 3);
    Path data = folder;
    for (int i = 2; i <= 4; i++) {
      data = crashed(data, "run-" + i);
      run.set(i);
      int begun = running.size();
      queue(database(data.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
      String last = i < 4 ? i + " b" : i + " guilty";
      await().until(() -> running.size() > begun && running.contains(last));
    }
    // The last attempt was made alone, in order: "a" was done before, "b" waits behind it.
    assertThat(done).containsExactly("a");
    data = crashed(data, "run-5");
    run.set(5);
    InvocationQueue last = queue(database(data.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
    await().until(() -> last.backlog() == 0);

    assertThat(done).containsExactlyInAnyOrder("a", "b");
    assertThat(dead).hasSize(1);
    assertThat(dead.peek().attempts()).isEqualTo(3);
    assertThat(dead.peek().error()).contains("The twin ended in each of 3 attempts");
    assertThat(((JsonObject) dead.peek().event()).text("value")).contains("guilty");
    never.countDown();
  }

  private static void hang(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothingRunsBeforeTheStart() {
    CloudDatabase database = database(folder.resolve("cloud.db"));
    Set<String> ran = ConcurrentHashMap.newKeySet();
    InvocationQueue queue =
        new InvocationQueue(
            database,
            (function, event, scope) -> ran.add(value(event)),
            SOON,
            QueueLimits.DEFAULT,
            dead::add,
            InvocationLog.SILENT,
            InstantSource.system(),
            timer);
    queues.add(queue);
    queue.accept("f", number -> event(1)).join();
    await().during(Duration.ofMillis(400)).until(ran::isEmpty);
    queue.start();
    await().until(() -> ran.size() == 1 && queue.backlog() == 0);
  }

  @Test
  void acceptanceNumbersAreNeverUsedTwiceNotEvenOverARestart() {
    Path file = folder.resolve("cloud.db");
    Set<Long> numbers = new HashSet<>();
    for (int run = 0; run < 3; run++) {
      CloudDatabase database = CloudDatabase.open(file, InvocationQueue.schema());
      InvocationQueue queue =
          new InvocationQueue(
              database,
              (f, e, scope) -> {},
              SOON,
              QueueLimits.DEFAULT,
              dead::add,
              InvocationLog.SILENT,
              InstantSource.system(),
              timer);
      queue.start();
      List<CompletableFuture<Void>> accepted = new ArrayList<>();
      Set<Long> these = ConcurrentHashMap.newKeySet();
      for (int i = 0; i < 100; i++) {
        accepted.add(
            queue.accept(
                "f",
                number -> {
                  these.add(number);
                  return event(number);
                }));
      }
      accepted.forEach(CompletableFuture::join);
      assertThat(these).hasSize(100);
      assertThat(numbers).doesNotContainAnyElementsOf(these);
      numbers.addAll(these);
      queue.close();
      database.close();
    }
  }

  @Test
  void moreThanFitsIntoMemoryWaitsOnDiskAndRunsInTheEnd() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Set<String> ran = ConcurrentHashMap.newKeySet();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    InvocationQueue queue =
        queue(
            database(folder.resolve("cloud.db")),
            new QueueLimits(8, 1_000_000, 20, 1_000_000, 100_000),
            (function, event, scope) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              } finally {
                now.decrementAndGet();
              }
              ran.add(value(event));
            });
    List<CompletableFuture<Void>> accepted = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      int n = i;
      accepted.add(queue.accept("f", number -> event(n)));
    }
    accepted.forEach(CompletableFuture::join);
    go.countDown();
    await().until(() -> ran.size() == 3_000 && queue.backlog() == 0);
    assertThat(most.get()).isLessThanOrEqualTo(8);
  }

  @Test
  void aFullQueueLetsDevicesWaitAndRefusesSenders() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    InvocationQueue queue =
        queue(
            database(folder.resolve("cloud.db")),
            new QueueLimits(2, 1_000_000, 2, 1_000_000, 10),
            (function, event, scope) -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    for (int i = 0; i < 10; i++) {
      queue.accept("f", number -> event(1)).join();
    }
    CompletableFuture<Void> waiting = queue.accept("f", number -> event(2));
    assertThatThrownBy(() -> queue.invokeLater("f", event(3)))
        .isInstanceOf(InvocationException.class)
        .hasMessageContaining("10 events");
    assertThat(waiting).isNotDone();
    go.countDown();
    waiting.get(10, TimeUnit.SECONDS);
    await().until(() -> queue.backlog() == 0);
  }

  @Test
  void anEventThatIsTriedAgainIsCountedAndRunOnceForEachAttempt() {
    Map<String, Integer> runs = new ConcurrentHashMap<>();
    InvocationQueue queue =
        queue(
            (function, event, scope) -> {
              if (runs.merge(value(event), 1, Integer::sum) == 1) {
                throw new IllegalStateException("the first time");
              }
            });
    for (int i = 0; i < 2_000; i++) {
      int n = i;
      queue.accept("f", number -> event(n));
    }
    await().until(() -> queue.backlog() == 0 && runs.values().stream().allMatch(n -> n >= 2));
    assertThat(runs).hasSize(2_000).allSatisfy((event, count) -> assertThat(count).isEqualTo(2));
    assertThat(queue.backlog()).isZero();
  }

  @Test
  void aDeadLetterThatCannotBeKeptStaysInTheQueueUntilItCan() {
    AtomicBoolean broken = new AtomicBoolean(true);
    AtomicLong refused = new AtomicLong();
    InvocationQueue queue =
        new InvocationQueue(
            database(folder.resolve("cloud.db")),
            (function, event, scope) -> {
              throw new IllegalStateException("always");
            },
            SOON,
            QueueLimits.DEFAULT,
            letter -> {
              if (broken.get()) {
                refused.incrementAndGet();
                throw new StoreException("full", "", new IllegalStateException());
              }
              dead.add(letter);
            },
            InvocationLog.SILENT,
            InstantSource.system(),
            timer);
    queues.add(queue);
    queue.start();
    queue.accept("f", number -> event(1)).join();
    await().until(() -> refused.get() >= 2);
    assertThat(queue.backlog()).isEqualTo(1);
    broken.set(false);
    await().until(() -> dead.size() == 1 && queue.backlog() == 0);
  }
}
