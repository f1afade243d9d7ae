package io.twinloom.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.JsonObject;
import io.twinloom.local.store.CloudDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is queued when a process dies runs in the next one, under its own number. */
class QueueRestartTest extends QueueFixture {
  @Test
  void whatIsOnDiskWhenTheProcessDiesRunsAfterwards() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Path file = folder.resolve("cloud.db");
    InvocationQueue first =
        queue(database(file), QueueLimits.DEFAULT, (function, event, scope) -> hang(never));
    for (int i = 0; i < 1_500; i++) {
      int n = i;
      first.accept("f", number -> event(n)).join();
    }
    Path copy = crashed(folder, "copy");
    Set<String> ran = ConcurrentHashMap.newKeySet();
    InvocationQueue second =
        queue(
            database(copy.resolve("cloud.db")),
            QueueLimits.DEFAULT,
            (function, event, scope) -> ran.add(value(event)));
    await().until(() -> ran.size() == 1_500 && second.backlog() == 0);
    never.countDown();
  }

  @Test
  @DisplayName("an event brings the process down at every start")
  void anEventThatEndsEveryRunIsADeadLetterAndTheOthersAreDone() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Set<String> running = ConcurrentHashMap.newKeySet();
    Set<String> done = ConcurrentHashMap.newKeySet();
    // Each run is cut short while the guilty event runs; in the first two the others run as well.
    AtomicInteger run = new AtomicInteger(1);
    Work runner =
        (function, event, scope) -> {
          running.add(run + " " + value(event));
          if (value(event).equals("guilty") || run.get() <= 2) {
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
    for (int i = 2; i <= 5; i++) {
      data = crashed(data, "run-" + i);
      run.set(i);
      queue(database(data.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
      String last = i == 2 ? i + " b" : i + " guilty";
      await().until(() -> running.contains(last));
      if (i == 3) {
        assertThat(done).as("in order, one suspect at a time").containsExactly("a");
        assertThat(running).doesNotContain("3 b");
      }
      if (i > 3) {
        assertThat(done).as("before one that was there twice").containsOnly("a", "b");
      }
    }
    data = crashed(data, "run-6");
    run.set(6);
    InvocationQueue last = queue(database(data.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
    await().until(() -> last.backlog() == 0);

    assertThat(done).containsExactlyInAnyOrder("a", "b");
    assertThat(dead).hasSize(1);
    assertThat(dead.peek().attempts()).isEqualTo(3);
    assertThat(dead.peek().error()).contains("The twin ended in each of 3 attempts");
    assertThat(((JsonObject) dead.peek().event()).text("value")).contains("guilty");
    never.countDown();
  }

  @Test
  @DisplayName("the process is killed again and again while three slow events are under way")
  void eventsThatWereMerelyUnderWayWhenTheProcessWasKilledAreNoDeadLetters() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    Set<String> done = ConcurrentHashMap.newKeySet();
    AtomicInteger kills = new AtomicInteger();
    Work runner =
        (function, event, scope) -> {
          begun.incrementAndGet();
          if (kills.get() < 6) {
            hang(never);
          }
          done.add(value(event));
        };
    Path data = folder;
    InvocationQueue first = queue(database(data.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
    for (String value : List.of("a", "b", "c")) {
      first.accept("f", number -> event(value)).join();
    }
    await().until(() -> begun.get() == 3);
    InvocationQueue queue = first;
    while (kills.incrementAndGet() <= 6) {
      data = crashed(data, "run-" + kills);
      int before = begun.get();
      queue = queue(database(data.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
      int together = kills.get() == 1 ? 3 : 1;
      await().until(() -> begun.get() >= before + together);
    }
    InvocationQueue last = queue;
    await().until(() -> done.size() == 3 && last.backlog() == 0);
    assertThat(dead).isEmpty();
    never.countDown();
  }

  @Test
  void whatWasUnderWayWhenTheProcessEndedInOrderIsNoSuspect() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Set<String> running = ConcurrentHashMap.newKeySet();
    AtomicInteger run = new AtomicInteger(1);
    Work runner =
        (function, event, scope) -> {
          running.add(run + value(event));
          hang(never);
        };
    Path data = folder;
    InvocationQueue queue = queue(database(data.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
    for (String value : List.of("a", "b", "c")) {
      queue.accept("f", number -> event(value)).join();
    }
    while (run.incrementAndGet() <= 4) {
      assertThat(queue.drain(Duration.ZERO)).isFalse();
      data = crashed(data, "run-" + run);
      queue = queue(database(data.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
      await().until(() -> running.containsAll(List.of(run + "a", run + "b", run + "c")));
    }
    never.countDown();
  }

  @Test
  void acceptanceNumbersAreNeverUsedTwiceNotEvenOverARestart() {
    Path file = folder.resolve("cloud.db");
    Set<Long> numbers = new HashSet<>();
    for (int run = 0; run < 3; run++) {
      CloudDatabase database = database(file);
      InvocationQueue queue =
          unstarted(database, QueueLimits.DEFAULT, dead::add, (f, e, scope) -> {});
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

  /** The queue's database as a crash leaves it at this moment. */
  private Path crashed(Path from, String to) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(to));
    for (String name : List.of("cloud.db", "cloud.db-wal")) {
      Files.copy(from.resolve(name), copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }
}
