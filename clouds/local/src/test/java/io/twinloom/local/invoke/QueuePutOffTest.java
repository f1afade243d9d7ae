package io.twinloom.local.invoke;

import static io.twinloom.local.invoke.BatchRunner.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** An outage costs no attempt, until it has lasted for too long. */
class QueuePutOffTest extends QueueFixture {

  private static final int EVENTS = 40;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final AtomicInteger tries = new AtomicInteger();

  private final BatchRunner away =
      new BatchRunner(
          LaneRule.WAITING,
          (function, value) -> {
            tries.incrementAndGet();
            return new Outcome.PutOff(InvocationException.unavailable("away", "f", ""));
          });

  @Test
  void anOutageOfAnHourLeavesNoDeadLetterAndOneOfMoreThanSixHoursDoes() {
    InvocationQueue queue =
        unstarted(
            database(folder.resolve("cloud.db")),
            QueueLimits.DEFAULT,
            dead::add,
            away,
            () -> now.get());
    queue.start();
    List<LongFunction<JsonObject>> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      String value = Integer.toString(i);
      events.add(number -> json(value));
    }
    queue.accept("f", events).join();
    await().until(() -> tries.get() >= EVENTS);
    for (int minutes = 0; minutes < 60; minutes += 10) {
      pass(Duration.ofMinutes(10));
    }
    assertThat(dead).isEmpty();
    assertThat(queue.backlog()).isEqualTo(EVENTS);

    pass(Duration.ofHours(6));
    await()
        .untilAsserted(
            () -> {
              now.set(now.get().plusSeconds(1));
              assertThat(dead).hasSize(EVENTS);
            });
    assertThat(dead).allSatisfy(letter -> assertThat(letter.attempts()).isEqualTo(3));
    await().until(() -> queue.backlog() == 0);
  }

  /**
   * Each is tried again, however much time passes at once; one that was only put off after the time
   * had passed needs some more of it.
   */
  private void pass(Duration time) {
    int before = tries.get();
    now.set(now.get().plus(time));
    await()
        .untilAsserted(
            () -> {
              now.set(now.get().plusSeconds(10));
              assertThat(tries).hasValueGreaterThanOrEqualTo(before + EVENTS);
            });
  }
}
