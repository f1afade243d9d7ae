package io.twinloom.local.invoke;

import static io.twinloom.local.invoke.BatchRunner.handing;
import static io.twinloom.local.invoke.BatchRunner.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.CloudDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that hang keep no other function from its events, however many they are. */
class QueueFairnessTest extends BatchFixture {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch go = new CountDownLatch(1);

  private Outcome work(String function, String value) {
    if (function.startsWith("slow")) {
      hang(go);
    }
    return did(value);
  }

  private boolean areDone(String prefix, int count) {
    return done.stream().filter(value -> value.startsWith(prefix)).count() == count;
  }

  @Test
  void aFunctionThatHangsHoldsNeitherAllRoomToRunNorAllThatIsReady() {
    InvocationQueue queue =
        queue(
            database(folder.resolve("cloud.db")),
            new QueueLimits(10, 1_000_000, 20, 1_000_000, 100_000),
            new BatchRunner(ONE_RUN, this::work));
    for (int i = 0; i < 100; i++) {
      accept(queue, "slow", "slow-" + i).join();
    }
    for (int i = 0; i < 20; i++) {
      accept(queue, "quick", "quick-" + i).join();
    }
    await().atMost(LONG).until(() -> areDone("quick", 20));
    assertThat(done).hasSize(20);
    go.countDown();
    await().atMost(LONG).until(() -> done.size() == 120 && queue.backlog() == 0);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void howeverManyFunctionsHangTheOthersAreDone(long seed) {
    Random random = new Random(seed);
    QueueLimits limits =
        new QueueLimits(
            1 + random.nextInt(30),
            1 + random.nextInt(3_000),
            1 + random.nextInt(50),
            1 + random.nextInt(3_000),
            100_000);
    List<String> rows = new ArrayList<>();
    int hanging = 1 + random.nextInt(12);
    int quick = 1 + random.nextInt(3);
    for (int i = 0; i < hanging * 20; i++) {
      rows.add("slow-" + i % hanging);
    }
    for (int i = 0; i < quick * 20; i++) {
      rows.add("quick-" + i % quick);
    }
    Collections.shuffle(rows, random);
    InvocationQueue queue =
        queue(database(folder.resolve("cloud.db")), limits, new BatchRunner(ONE_RUN, this::work));
    List<CompletableFuture<Void>> accepted = new ArrayList<>();
    int quickEvents = 0;
    int events = 0;
    for (String function : rows) {
      List<String> values = new ArrayList<>();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        values.add(function + "." + events++);
      }
      quickEvents += function.startsWith("quick") ? values.size() : 0;
      accepted.add(accept(queue, function, values.toArray(String[]::new)));
    }
    accepted.forEach(CompletableFuture::join);
    int expected = quickEvents;
    await().atMost(LONG).until(() -> areDone("quick", expected));
    assertThat(done).hasSize(quickEvents);
    go.countDown();
    int all = events;
    await().atMost(LONG).until(() -> done.size() == all && queue.backlog() == 0);
    assertThat(runs).allSatisfy((value, count) -> assertThat(count).isEqualTo(1));
    assertThat(dead).isEmpty();
  }

  @Test
  void whatAnEarlierRunHasLeftTakesTurnsToo() {
    CloudDatabase database = database(folder.resolve("cloud.db"));
    InvocationQueue first =
        unstarted(database, QueueLimits.DEFAULT, dead::add, new BatchRunner(ONE_RUN, this::work));
    for (int i = 0; i < 300; i++) {
      accept(first, "slow", "slow-" + i).join();
    }
    for (int i = 0; i < 20; i++) {
      accept(first, "quick", "quick-" + i).join();
    }
    database.close();
    InvocationQueue queue =
        queue(
            database(folder.resolve("cloud.db")),
            QueueLimits.DEFAULT,
            new BatchRunner(ONE_RUN, this::work));
    await().atMost(LONG).until(() -> areDone("quick", 20));
    go.countDown();
    await().atMost(LONG).until(() -> done.size() == 320 && queue.backlog() == 0);
  }

  @Test
  void aFunctionBesideTheWayThatHangsDoesNotHoldUpTheWay() {
    BatchRunner runner =
        new BatchRunner(
            new LaneRule(1, 1),
            (function, value) -> function.equals("way") ? passing(value) : work(function, value));
    InvocationQueue queue =
        queue(
            database(folder.resolve("cloud.db")),
            new QueueLimits(100, 1_000_000, 200, 1_000_000, 100_000),
            runner);
    for (int i = 0; i < 300; i++) {
      accept(queue, "way", "way-" + i).join();
    }
    await().atMost(LONG).until(() -> areDone("way", 300));
    go.countDown();
    await().atMost(LONG).until(() -> queue.backlog() == 0);
    assertThat(areDone("beside", 300)).isTrue();
    assertThat(dead).isEmpty();
  }

  private Outcome passing(String value) {
    did(value);
    return handing("slow", value.replace("way", "beside"));
  }

  private static CompletableFuture<Void> accept(
      InvocationQueue queue, String function, String... values) {
    List<LongFunction<JsonObject>> events = new ArrayList<>();
    for (String value : values) {
      events.add(number -> json(value));
    }
    return queue.accept(function, events);
  }
}
