package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.circuit.CircuitBreaker;
import io.twinloom.testkit.faults.FaultProxy.Fault;
import io.twinloom.testkit.patience.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A receiver that is away: nothing is lost, nothing is doubled, and nothing becomes a dead letter.
 * The outage is longer than a sender's own retries take, so the queue's have to help; {@code
 * -Dtwinloom.outage=60} makes it a minute, with the waits that users have.
 */
@Tag("full")
class ReceiverOutageTest {

  private static final int OUTAGE_SECONDS = Integer.getInteger("twinloom.outage", 5);
  private static final Duration PATIENCE = Patience.LIMIT.plusSeconds(OUTAGE_SECONDS * 4L);
  private static final int MESSAGES = 200;

  @TempDir Path folder;

  @Test
  void aReceiverThatAnswers503ForAWhileLosesNothingAndLeavesNoDeadLetter() throws Exception {
    try (CrossingTwin twin = start()) {
      twin.set(Fault.UNAVAILABLE);
      twin.publish(0, MESSAGES);
      CompletableFuture.delayedExecutor(OUTAGE_SECONDS, TimeUnit.SECONDS)
          .execute(() -> twin.set(Fault.NONE));
      twin.expectEachOnce(MESSAGES, PATIENCE);
    }
  }

  @Test
  void aReceiverThatIsAwayIsAskedAtMostTwentyTimesAndNoAttemptIsCounted() throws Exception {
    // One failure that counted would be followed by the last attempt at once.
    try (CrossingTwin twin =
        CrossingTwin.start(folder, o -> o.withRetryGaps(List.of(Duration.ofMillis(1))))) {
      twin.set(Fault.UNAVAILABLE);
      twin.publish(0, 20);
      await()
          .atMost(PATIENCE)
          .until(() -> twin.clouds.circuits().get("aws_l1_to_gcp_l2") == CircuitBreaker.State.OPEN);
      long failed = twin.counts("connector").errors();
      twin.publish(20, MESSAGES - 20);
      await()
          .atMost(PATIENCE)
          .until(() -> twin.counts("connector").errors() >= failed + MESSAGES - 20);
      // Ten results open the circuit; a few requests may be under way then, and probes follow.
      assertThat(twin.mostRequests()).isBetween(10L, 20L);
      twin.set(Fault.NONE);
      twin.expectEachOnce(MESSAGES, PATIENCE);
      assertThat(twin.clouds.circuits())
          .containsEntry("aws_l1_to_gcp_l2", CircuitBreaker.State.CLOSED);
    }
  }

  @Test
  void anAnswerThatIsLostAfterTheReceiverWroteDoublesNothing() throws Exception {
    try (CrossingTwin twin = start()) {
      twin.set(Fault.ANSWER_LOST);
      twin.publish(0, MESSAGES);
      await().until(() -> twin.mostRequests() >= 4);
      twin.set(Fault.NONE);
      twin.expectEachOnce(MESSAGES, PATIENCE);
    }
  }

  private CrossingTwin start() throws IOException {
    return OUTAGE_SECONDS >= 60
        ? CrossingTwin.start(
            folder,
            "\"mode\": \"PRODUCTION\"",
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)))
        : CrossingTwin.start(folder);
  }
}
