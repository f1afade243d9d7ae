package io.twinloom.functions.processing;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.time.Timestamps;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersisterTest {

  static final String TRACE = "3f0e6c1e-0000-4000-8000-000000000001";
  static final JsonObject EVENT =
      object(
          """
          {"source_cloud": "aws", "target_layer": "L2", "message_type": "telemetry",
           "timestamp": "2026-01-01T00:00:01.000000Z",
           "payload": {"device_id": "press-1", "timestamp": "2026-01-01T00:00:00.000000Z",
                       "temperature": 21.50},
           "trace_id": "3f0e6c1e-0000-4000-8000-000000000001", "event_id": "PyY0Lw-xWzY"}
          """);
  private static final JsonObject ITEM =
      object(
          """
          {"id": "press-1_2026-01-01T00:00:00.000000Z", "device_id": "press-1",
           "timestamp": "2026-01-01T00:00:00.000000Z", "event_id": "PyY0Lw-xWzY",
           "temperature": 21.50}
          """);

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
  private final Twin twin = new Twin();
  private final Map<String, String> settings = new HashMap<>();

  @Test
  void onOneCloudTheItemIsWrittenToItsStore() {
    persist();
    assertThat(cloud.hotStore.all()).extracting(HotItem::body).containsExactly(ITEM);
    assertThat(cloud.remote.requests()).isEmpty();
    assertThat(cloud.invoker.later()).isEmpty();
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("ok");
  }

  @Test
  void withTheStoreOnAnotherCloudTheItemIsPostedToItsWriter() {
    remote();
    persist();
    assertThat(cloud.hotStore.all()).isEmpty();
    Request request = cloud.remote.onlyRequest();
    assertThat(request.url().toString()).isEqualTo("https://google.test/plant-hot-writer");
    assertThat(request.headers()).containsEntry("X-Inter-Cloud-Token", TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void aBlankAddressMeansItsOwnStore(String blank) {
    settings.put("REMOTE_WRITER_URL", blank);
    persist();
    assertThat(cloud.hotStore.all()).hasSize(1);
  }

  @Test
  void anAddressWithEqualProvidersMeansItsOwnStoreAndAWarning() {
    remote();
    twin.on("aws", "aws", "aws");
    persist();
    assertThat(cloud.hotStore.all()).hasSize(1);
    assertThat(cloud.remote.requests()).isEmpty();
    assertThat(cloud.log.messages(Level.WARN)).singleElement().asString().contains("the same");
  }

  @Test
  void differentProvidersWithoutAnAddressMeanItsOwnStoreAndAWarning() {
    twin.on("aws", "aws", "google");
    persist();
    assertThat(cloud.hotStore.all()).hasSize(1);
    assertThat(cloud.log.messages(Level.WARN)).singleElement().asString().contains("differ");
  }

  @Test
  void differentProvidersWithoutAnAddressAndWithoutAStoreStopTheStart() {
    twin.on("aws", "aws", "google");
    cloud.remove(cloud.hotStore);
    assertThatThrownBy(this::persist)
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("REMOTE_WRITER_URL");
  }

  @Test
  void anAddressWithoutProvidersStopsTheStart() {
    remote();
    twin.without("config_providers");
    assertThatThrownBy(this::persist).isInstanceOf(ConfigurationError.class);
    twin.with("config_providers", object("{}")).provider("layer_2_provider", JsonNull.NULL);
    assertThatThrownBy(this::persist).isInstanceOf(ConfigurationError.class);
  }

  @Test
  void anAddressWithoutATokenStopsTheStart() {
    remote();
    settings.remove("REMOTE_WRITER_TOKEN");
    assertThatThrownBy(this::persist)
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("TOKEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void anAddressWithABlankTokenStopsTheStart(String blank) {
    remote();
    settings.put("REMOTE_WRITER_TOKEN", blank);
    settings.put("INTER_CLOUD_TOKEN", blank);
    assertThatThrownBy(this::persist).isInstanceOf(ConfigurationError.class);
  }

  @Test
  void theEnvelopeHasAllItsFields() {
    remote();
    persist();
    JsonObject sent = cloud.remote.onlyRequest().json();
    assertThat(sent)
        .isEqualTo(
            EVENT.toBuilder()
                .put("source_cloud", "aws")
                .put("target_layer", "L3")
                .put("timestamp", "2026-03-01T12:00:00.500000Z")
                .build());
    assertThat(Timestamps.isStored(sent.text("timestamp").orElseThrow())).isTrue();
    assertThat(UUID.fromString(sent.text("trace_id").orElseThrow())).hasToString(TRACE);
  }

  @ParameterizedTest
  @CsvSource({"500, 4", "503, 2"})
  void aServersErrorIsTriedAgainAndThenLeftToTheHost(int status, int times) {
    remote();
    cloud.remote.answers(status);
    assertThatThrownBy(this::persist)
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining(TRACE);
    assertThat(cloud.remote.requests()).hasSize(times);
    assertThat(cloud.deadLetters).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 413})
  void aRefusalIsADeadLetterAndEndsWell(int status) {
    remote();
    useEventChecking();
    cloud.remote.answers(status);
    persist();
    assertThat(cloud.remote.requests()).hasSize(1);
    DeadLetter letter = cloud.onlyDeadLetter();
    assertThat(letter.event()).isEqualTo(EVENT);
    assertThat(letter.traceId()).isEqualTo(TRACE);
    assertThat(cloud.invoker.later()).as("what is not stored is not checked").isEmpty();
  }

  @Test
  void aTimeoutIsTriedAgain() {
    remote();
    cloud.remote.fails(new HttpTimeoutException("request timed out")).answers(200);
    persist();
    assertThat(cloud.remote.requests()).hasSize(2);
    assertThat(cloud.pauses).hasSize(1);
  }

  @Test
  void aNameThatCannotBeResolvedIsSaid() {
    remote();
    cloud.remote.fails(new UnknownHostException("google.test"));
    assertThatThrownBy(this::persist)
        .hasMessageContaining("its name is not found")
        .hasMessageContaining("https://google.test/plant-hot-writer");
  }

  @Test
  void aStoreThatFailsIsLeftToTheHost() {
    cloud.hotStore.breakDown();
    assertThatThrownBy(this::persist).isInstanceOf(StoreException.class);
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-STORE-FAILED");
  }

  @Test
  void deliveredAgainItOverwritesItself() {
    persist();
    persist();
    assertThat(cloud.hotStore.all()).extracting(HotItem::body).containsExactly(ITEM);
    assertThat(cloud.log.counts()).isEmpty();
  }

  @Test
  void anotherMeasurementOfTheSameInstantIsKeptOneMicrosecondLater() {
    persist();
    persist(EVENT.toBuilder().put("event_id", "another-one").build());
    assertThat(cloud.hotStore.all())
        .extracting(HotItem::timestamp)
        .containsExactly("2026-01-01T00:00:00.000000Z", "2026-01-01T00:00:00.000001Z");
    JsonObject moved = cloud.hotStore.all().getLast().body();
    assertThat(moved.text("id")).contains("press-1_2026-01-01T00:00:00.000001Z");
    assertThat(moved.text("timestamp")).contains("2026-01-01T00:00:00.000001Z");
    assertThat(cloud.log.counts()).containsExactly("moved-by-a-microsecond");
  }

  @Test
  void onceStoredItsEventsAreChecked() {
    useEventChecking();
    persist();
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-event-checker");
    JsonObject event = cloud.invoker.onlyLater().event();
    assertThat(event.object("payload")).contains(ITEM);
    assertThat(event.text("trace_id")).contains(TRACE);
    assertThat(event.text("target_layer")).contains("L2");
  }

  @Test
  @DisplayName("of a device without rules no event goes to the event checker, but a marked one")
  void aDeviceWithoutRulesIsNotChecked() {
    useEventChecking();
    JsonObject other =
        object("{\"device_id\": \"oven-2\", \"timestamp\": \"2026-01-01T00:00:00.000000Z\"}");
    persist(EVENT.toBuilder().put("payload", other).build());
    assertThat(cloud.hotStore.all()).hasSize(1);
    assertThat(cloud.invoker.later()).isEmpty();
    JsonObject marked = other.toBuilder().put("_verify", "v-1").build();
    persist(EVENT.toBuilder().put("payload", marked).build());
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-event-checker");
  }

  @Test
  void eventsAreCheckedAlsoWhereTheStoreIsOnAnotherCloudWithThePlaceThatTheWriterGave() {
    remote();
    useEventChecking();
    cloud.remote.answers(
        200, -1, "{\"status\": \"Success\", \"id\": \"press-1_2026-01-01T00:00:00.000004Z\"}");
    persist();
    assertThat(cloud.invoker.onlyLater().event().object("payload").orElseThrow().text("timestamp"))
        .contains("2026-01-01T00:00:00.000004Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "OK", "{}", "[]", "{\"id\": 5}", "{\"id\": \"press-1_soon\"}"})
  void aWriterThatAnswersInOtherWordsHasStoredItWhereItWasToBe(String answer) {
    remote();
    useEventChecking();
    cloud.remote.answers(200, -1, answer);
    persist();
    assertThat(cloud.invoker.onlyLater().event().object("payload")).contains(ITEM);
  }

  @Test
  void aTwinServiceOnAnotherCloudIsPushedTheItem() {
    twin.provider("layer_4_provider", new JsonString("azure"));
    settings.put("REMOTE_TWIN_URL", "https://azure.test/plant-twin-updater");
    settings.put("REMOTE_TWIN_TOKEN", TOKEN);
    persist();
    JsonObject update = cloud.invoker.onlyLater().event();
    cloud.function(FunctionKind.PERSISTER, twin, settings).invoke(update);
    JsonObject sent = cloud.remote.onlyRequest().json();
    assertThat(sent.text("message_type")).contains("twin-update");
    assertThat(sent.text("target_layer")).contains("L4");
    assertThat(sent.object("payload")).contains(ITEM);
  }

  @Test
  void aTwinServiceOnItsOwnCloudIsHandedTheItem() {
    settings.put("TWIN_UPDATER_LAMBDA_NAME", "plant-twin-updater");
    persist();
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-twin-updater");
    assertThat(cloud.invoker.onlyLater().event().text("message_type")).contains("twin-update");
  }

  @Test
  void timesUnderOtherNamesThatUserCodeAddsAreNotStored() {
    JsonObject payload =
        EVENT.object("payload").orElseThrow().toBuilder().put("time", 5).put("ts", 6).build();
    persist(EVENT.toBuilder().put("payload", payload).build());
    assertThat(cloud.hotStore.all()).extracting(HotItem::body).containsExactly(ITEM);
  }

  @Test
  void traceIsNotStored() {
    persist();
    assertThat(cloud.hotStore.all().getFirst().body().has("trace_id")).isFalse();
  }

  private void remote() {
    twin.on("aws", "aws", "google");
    settings.put("REMOTE_WRITER_URL", "https://google.test/plant-hot-writer");
    settings.put("REMOTE_WRITER_TOKEN", TOKEN);
  }

  private void useEventChecking() {
    settings.put("USE_EVENT_CHECKING", "true");
    settings.put("EVENT_CHECKER_LAMBDA_NAME", "plant-event-checker");
    twin.ruleOfPress();
  }

  private void persist() {
    persist(EVENT);
  }

  private void persist(JsonObject event) {
    cloud.function(FunctionKind.PERSISTER, twin, settings).invoke(event);
  }
}
