package io.twinloom.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.Workflows;
import io.twinloom.functions.port.Workflows.Run;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.testkit.patience.Patience;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Functions run one after the other, each given what the one before returned. */
public interface WorkflowsContract {

  /** How long a cloud may take; short gaps between attempts are needed. */
  default Duration patience() {
    return Patience.LIMIT;
  }

  /** Adds a function that a workflow may run; one that throws has failed. */
  void define(String name, UnaryOperator<JsonObject> code);

  /** The workflows, which know the functions that are defined by now. */
  Workflows workflows();

  /** What the twin's workflow is called by. */
  String workflow();

  /** What the cloud dead-lettered. */
  List<DeadLetter> deadLetters();

  @Test
  default void theFirstIsGivenTheInputAndTheSecondItsResultToo() {
    Queue<JsonObject> given = new ConcurrentLinkedQueue<>();
    define("first", recording(given, event -> json("{\"litres\": 5, \"why\": {\"a\": [1]}}")));
    define("second", recording(given, event -> json("{}")));
    JsonObject input = json("{\"event\": {\"t\": \"传感器\", \"n\": 21.5}, \"trace_id\": \"t-1\"}");
    workflows().start(workflow(), new Run(List.of("first", "second"), input));
    await().atMost(patience()).until(() -> given.size() == 2);
    assertThat(given)
        .containsExactly(
            input,
            input.toBuilder()
                .put("result", json("{\"litres\": 5, \"why\": {\"a\": [1]}}"))
                .build());
  }

  @Test
  default void startingDoesNotWaitForTheFunctions() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    define(
        "first",
        event -> {
          awaited(started);
          return event;
        });
    define(
        "second",
        event -> {
          ended.countDown();
          return event;
        });
    workflows().start(workflow(), run());
    started.countDown();
    assertThat(ended.await(patience().toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }

  @Test
  default void aFailingStepIsTriedAgainWithoutThoseBeforeIt() {
    AtomicInteger firsts = new AtomicInteger();
    AtomicInteger seconds = new AtomicInteger();
    define("first", counting(firsts, 0));
    define("second", counting(seconds, 1));
    workflows().start(workflow(), run());
    await().atMost(patience()).until(() -> seconds.get() == 2);
    assertThat(firsts).hasValue(1);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  default void aFirstThatFailsForGoodIsADeadLetterAndTheSecondNeverRuns() {
    AtomicInteger seconds = new AtomicInteger();
    define("first", counting(new AtomicInteger(), Integer.MAX_VALUE));
    define("second", counting(seconds, 0));
    workflows().start(workflow(), run());
    await().atMost(patience()).until(() -> !deadLetters().isEmpty());
    assertThat(deadLetters().getFirst().error()).contains("first", "it failed");
    assertThat(deadLetters().getFirst().traceId()).isEqualTo("t-1");
    assertThat(seconds).hasValue(0);
  }

  @Test
  default void aSecondThatFailsForGoodIsADeadLetterThatNamesIt() {
    AtomicInteger firsts = new AtomicInteger();
    define("first", counting(firsts, 0));
    define("second", counting(new AtomicInteger(), Integer.MAX_VALUE));
    workflows().start(workflow(), run());
    await().atMost(patience()).until(() -> !deadLetters().isEmpty());
    assertThat(deadLetters()).hasSize(1);
    assertThat(deadLetters().getFirst().error()).contains("second", "it failed");
    assertThat(firsts).hasValue(1);
  }

  @Test
  default void aFunctionThatThereIsNotIsADeadLetterThatNamesIt() {
    define("first", counting(new AtomicInteger(), 0));
    workflows().start(workflow(), run());
    await().atMost(patience()).until(() -> !deadLetters().isEmpty());
    assertThat(deadLetters().getFirst().error()).contains("second");
  }

  @Test
  default void runsDoNotHinderOneAnother() {
    Queue<JsonObject> given = new ConcurrentLinkedQueue<>();
    define("first", UnaryOperator.identity());
    define("second", recording(given, UnaryOperator.identity()));
    define("broken", counting(new AtomicInteger(), Integer.MAX_VALUE));
    for (int i = 0; i < 20; i++) {
      workflows().start(workflow(), new Run(List.of("broken", "second"), json("{\"i\": -1}")));
      workflows()
          .start(workflow(), new Run(List.of("first", "second"), json("{\"i\": " + i + "}")));
    }
    await().atMost(patience()).until(() -> given.size() == 20);
    assertThat(given.stream().map(event -> String.valueOf(event.get("i"))))
        .doesNotHaveDuplicates()
        .doesNotContain("-1");
  }

  private static Run run() {
    return new Run(List.of("first", "second"), json("{\"trace_id\": \"t-1\"}"));
  }

  private static UnaryOperator<JsonObject> recording(
      Queue<JsonObject> given, UnaryOperator<JsonObject> code) {
    return event -> {
      given.add(event);
      return code.apply(event);
    };
  }

  /** Fails so many times. */
  private static UnaryOperator<JsonObject> counting(AtomicInteger runs, int failures) {
    return event -> {
      if (runs.incrementAndGet() <= failures) {
        throw new IllegalStateException("it failed");
      }
      return JsonObject.EMPTY;
    };
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
