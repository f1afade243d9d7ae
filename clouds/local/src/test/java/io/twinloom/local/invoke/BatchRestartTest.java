package io.twinloom.local.invoke;

import static io.twinloom.local.invoke.BatchRunner.handing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.CloudDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What becomes of batches that a crash cuts short, and of events of an earlier version. */
class BatchRestartTest extends BatchFixture {

  @Test
  void aBatchThatACrashCutsShortRunsAgainAsAWhole() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    InvocationQueue first =
        queue(
            new BatchRunner(
                ONE_RUN,
                (function, value) -> {
                  if (function.equals("f")) {
                    return handing("g", value, value + "'");
                  }
                  if (value.equals("50")) {
                    hang(never);
                  }
                  return did(value);
                }));
    accept(first, 100);
    await().until(() -> done.size() >= 50);
    Path copy = crashed(folder, "copy");
    done.clear();
    BatchRunner again =
        new BatchRunner(
            ONE_RUN,
            (function, value) ->
                function.equals("f") ? handing("g", value, value + "'") : did(value));
    InvocationQueue second = queue(database(copy.resolve("cloud.db")), QueueLimits.DEFAULT, again);
    await().until(() -> done.size() == 200 && second.backlog() == 0);
    never.countDown();
  }

  @Test
  void anEventOfABatchThatEndsEveryRunIsADeadLetterAndTheOthersAreDone() throws Exception {
    Path data = folder;
    CountDownLatch never = new CountDownLatch(1);
    InvocationQueue first =
        queue(new BatchRunner(ONE_RUN, (function, value) -> cutShort(value, never)));
    accept(first, 100);
    await().until(() -> done.size() >= 63);
    for (int run = 2; run <= 5; run++) {
      data = crashed(data, "run-" + run);
      BatchRunner runner = new BatchRunner(ONE_RUN, (function, value) -> cutShort(value, never));
      queue(database(data.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
      await().until(() -> runner.runs.stream().anyMatch(r -> r.values().contains("63")));
    }
    data = crashed(data, "run-6");
    InvocationQueue last =
        queue(
            database(data.resolve("cloud.db")),
            QueueLimits.DEFAULT,
            new BatchRunner(ONE_RUN, (function, value) -> cutShort(value, never)));
    await().until(() -> last.backlog() == 0);
    assertThat(done).hasSize(99);
    assertThat(dead).hasSize(1);
    assertThat(((JsonObject) dead.peek().event()).text("value")).contains("63");
    never.countDown();
  }

  @Test
  void whatAnEarlierVersionHasLeftRunsToo() {
    CloudDatabase database = database(folder.resolve("cloud.db"));
    database
        .change(
            statements ->
                statements
                    .of("INSERT INTO invocation VALUES(7, 'f', '{\"value\":\"old\"}', 1, 0, 0)")
                    .executeUpdate())
        .join();
    database.close();
    InvocationQueue queue =
        queue(
            database(folder.resolve("cloud.db")),
            QueueLimits.DEFAULT,
            new BatchRunner(ONE_RUN, (function, value) -> did(value)));
    await().until(() -> done.contains("old") && queue.backlog() == 0);
  }

  private Outcome cutShort(String value, CountDownLatch never) {
    if (value.equals("63")) {
      hang(never);
    }
    return did(value);
  }

  /** The queue's database as a crash leaves it at this moment. */
  private Path crashed(Path from, String to) throws Exception {
    Path copy = Files.createDirectory(folder.resolve(to));
    for (String name : List.of("cloud.db", "cloud.db-wal")) {
      Files.copy(from.resolve(name), copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }
}
