package io.twinloom.functions.catalog;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A function whose store has moved to another cloud")
class MovedFunctionTest {

  private static final JsonObject EVENT =
      object(
          """
          {"source_cloud": "aws", "target_layer": "L2", "message_type": "telemetry",
           "timestamp": "2026-03-01T12:00:00Z", "trace_id": "00000000-0000-4000-8000-000000000001",
           "payload": {"device_id": "press-1", "timestamp": "2026-03-01T12:00:00.000000Z"}}
          """);

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);

  private HostedFunction moved(FunctionKind kind) {
    return cloud.function(
        kind, new Twin(), Map.of("INTER_CLOUD_TOKEN", TOKEN, "STORE_MOVED_TO", "azure"));
  }

  private static HttpAnswer post(HostedFunction function, String token, String body) {
    return function.receive(
        new HttpHead("POST", Map.of("x-inter-cloud-token", token), Map.of()),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(
      value = FunctionKind.class,
      names = {"INGESTION", "HOT_WRITER", "COLD_WRITER", "ARCHIVE_WRITER"})
  @DisplayName("answers 503 with TL-STORE-MOVED and Retry-After, after token and size were checked")
  void theReceiversOfAFencedStore(FunctionKind kind) {
    HostedFunction function = moved(kind);
    HttpAnswer answer = post(function, TOKEN, EVENT.toString());
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.retryAfter()).isPresent();
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("TL-STORE-MOVED");
    assertThat(post(function, TOKEN, "not JSON").status()).isEqualTo(503);
    assertThat(post(function, "another token of forty characters or so", "{}").status())
        .isEqualTo(403);
    assertThat(post(function, TOKEN, " ".repeat(7_000_000)).status()).isEqualTo(413);
    assertThat(cloud.hotStore.all()).isEmpty();
    assertThat(cloud.invoker.later()).isEmpty();
  }

  @Test
  @DisplayName("puts every event off that it is handed, so that none is a dead letter")
  void thePersisterBesideAFencedStore() {
    HostedFunction persister = moved(FunctionKind.PERSISTER);
    List<Outcome> outcomes = persister.invokeAll(List.of(EVENT, EVENT), cloud.invoker);
    assertThat(outcomes).hasSize(2).allMatch(outcome -> outcome instanceof Outcome.PutOff);
    assertThat(cloud.deadLetters).isEmpty();
    assertThat(cloud.hotStore.all()).isEmpty();
  }
}
