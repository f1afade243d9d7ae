package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.faults.FaultProxy.Fault;
import io.twinloom.testkit.patience.Patience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that change while measurements flow, and requests that are signed. */
class ConnectionTokensTest {

  private static final Duration PATIENCE = Patience.LIMIT;
  private static final String STRICT =
      "\"mode\": \"PRODUCTION\", \"signed_connections\": \"strict\"";

  @TempDir Path folder;

  @Test
  void whileTokensChangeNothingIsRefused() throws Exception {
    try (CrossingTwin twin = CrossingTwin.start(folder)) {
      int messages = publishWhileTokensChange(twin);
      twin.expectEachOnce(messages, PATIENCE);
      assertThat(twin.counts("connector").errors()).isZero();
      assertThat(twin.counts("persister").errors()).isZero();
    }
  }

  @Test
  void soItIsWhereRequestsAreSigned() throws Exception {
    try (CrossingTwin twin = CrossingTwin.start(folder, STRICT, CrossingTwin.SOON)) {
      int messages = publishWhileTokensChange(twin);
      twin.expectEachOnce(messages, PATIENCE);
      assertThat(twin.counts("connector").errors()).isZero();
      assertThat(twin.counts("persister").errors()).isZero();
    }
  }

  /** Each round: both tokens are valid, then the new one alone. */
  private static int publishWhileTokensChange(CrossingTwin twin) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Integer> published =
        CompletableFuture.supplyAsync(
            () -> {
              int messages = 0;
              while (!over.get()) {
                twin.publish(messages, 50);
                messages += 50;
                // No more on the way than is needed for a rotation to meet some.
                await().until(() -> twin.clouds.backlog() < 100);
              }
              return messages;
            });
    String old = CrossingTwin.TOKEN;
    for (int round = 0; round < 5; round++) {
      String fresh = "token-number-" + round + "-of-more-than-thirty-two-characters";
      twin.clouds.use(twin.connectionsWith(fresh + "," + old)).get(60, TimeUnit.SECONDS);
      twin.clouds.use(twin.connectionsWith(fresh)).get(60, TimeUnit.SECONDS);
      old = fresh;
    }
    over.set(true);
    return published.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aFormerTokenIsRefusedAfterwards() throws Exception {
    try (CrossingTwin twin = CrossingTwin.start(folder)) {
      assertThat(status(twin, CrossingTwin.TOKEN)).as("the token is right").isEqualTo(400);
      String fresh = "another-token-of-more-than-thirty-two-characters";
      twin.clouds.use(twin.connectionsWith(fresh)).get(60, TimeUnit.SECONDS);
      assertThat(status(twin, CrossingTwin.TOKEN)).isEqualTo(403);
      assertThat(status(twin, fresh)).isEqualTo(400);
    }
  }

  @Test
  void inStrictModeTheRightTokenAloneOpensNothing() throws Exception {
    try (CrossingTwin twin = CrossingTwin.start(folder, STRICT, CrossingTwin.SOON)) {
      assertThat(status(twin, CrossingTwin.TOKEN)).isEqualTo(403);
    }
  }

  @Test
  void aSignedRequestWhoseAnswerWasLostIsTakenInOnce() throws Exception {
    try (CrossingTwin twin = CrossingTwin.start(folder, STRICT, CrossingTwin.SOON)) {
      twin.set(Fault.ANSWER_LOST);
      twin.publish(0, 5);
      await().until(() -> twin.mostRequests() >= 2);
      twin.set(Fault.NONE);
      twin.expectEachOnce(5, PATIENCE);
      assertThat(twin.counts("ingestion").invocations()).isGreaterThan(5);
      assertThat(twin.counts("processor").invocations()).isEqualTo(5);
    }
  }

  private static int status(CrossingTwin twin, String token) throws Exception {
    URI ingestion =
        URI.create(
            twin.clouds.endpoints().get(KnownClouds.GOOGLE).http()
                + "/"
                + CrossingTwin.TWIN
                + "-ingestion");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(ingestion)
                  .header("X-Inter-Cloud-Token", token)
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
