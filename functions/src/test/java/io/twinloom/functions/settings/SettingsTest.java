package io.twinloom.functions.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.catalog.FunctionCatalog;
import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.event.EventChecker;
import io.twinloom.functions.event.EventFeedback;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.iot.Connector;
import io.twinloom.functions.iot.Dispatcher;
import io.twinloom.functions.processing.Persister;
import io.twinloom.functions.processing.ProcessorWrapper;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Local;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.json.JsonString;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pins every default and every variable's name. */
class SettingsTest {

  private static final Route STAYS = new Local("");
  private final Twin twin = new Twin().on("aws", "azure", "google");

  /** The kinds that there are; the test is to name each new one. */
  enum Built {
    DISPATCHER,
    CONNECTOR,
    INGESTION,
    PROCESSOR,
    PERSISTER,
    HOT_WRITER,
    HOT_READER,
    HOT_READER_LAST_ENTRY,
    EVENT_CHECKER,
    EVENT_FEEDBACK,
    FEEDBACK_GATEWAY
  }

  @Test
  void theDispatchersDefaults() {
    assertThat(Dispatcher.Settings.of(environment(Map.of()), info(twin)))
        .isEqualTo(new Dispatcher.Settings("plant-processor", false));
    assertThat(
            Dispatcher.Settings.of(environment(Map.of("TARGET_FUNCTION_SUFFIX", " ")), info(twin)))
        .isEqualTo(new Dispatcher.Settings("plant-processor", false));
  }

  @Test
  void theDispatchersVariables() {
    assertThat(
            Dispatcher.Settings.of(
                environment(
                    Map.of("TARGET_FUNCTION_SUFFIX", " -connector ", "NOTE_DEVICES", "true")),
                info(twin)))
        .isEqualTo(new Dispatcher.Settings("plant-connector", true));
  }

  @Test
  void theConnectorsVariables() {
    Remote remote = new Remote(URI.create("https://azure.test/in"), Twin.TOKEN);
    for (String token : new String[] {"INTER_CLOUD_TOKEN", "REMOTE_INGESTION_TOKEN"}) {
      assertThat(
              Connector.Settings.of(
                  environment(
                      Map.of("REMOTE_INGESTION_URL", "https://azure.test/in", token, Twin.TOKEN)),
                  info(twin)))
          .isEqualTo(new Connector.Settings(remote, "plant-processor"));
    }
  }

  @Test
  void theProcessorsVariables() {
    assertThat(
            ProcessorWrapper.Settings.of(
                environment(Map.of("PERSISTER_LAMBDA_NAME", "plant-persister"))))
        .isEqualTo(new ProcessorWrapper.Settings("plant-persister"));
  }

  @Test
  void thePersistersDefaults() {
    assertThat(Persister.Settings.of(environment(Map.of()), info(new Twin())))
        .isEqualTo(
            new Persister.Settings(STAYS, Optional.empty(), STAYS, Optional.empty(), List.of()));
  }

  @Test
  void thePersistersVariables() {
    assertThat(
            Persister.Settings.of(
                environment(
                    Map.of(
                        "REMOTE_WRITER_URL", "https://google.test/w",
                        "REMOTE_WRITER_TOKEN", "token-w",
                        "USE_EVENT_CHECKING", "true",
                        "EVENT_CHECKER_LAMBDA_NAME", "plant-event-checker",
                        "REMOTE_TWIN_URL", "https://aws.test/t",
                        "REMOTE_TWIN_TOKEN", "token-t",
                        "TWIN_UPDATER_LAMBDA_NAME", "plant-twin-updater")),
                info(twin)))
        .isEqualTo(
            new Persister.Settings(
                new Remote(URI.create("https://google.test/w"), "token-w"),
                Optional.of("plant-event-checker"),
                new Remote(URI.create("https://aws.test/t"), "token-t"),
                Optional.of("plant-twin-updater"),
                List.of()));
  }

  @Test
  void thePersisterDoesNotAskForAnEventCheckerThatIsNotUsed() {
    Environment unused =
        environment(Map.of("USE_EVENT_CHECKING", "false", "EVENT_CHECKER_LAMBDA_NAME", "checker"));
    assertThat(Persister.Settings.of(unused, info(new Twin())).eventChecker()).isEmpty();
  }

  @Test
  void theEventCheckersDefaults() {
    assertThat(EventChecker.Settings.of(environment(Map.of()), info(twin), KnownClouds.AWS))
        .isEqualTo(new EventChecker.Settings(Optional.empty(), Optional.empty(), Set.of()));
  }

  @Test
  void theEventCheckersVariables() {
    Map<String, String> all =
        Map.of(
            "USE_WORKFLOW", "true",
            "LAMBDA_CHAIN_STEP_FUNCTION_ARN", "arn:aws:states:x",
            "USE_FEEDBACK", "true",
            "EVENT_FEEDBACK_LAMBDA_NAME", "plant-event-feedback",
            "ABSENT_FUNCTIONS", "theirs,others");
    Optional<String> feedback = Optional.of("plant-event-feedback");
    Set<String> absent = Set.of("theirs", "others");
    assertThat(EventChecker.Settings.of(environment(all), info(twin), KnownClouds.AWS))
        .isEqualTo(new EventChecker.Settings(Optional.of("arn:aws:states:x"), feedback, absent));
    assertThat(EventChecker.Settings.of(environment(all), info(twin), KnownClouds.GOOGLE))
        .isEqualTo(new EventChecker.Settings(Optional.of("plant-workflow"), feedback, absent));
  }

