package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.local.invoke.FunctionHost;
import io.twinloom.testkit.faults.ResettingProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections that are reset in the middle of requests with many events, and of their answers.
 * {@code -Dtwinloom.seed=…} repeats a run.
 */
@Tag("full")
class CutBatchesTest {

  private static final int MESSAGES = 9_000;
  private static final int CUTS = 100;

  /** A request with a hundred events, and its answer, have about as many. */
  private static final int BYTES_OF_A_BATCH = 50_000;

  @TempDir Path folder;

  private final long seed = Long.getLong("twinloom.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final AtomicInteger connections = new AtomicInteger();
  private final List<ResettingProxy> proxies = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (ResettingProxy proxy : proxies) {
      proxy.close();
    }
  }

  @Test
  void aBatchThatIsCutAnywhereLosesNothingAndDoublesNothing() throws Exception {
    System.out.println("connections are cut in the middle of batches: seed " + seed);
    try (CrossingTwin twin = CrossingTwin.behind(folder, this::cutting)) {
      for (int first = 0; first < MESSAGES; first += MESSAGES / 9) {
        twin.publish(first, MESSAGES / 9);
      }
      twin.expectEachOnce(MESSAGES, Duration.ofMinutes(4));
      assertThat(connections.get()).as("connections, seed " + seed).isGreaterThan(10);
      for (FunctionHost.Counts counts : countsOf(twin, "-connector", "-persister")) {
        assertThat(counts.invocations()).as(counts.function()).isGreaterThan(4 * counts.batches());
      }
    }
  }

  private static List<FunctionHost.Counts> countsOf(CrossingTwin twin, String... senders) {
    return twin.clouds.byProvider().values().stream()
        .flatMap(cloud -> cloud.host().counts().stream())
        .filter(counts -> Stream.of(senders).anyMatch(counts.function()::endsWith))
        .toList();
  }

  private URI cutting(URI receiver) {
    try {
      ResettingProxy proxy = ResettingProxy.before(receiver, this::bytes);
      proxies.add(proxy);
      return proxy.uri();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized OptionalInt bytes() {
    return connections.incrementAndGet() > CUTS
        ? OptionalInt.empty()
        : OptionalInt.of(random.nextInt(2 * BYTES_OF_A_BATCH));
  }
}
