package io.twinloom.functions.processing;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.processing.PersisterTest.EVENT;
import static io.twinloom.functions.processing.PersisterTest.TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeInvoker.Later;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules are checked once, however often the twin has to be updated. */
class TwinPushTest {

  private static final String PERSISTER = "plant-persister";
  private static final String CHECKER = "plant-event-checker";

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
  private final Twin twin = new Twin().ruleOfPress();
  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void twinOnAnotherCloudAndRules() {
    twin.provider("layer_4_provider", new JsonString("azure"));
    settings.put("REMOTE_TWIN_URL", "https://azure.test/plant-twin-updater");
    settings.put("REMOTE_TWIN_TOKEN", TOKEN);
    settings.put("USE_EVENT_CHECKING", "true");
    settings.put("EVENT_CHECKER_LAMBDA_NAME", CHECKER);
  }

  @Test
  void theUpdateOfATwinOnAnotherCloudIsAnEventOfItsOwnBehindTheRules() {
    persist(EVENT);
    assertThat(handedTo()).containsExactly(CHECKER, PERSISTER);
    assertThat(cloud.remote.requests()).as("rules do not wait for a twin").isEmpty();

    persist(left());
    assertThat(cloud.remote.onlyRequest().json().object("payload"))
        .contains(cloud.hotStore.all().getFirst().body());
    assertThat(handedTo()).containsExactly(CHECKER, PERSISTER);
  }

  @Test
  void aTwinThatIsAwayForSeveralAttemptsIsUpdatedLaterAndTheRulesAreCheckedOnce() {
    cloud.remote.answers(503);
    persist(EVENT);
    JsonObject left = left();
    assertThatThrownBy(() -> persist(left)).isInstanceOf(RemoteException.class);
    assertThatThrownBy(() -> persist(left)).isInstanceOf(RemoteException.class);
    // Another process: it knows nothing of the failures.
    FakeCloud later = new FakeCloud(KnownClouds.AWS);
    later.function(FunctionKind.PERSISTER, twin, settings).invoke(left);

    assertThat(later.remote.onlyRequest().json().object("payload"))
        .contains(cloud.hotStore.all().getFirst().body());
    assertThat(later.remote.onlyRequest().headers().get("Idempotency-Key")).startsWith(TRACE);
    assertThat(later.hotStore.all()).as("it is stored already").isEmpty();
    assertThat(later.invoker.later()).isEmpty();
    assertThat(handedTo()).containsExactly(CHECKER, PERSISTER);
    assertThat(cloud.deadLetters).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 413})
  void anUpdateThatIsRefusedIsADeadLetterWhoseReplayUpdatesTheTwinAndNothingElse(int status) {
    cloud.remote.answers(status).answers(200);
    persist(EVENT);
    JsonObject left = left();
    persist(left);
    assertThat(cloud.onlyDeadLetter().function()).isEqualTo(PERSISTER);
    assertThat(cloud.onlyDeadLetter().event()).isEqualTo(left);
    assertThat(cloud.onlyDeadLetter().traceId()).isEqualTo(TRACE);

    persist((JsonObject) cloud.onlyDeadLetter().event());
    assertThat(cloud.remote.requests()).hasSize(2);
    assertThat(handedTo()).containsExactly(CHECKER, PERSISTER);
    assertThat(cloud.hotStore.all()).hasSize(1);
  }

  @Test
  void anUpdateThatWasLeftGoesToWhereTheTwinIsByNow() {
    cloud.remote.answers(503);
    persist(EVENT);
    settings.remove("REMOTE_TWIN_URL");
    settings.remove("REMOTE_TWIN_TOKEN");
    JsonObject left = left();
    persist(left);
    assertThat(handedTo()).as("there is no twin any more").containsExactly(CHECKER, PERSISTER);
    settings.put("TWIN_UPDATER_LAMBDA_NAME", "plant-twin-updater");
    persist(left);
    assertThat(handedTo()).containsExactly(CHECKER, PERSISTER, "plant-twin-updater");
  }

  @Test
  void whileLayerFourMovesBothTwinsAreUpdatedAndNeitherWaitsForTheOther() {
    twin.previous("layer_4_provider", "google", "aws");
    settings.put("REMOTE_PREVIOUS_1_TWIN_URL", "https://google.test/plant-twin-updater");
    settings.put("REMOTE_PREVIOUS_1_TWIN_TOKEN", TOKEN);
    persist(EVENT);
    assertThat(handedTo()).containsExactly(CHECKER, PERSISTER, PERSISTER);
    List<JsonObject> updates =
        cloud.invoker.later().stream()
            .filter(later -> later.function().equals(PERSISTER))
            .map(Later::event)
            .toList();
    updates.forEach(this::persist);
    assertThat(cloud.remote.requests())
        .extracting(request -> request.url().getHost())
        .containsExactly("azure.test", "google.test");
    assertThat(cloud.remote.requests())
        .allMatch(request -> request.json().text("target_layer").orElse("").equals("L4"));

    twin.without("previous");
    updates.forEach(this::persist);
    assertThat(cloud.remote.requests()).as("the old twin is gone").hasSize(3);
  }

  @Test
  void anAddressOfAFurtherTwinOnTheOwnCloudIsAWarning() {
    FakeCloud google = new FakeCloud(KnownClouds.GOOGLE);
    twin.on("google", "google", "google").previous("layer_4_provider", "google");
    settings.put("REMOTE_PREVIOUS_1_TWIN_URL", "https://google.test/plant-twin-updater");
    google.function(FunctionKind.PERSISTER, twin, settings);
    assertThat(google.log.messages(Level.WARN))
        .singleElement()
        .asString()
        .contains("REMOTE_PREVIOUS_1_TWIN_URL");
  }

  @Test
  void anUpdaterOfItsOwnCloudThatCannotBeInvokedRepeatsThePersisterBeforeAnyRuleIsJudged() {
    settings.remove("REMOTE_TWIN_URL");
    settings.put("TWIN_UPDATER_LAMBDA_NAME", "plant-twin-updater");
    cloud.invoker.fails("plant-twin-updater", Reason.UNAVAILABLE);
    assertThatThrownBy(() -> persist(EVENT)).isInstanceOf(InvocationException.class);
    assertThat(handedTo()).isEmpty();
  }

  @Test
  void aMeasurementThatCallsItselfAnUpdateIsStoredAndCheckedAsAnyOther() {
    persist(EVENT.toBuilder().put("message_type", "twin-update").build());
    assertThat(cloud.hotStore.all())
        .extracting(HotItem::timestamp)
        .containsExactly("2026-01-01T00:00:00.000000Z");
    assertThat(handedTo()).containsExactly(CHECKER, PERSISTER);
  }

  private List<String> handedTo() {
    return cloud.invoker.later().stream().map(Later::function).toList();
  }

  /** What the persister has handed to itself. */
  private JsonObject left() {
    Later last = cloud.invoker.later().getLast();
    assertThat(last.function()).isEqualTo(PERSISTER);
    return last.event();
  }

  private void persist(JsonObject event) {
    cloud.function(FunctionKind.PERSISTER, twin, settings).invoke(event);
  }
}