  @Test
  void theEventFeedbacksVariables() {
    assertThat(EventFeedback.Settings.of(environment(Map.of()), info(new Twin())))
        .isEqualTo(new EventFeedback.Settings(STAYS, List.of(), Optional.empty()));
    for (String token : new String[] {"INTER_CLOUD_TOKEN", "REMOTE_FEEDBACK_TOKEN"}) {
      assertThat(
              EventFeedback.Settings.of(
                  environment(
                      Map.of(
                          "REMOTE_FEEDBACK_URL",
                          "https://aws.test/f",
                          token,
                          "token-f",
                          "USER_FEEDBACK_LAMBDA_NAME",
                          "plant-user-feedback")),
                  info(twin)))
          .isEqualTo(
              new EventFeedback.Settings(
                  new Remote(URI.create("https://aws.test/f"), "token-f"),
                  List.of(),
                  Optional.of("plant-user-feedback")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PROCESSOR, PERSISTER_LAMBDA_NAME",
    "PERSISTER, EVENT_CHECKER_LAMBDA_NAME",
    "EVENT_CHECKER, LAMBDA_CHAIN_STEP_FUNCTION_ARN",
    "EVENT_CHECKER, EVENT_FEEDBACK_LAMBDA_NAME",
  })
  void aRequiredVariableThatIsMissingOrBlankStopsTheStartWithItsName(
      FunctionKind kind, String variable) {
    for (Map<String, String> settings :
        java.util.List.of(Map.<String, String>of(), Map.of(variable, " \t"))) {
      Map<String, String> all = new HashMap<>(settings);
      all.put("USE_EVENT_CHECKING", "true");
      all.put(variable.startsWith("LAMBDA_CHAIN") ? "USE_WORKFLOW" : "USE_FEEDBACK", "true");
      assertThatThrownBy(() -> new FakeCloud(KnownClouds.AWS).function(kind, new Twin(), all))
          .isInstanceOf(ConfigurationError.class)
          .hasMessageContaining(variable);
    }
  }

  @ParameterizedTest
  @EnumSource(Built.class)
  void everyFunctionNeedsTheTwinsInfo(Built built) {
    for (Map<String, String> settings :
        java.util.List.of(Map.<String, String>of(), Map.of("DIGITAL_TWIN_INFO", "  "))) {
      assertThatThrownBy(() -> create(built, settings))
          .isInstanceOf(ConfigurationError.class)
          .hasMessageContaining("DIGITAL_TWIN_INFO");
    }
  }

  @ParameterizedTest
  @EnumSource(Built.class)
  void anEmptyTwinIsAnErrorAtTheStartAndNotASilentFailure(Built built) {
    for (String empty : java.util.List.of("{}", "null", "none")) {
      assertThatThrownBy(() -> create(built, Map.of("DIGITAL_TWIN_INFO", empty)))
          .isInstanceOf(ConfigurationError.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOT_WRITER", "HOT_READER", "HOT_READER_LAST_ENTRY", "PERSISTER"})
  void aFunctionOfTheHotStoreDoesNotStartOnACloudWithoutOne(FunctionKind kind) {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.remove(cloud.hotStore);
    assertThatThrownBy(() -> cloud.function(kind, new Twin(), Map.of()))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("hot store");
  }

  @Test
  void aKindThatIsNoSystemFunctionIsRefused() {
    assertThatThrownBy(
            () ->
                new FakeCloud(KnownClouds.AWS)
                    .function(FunctionKind.USER_PROCESSOR, new Twin(), Map.of()))
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("user-processor");
  }

  @Test
  void anUnusableSwitchIsAnError() {
    assertThatThrownBy(
            () ->
                Persister.Settings.of(
                    environment(Map.of("USE_EVENT_CHECKING", "1")), info(new Twin())))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("USE_EVENT_CHECKING");
  }

  @Test
  void theTwinServiceIsNoCrossingWhereNoAddressIsSet() {
    Twin elsewhere = new Twin().provider("layer_4_provider", new JsonString("azure"));
    assertThat(Persister.Settings.of(environment(Map.of()), info(elsewhere)).twin())
        .isEqualTo(STAYS);
  }

  private static void create(Built built, Map<String, String> settings) {
    FunctionCatalog.create(
        FunctionKind.valueOf(built.name()),
        "plant-f",
        settings,
        new TwinInfoSource(),
        new FakeCloud(KnownClouds.AWS));
  }

  private static Environment environment(Map<String, String> settings) {
    return new Environment(settings);
  }

  private static TwinInfo info(Twin twin) {
    return new TwinInfoSource().read(new Environment(Map.of("DIGITAL_TWIN_INFO", twin.json())));
  }
}
