package io.twinloom.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An event that fails is tried again, and becomes a dead letter after its last attempt. */
class QueueRetriesTest extends QueueFixture {
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
        unstarted(
            database(folder.resolve("cloud.db")),
            QueueLimits.DEFAULT,
            letter -> {
              if (broken.get()) {
                refused.incrementAndGet();
                throw new StoreException("full", "", new IllegalStateException());
              }
              dead.add(letter);
            },
            (function, event, scope) -> {
              throw new IllegalStateException("always");
            });
    queue.start();
    queue.accept("f", number -> event(1)).join();
    await().until(() -> refused.get() >= 2);
    assertThat(queue.backlog()).isEqualTo(1);
    broken.set(false);
    await().until(() -> dead.size() == 1 && queue.backlog() == 0);
  }
}
