package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.testkit.faults.FaultProxy.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where something does not keep up, those before it wait; nothing piles up and nothing is lost. */
class BackPressureTest {

  private static final int ROOM = 40;
  private static final int MESSAGES = 300;

  /** What is accepted together is one row, which may overshoot the room that there is. */
  private static final int OVERSHOOT = 100;

  @TempDir Path folder;

  @Test
  void whenEveryQueueIsFullDevicesWaitForTheirAcknowledgement() throws Exception {
    try (CrossingTwin twin =
        CrossingTwin.start(
            folder, options -> options.withBacklog(ROOM).withRetryGaps(CrossingTwin.SOON))) {
      twin.set(Fault.UNAVAILABLE);
      CompletableFuture<Void> published =
          CompletableFuture.runAsync(() -> twin.publish(0, MESSAGES));
      await().until(() -> twin.clouds.backlog() >= ROOM);
      // It stays so: no further message is taken in while nothing leaves.
      await()
          .during(Duration.ofSeconds(2))
          .untilAsserted(
              () -> assertThat(twin.clouds.backlog()).isLessThanOrEqualTo(ROOM + OVERSHOOT));
      assertThat(published).isNotDone();
      twin.set(Fault.NONE);
      published.get(60, TimeUnit.SECONDS);
      twin.expectEachOnce(MESSAGES, Duration.ofSeconds(60));
    }
  }
}
