package io.twinloom.local.invoke;

import static io.twinloom.local.invoke.BatchRunner.failed;
import static io.twinloom.local.invoke.BatchRunner.handing;
import static io.twinloom.local.invoke.BatchRunner.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.CloudDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What waits together runs together, and each event has an end of its own. */
class QueueBatchesTest extends BatchFixture {

  @Test
  void whatWaitsWhileARunIsUnderWayIsGivenToTheNextOneTogether() {
    CountDownLatch go = new CountDownLatch(1);
    BatchRunner runner =
        new BatchRunner(
            ONE_RUN,
            (function, value) -> {
              if (value.equals("first")) {
                hang(go);
              }
              return did(value);
            });
    InvocationQueue queue = queue(runner);
    queue.accept("f", number -> json("first")).join();
    await().until(() -> runner.runs.size() == 1);
    acceptEach(queue, 250);
    go.countDown();
    await().until(() -> done.size() == 251 && queue.backlog() == 0);
    assertThat(runner.runs.stream().map(run -> run.values().size()).limit(3))
        .containsExactly(1, 100, 100);
    assertThat(runner.runs)
        .as("the last event may arrive while the rest is given")
        .hasSizeBetween(4, 5);
    assertThat(runner.runs.stream().skip(1).flatMap(run -> run.values().stream()))
        .as("in order")
        .containsExactlyElementsOf(IntStream.range(0, 250).mapToObj(Integer::toString).toList());
  }

  @Test
  void aRunIsGivenAtMostOneMebibyte() {
    CountDownLatch go = new CountDownLatch(1);
    String large = "x".repeat(300_000);
    BatchRunner runner =
        new BatchRunner(
            ONE_RUN,
            (function, value) -> {
              hang(go);
              return Done.NOTHING;
            });
    InvocationQueue queue =
        queue(
            database(folder.resolve("cloud.db")),
            new QueueLimits(100, 16_000_000, 100, 16_000_000, 100),
            runner);
    for (int i = 0; i < 7; i++) {
      queue.accept("f", number -> json(large)).join();
    }
    go.countDown();
    await().until(() -> queue.backlog() == 0);
    assertThat(runner.runs.stream().map(run -> run.values().size()))
        .allMatch(size -> size <= 3)
        .contains(3);
  }

  @Test
  void eventsThatAreAcceptedTogetherAreOneRowAndEachHasANumberOfItsOwn() {
    CloudDatabase database = database(folder.resolve("cloud.db"));
    InvocationQueue queue =
        unstarted(
            database,
            QueueLimits.DEFAULT,
            dead::add,
            new BatchRunner(ONE_RUN, (function, value) -> did(value)));
    List<LongFunction<JsonObject>> events = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      events.add(number -> json(Long.toString(number)));
    }
    queue.accept("f", events).join();
    long rows =
        database.read(
            statements -> {
              try (var found = statements.of("SELECT count(*) FROM queued").executeQuery()) {
                return found.next() ? found.getLong(1) : 0L;
              }
            });
    assertThat(rows).isEqualTo(1);
    assertThat(queue.backlog()).isEqualTo(100);
    queue.start();
    await().until(() -> done.size() == 100 && queue.backlog() == 0);
  }

  @Test
  void ofAHundredEventsOneThatFailsAlwaysIsADeadLetterAndTheOthersAreDoneOnce() {
    InvocationQueue queue =
        queue(
            new BatchRunner(
                ONE_RUN,
                (function, value) ->
                    value.equals("63") && function.equals("g")
                        ? failed("poison")
                        : function.equals("f") ? handing("g", value) : did(value)));
    accept(queue, 100);
    await().until(() -> done.size() == 99 && dead.size() == 1 && queue.backlog() == 0);
    assertThat(runs).allSatisfy((value, count) -> assertThat(count).isEqualTo(1));
    assertThat(dead.peek().attempts()).isEqualTo(3);
    assertThat(dead.peek().function()).isEqualTo("g");
  }

  @Test
  @DisplayName("one event makes the function fail for all that are given to it together")
  void ofAHundredEventsOneThatFailsItsBatchIsADeadLetterAndNoOtherIs() {
    BatchRunner runner =
        new BatchRunner(
            ONE_RUN,
            (function, value) -> {
              if (value.equals("63")) {
                throw new IllegalStateException("poison");
              }
              return did(value);
            });
    InvocationQueue queue = queue(runner);
    accept(queue, 100);
    await().until(() -> dead.size() == 1 && queue.backlog() == 0);
    assertThat(done).hasSize(99);
    assertThat(((JsonObject) dead.peek().event()).text("value")).contains("63");
    List<Integer> sizes =
        runner.runs.stream()
            .filter(run -> run.values().contains("63"))
            .map(run -> run.values().size())
            .toList();
    assertThat(sizes.get(0)).isEqualTo(100);
    assertThat(sizes.get(1)).isBetween(1, 10);
    assertThat(sizes.get(2)).as("the last attempt").isEqualTo(1);
  }

  @Test
  void oneThatIsPutOffHasNotFailedAndHoldsNoOtherUp() {
    AtomicBoolean away = new AtomicBoolean(true);
    BatchRunner runner =
        new BatchRunner(
            ONE_RUN,
            (function, value) ->
                away.get() && value.startsWith("1")
                    ? new Outcome.PutOff(InvocationException.unavailable("away", "f", ""))
                    : did(value));
    InvocationQueue queue = queue(runner);
    accept(queue, 20);
    await().until(() -> done.size() == 9 && queue.backlog() == 11);
    away.set(false);
    await().until(() -> done.size() == 20 && queue.backlog() == 0);
    assertThat(dead).isEmpty();
  }

  @Test
  void aLaneWhoseFunctionHangsHoldsItsOwnEventsOnly() {
    CountDownLatch never = new CountDownLatch(1);
    BatchRunner runner =
        new BatchRunner(
            new LaneRule(2, 10),
            (function, value) -> {
              if (value.startsWith("slow")) {
                hang(never);
              }
              return did(value);
            });
    InvocationQueue queue =
        queue(
            database(folder.resolve("cloud.db")),
            new QueueLimits(200, 1_000_000, 500, 1_000_000, 100_000),
            runner);
    for (int i = 0; i < 150; i++) {
      String value = "slow-" + i;
      queue.accept("f", number -> json(value, "slow")).join();
    }
    for (int i = 0; i < 500; i++) {
      String value = "quick-" + i;
      queue.accept("f", number -> json(value, "quick")).join();
    }
    await().until(() -> done.size() == 500);
    assertThat(dead).isEmpty();
    never.countDown();
    await().until(() -> done.size() == 650 && queue.backlog() == 0);
  }

  private static void acceptEach(InvocationQueue queue, int count) {
    List<CompletableFuture<Void>> accepted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String value = Integer.toString(i);
      accepted.add(queue.accept("f", number -> json(value)));
    }
    accepted.forEach(CompletableFuture::join);
  }
}
