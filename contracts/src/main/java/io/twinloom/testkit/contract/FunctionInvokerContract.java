package io.twinloom.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.testkit.patience.Patience;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Functions call one another: at once with a result, or later, at least once. */
public interface FunctionInvokerContract {

  /** How long a cloud may take for what it does later; short gaps between attempts are needed. */
  default Duration patience() {
    return Patience.LIMIT;
  }

  /** Adds a function; one that throws has failed. */
  void define(String name, UnaryOperator<JsonObject> code);

  /** The invoker of the functions that are defined by now. */
  FunctionInvoker invoker();

  /** What the cloud dead-lettered. */
  List<DeadLetter> deadLetters();

  @Test
  default void aCallIsGivenItsEventAndGivesItsResult() {
    define("double", event -> event.toBuilder().put("again", event).build());
    JsonObject event = json("{\"n\": 1.50, \"text\": \"传感器\"}");
    assertThat(invoker().call("double", event))
        .isEqualTo(event.toBuilder().put("again", event).build());
  }

  @Test
  default void aCallOfAnUnknownFunctionSaysSo() {
    assertReason(Reason.UNKNOWN_FUNCTION, () -> invoker().call("nobody", JsonObject.EMPTY));
  }

  @Test
  default void aCallOfAFunctionThatFailsSaysSoAndIsNotTriedAgain() {
    AtomicInteger runs = new AtomicInteger();
    define("broken", failing(runs, Integer.MAX_VALUE));
    assertReason(Reason.FUNCTION_FAILED, () -> invoker().call("broken", JsonObject.EMPTY));
    assertThat(runs).hasValue(1);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  default void whatIsInvokedLaterRunsWithItsEventExactly() {
    Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
    define("keeper", keeping(events));
    JsonObject event =
        json("{\"n\": 123456789012345678901234567890.10, \"l\": [null, {}], \"t\": \"传感器\"}");
    invoker().invokeLater("keeper", event);
    await().atMost(patience()).until(() -> !events.isEmpty());
    assertThat(events).allSatisfy(e -> assertThat(Json.text(e)).isEqualTo(Json.text(event)));
  }

  @Test
  default void whatIsInvokedLaterAndUnknownIsRefusedAtOnce() {
    assertReason(
        Reason.UNKNOWN_FUNCTION,
        () -> {
          invoker().invokeLater("nobody", JsonObject.EMPTY);
          return JsonObject.EMPTY;
        });
  }

  @Test
  default void whatIsHandedOnTogetherRunsEachByItself() {
    Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
    define("keeper", keeping(events));
    define("other", keeping(events));
    List<List<Handed>> byCause = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      JsonObject event = json("{\"i\": " + i + "}");
      byCause.add(
          i % 3 == 0 ? List.of() : List.of(Handed.to(i % 2 == 0 ? "keeper" : "other", event)));
    }
    List<List<Optional<InvocationException>>> refusals = invoker().handOn(byCause);
    assertThat(refusals).hasSameSizeAs(byCause);
    assertThat(refusals.stream().flatMap(List::stream)).hasSize(80).allMatch(Optional::isEmpty);
    await()
        .atMost(patience())
        .untilAsserted(() -> assertThat(events.stream().distinct()).hasSize(80));
  }

  @Test
  default void oneOfSeveralThatIsUnknownIsRefusedInItsPlaceAndNoOtherIs() {
    Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
    define("keeper", keeping(events));
    List<List<Optional<InvocationException>>> refusals =
        invoker()
            .handOn(
                List.of(
                    List.of(Handed.to("keeper", json("{\"i\": 1}"))),
                    List.of(
                        Handed.alone("nobody", JsonObject.EMPTY),
                        Handed.alone("keeper", json("{\"i\": 2}")))));
    assertThat(refusals.get(0).get(0)).isEmpty();
    assertThat(refusals.get(1).get(0))
        .hasValueSatisfying(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FUNCTION));
    assertThat(refusals.get(1).get(1)).isEmpty();
    await().atMost(patience()).until(() -> events.stream().distinct().count() == 2);
  }

  @Test
  default void anEventOfTheLargestSizeCanBeInvokedLater() {
    Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
    define("keeper", keeping(events));
    invoker().invokeLater("keeper", json("{\"t\": \"" + "x".repeat(192 * 1024) + "\"}"));
    await().atMost(patience()).until(() -> !events.isEmpty());
  }

  @Test
  default void noneOfManyIsLost() {
    Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
    define("keeper", keeping(events));
    FunctionInvoker invoker = invoker();
    for (int i = 0; i < 200; i++) {
      invoker.invokeLater("keeper", json("{\"i\": " + i + "}"));
    }
    await()
        .atMost(patience())
        .untilAsserted(() -> assertThat(events.stream().distinct()).hasSize(200));
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  default void aFailureIsTriedAgain() {
    AtomicInteger runs = new AtomicInteger();
    define("shaky", failing(runs, 2));
    invoker().invokeLater("shaky", JsonObject.EMPTY);
    await().atMost(patience()).until(() -> runs.get() >= 3);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  default void whatFailsAlwaysIsADeadLetterThatSaysWhatAndWhy() {
    AtomicInteger runs = new AtomicInteger();
    define("broken", failing(runs, Integer.MAX_VALUE));
    JsonObject event = json("{\"n\": 1.50}");
    invoker().invokeLater("broken", event);
    await().atMost(patience()).until(() -> !deadLetters().isEmpty());
    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.function()).isEqualTo("broken");
              assertThat(letter.event()).isEqualTo(event);
              assertThat(letter.attempts()).isEqualTo(runs.get()).isGreaterThanOrEqualTo(3);
              assertThat(letter.error()).isNotBlank();
            });
  }

  @Test
  default void aFailureDoesNotHoldUpOthers() {
    Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
    define("broken", failing(new AtomicInteger(), Integer.MAX_VALUE));
    define("keeper", keeping(events));
    FunctionInvoker invoker = invoker();
    invoker.invokeLater("broken", JsonObject.EMPTY);
    invoker.invokeLater("keeper", JsonObject.EMPTY);
    await().atMost(patience()).until(() -> !events.isEmpty());
  }

  /** A call that should fail. */
  @FunctionalInterface
  interface Call {
    JsonObject run();
  }

  private static UnaryOperator<JsonObject> keeping(Queue<JsonObject> events) {
    return event -> {
      events.add(event);
      return JsonObject.EMPTY;
    };
  }

  private static UnaryOperator<JsonObject> failing(AtomicInteger runs, int times) {
    return event -> {
      if (runs.incrementAndGet() <= times) {
        throw new IllegalStateException("it fails");
      }
      return JsonObject.EMPTY;
    };
  }

  private static void assertReason(Reason reason, Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            InvocationException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
