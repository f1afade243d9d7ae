package io.twinloom.functions.iot;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorTest {

  private static final JsonObject EVENT =
      object(
          """
          {"source_cloud": "aws", "target_layer": "L2", "message_type": "telemetry",
           "timestamp": "2026-01-01T00:00:00.000000Z",
           "payload": {"device_id": "press-1", "timestamp": "2026-01-01T00:00:00.000000Z",
                       "temperature": 21.50},
           "trace_id": "3f0e6c1e-0000-4000-8000-000000000001", "event_id": "PyY0Lw-xWzY"}
          """);

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
  private final Twin twin = new Twin().on("aws", "azure", "azure");
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "REMOTE_INGESTION_URL",
              "https://azure.test/plant-ingestion?code=geheim",
              "INTER_CLOUD_TOKEN",
              Twin.TOKEN));

  @Test
  void theMeasurementIsPostedToTheRemoteIngestion() {
    connector().invoke(EVENT);
    Request request = cloud.remote.onlyRequest();
    assertThat(request.url().toString()).isEqualTo(settings.get("REMOTE_INGESTION_URL"));
    assertThat(request.headers()).containsEntry("X-Inter-Cloud-Token", Twin.TOKEN);
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("ok");
    assertThat(cloud.log.onlyLine().traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(cloud.log.onlyLine().device()).isEqualTo("press-1");
  }

  @Test
  void theEnvelopeIsWholeAndSaysWhoSentItAndWhen() {
    connector().invoke(EVENT);
    assertThat(cloud.remote.onlyRequest().json())
        .isEqualTo(
            EVENT.toBuilder()
                .put("source_cloud", "aws")
                .put("timestamp", "2026-03-01T12:00:00.500000Z")
                .build());
  }

  @Test
  void anEnvelopeWithGapsIsFilledBeforeItIsSent() {
    connector().invoke(object("{\"payload\": {\"device_id\": \"press-1\"}}"));
    JsonObject sent = cloud.remote.onlyRequest().json();
    assertThat(sent.members().keySet())
        .containsExactly(
            "source_cloud", "target_layer", "message_type", "timestamp", "payload", "trace_id");
    assertThat(sent.text("source_cloud")).contains("aws");
    assertThat(sent.text("trace_id").orElseThrow()).hasSize(36);
  }

  @Test
  void theIdempotencyKeyIsTheSameForTheSameBytesOnly() {
    connector().invoke(EVENT);
    connector().invoke(EVENT);
    connector().invoke(EVENT.toBuilder().put("event_id", "another").build());
    List<String> keys =
        cloud.remote.requests().stream().map(r -> r.headers().get("Idempotency-Key")).toList();
    assertThat(keys.get(0)).isNotBlank().isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413})
  void whatTheReceiverRefusesIsADeadLetterAndEndsWell(int status) {
    cloud.remote.answers(status);
    connector().invoke(EVENT);
    assertThat(cloud.remote.requests()).hasSize(1);
    DeadLetter letter = cloud.onlyDeadLetter();
    assertThat(letter.function()).isEqualTo("plant-connector");
    assertThat(letter.event()).isEqualTo(EVENT);
    assertThat(letter.attempts()).isEqualTo(1);
    assertThat(letter.traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(letter.error())
        .contains("https://azure.test/plant-ingestion", String.valueOf(status), letter.traceId())
        .doesNotContain("geheim", Twin.TOKEN);
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-REMOTE-REFUSED");
  }

  @ParameterizedTest
  @CsvSource({"500, 4", "408, 4", "503, 2", "429, 2"})
  @DisplayName("a receiver that throttles is asked once more, the rest is the queue's")
  void whatMayPassIsTriedAgainAndThenLeftToTheHost(int status, int times) {
    cloud.remote.answers(status);
    assertThatThrownBy(() -> connector().invoke(EVENT))
        .isInstanceOfSatisfying(RemoteException.class, e -> assertThat(e.retryable()).isTrue());
    assertThat(cloud.remote.requests()).hasSize(times);
    assertThat(cloud.deadLetters).isEmpty();
  }

  @Test
  void aNetworkErrorIsTriedFourTimesAndThenLeftToTheHost() {
    cloud.remote.fails(new IOException("Connection timed out"));
    assertThatThrownBy(() -> connector().invoke(EVENT)).isInstanceOf(RemoteException.class);
    assertThat(cloud.remote.requests()).hasSize(4);
    assertThat(cloud.deadLetters).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void withoutAnAddressItDoesNotStart(String blank) {
    settings.put("REMOTE_INGESTION_URL", blank);
    assertThatThrownBy(this::connector)
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("REMOTE_INGESTION_URL");
    settings.remove("REMOTE_INGESTION_URL");
    assertThatThrownBy(this::connector).isInstanceOf(ConfigurationError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void withoutATokenItDoesNotStart(String blank) {
    settings.put("INTER_CLOUD_TOKEN", blank);
    assertThatThrownBy(this::connector)
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("INTER_CLOUD_TOKEN");
    settings.remove("INTER_CLOUD_TOKEN");
    assertThatThrownBy(this::connector).isInstanceOf(ConfigurationError.class);
  }

  @Test
  void withEqualProvidersItWarnsAndHandsToItsOwnCloudsProcessor() {
    twin.on("aws", "aws", "aws");
    connector().invoke(EVENT);
    assertThat(cloud.remote.requests()).isEmpty();
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-processor");
    assertThat(cloud.log.messages(Level.WARN))
        .singleElement()
        .asString()
        .contains("REMOTE_INGESTION_URL");
  }

  @Test
  void whereLayerTwoIsOnItsCloudItNeedsNoAddress() {
    twin.on("aws", "aws", "aws");
    settings.remove("REMOTE_INGESTION_URL");
    settings.remove("INTER_CLOUD_TOKEN");
    connector().invoke(EVENT);
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-processor");
    assertThat(cloud.log.messages(Level.WARN)).isEmpty();
  }

  private HostedFunction connector() {
    return cloud.function(FunctionKind.CONNECTOR, twin, settings);
  }
}
