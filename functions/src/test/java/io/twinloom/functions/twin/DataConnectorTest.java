package io.twinloom.functions.twin;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataConnectorTest {

  private static final JsonObject REQUEST =
      object(
          """
          {"workspaceId": "plant", "entityId": "hall", "componentName": "press",
           "selectedProperties": ["temperature"], "startTime": "2026-01-01T00:00:00Z"}
          """);

  private static final String ANSWER =
      """
      {"propertyValues":[{"entityPropertyReference":{"propertyName":"temperature"},\
      "values":[{"time":"2026-01-01T00:00:00.000000Z","value":{"doubleValue":21.50}}]}]}\
      """;

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
  private final Twin twin = new Twin().on("aws", "aws", "google");
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "REMOTE_READER_URL",
              "https://google.test/plant-hot-reader",
              "INTER_CLOUD_TOKEN",
              TOKEN));

  private HostedFunction connector(FunctionKind kind) {
    return cloud.function(kind, twin, settings);
  }

  private HostedFunction connector() {
    return connector(FunctionKind.DATA_CONNECTOR);
  }

  private void stayOnThisCloud() {
    settings.clear();
    settings.put("LOCAL_HOT_READER_NAME", "plant-hot-reader");
    twin.on("aws", "aws", "aws");
  }

  @Test
  void aRequestGoesToTheReaderOfTheOtherCloudAndItsAnswerComesBackAsItIs() {
    cloud.remote.answers(200, -1, ANSWER);
    assertThat(connector().invoke(REQUEST)).hasToString(ANSWER);
    Request request = cloud.remote.onlyRequest();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.url().toString()).isEqualTo("https://google.test/plant-hot-reader");
    assertThat(request.json()).isEqualTo(REQUEST);
    assertThat(cloud.log.onlyLine().device()).isEqualTo("press-1");
  }

  @Test
  void theRequestCarriesTheConnectionsTokenAndATrace() {
    cloud.remote.answers(200, -1, ANSWER);
    connector().invoke(REQUEST);
    assertThat(cloud.remote.onlyRequest().headers())
        .containsEntry("X-Inter-Cloud-Token", TOKEN)
        .containsEntry("X-Trace-Id", cloud.log.onlyLine().traceId())
        .containsKey("Idempotency-Key");
    assertThat(cloud.log.onlyLine().traceId()).isNotEmpty();
  }

  @Test
  void whereTheHotStoreIsOnThisCloudItsReaderIsCalled() {
    stayOnThisCloud();
    AtomicReference<JsonObject> asked = new AtomicReference<>();
    cloud.invoker.define(
        "plant-hot-reader",
        request -> {
          asked.set(request);
          return object(ANSWER);
        });
    assertThat(connector().invoke(REQUEST)).hasToString(ANSWER);
    assertThat(asked.get().text("componentName")).contains("press");
    assertThat(cloud.remote.requests()).isEmpty();
  }

  @Test
  void anAddressThatIsNotNeededIsNotUsedAndSaysSo() {
    stayOnThisCloud();
    settings.put("REMOTE_READER_URL", "https://google.test/plant-hot-reader");
    cloud.invoker.define("plant-hot-reader", request -> object(ANSWER));
    assertThat(connector().invoke(REQUEST)).hasToString(ANSWER);
    assertThat(cloud.log.messages(Level.WARN))
        .singleElement()
        .asString()
        .contains("REMOTE_READER_URL", "the same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void withoutAnAddressAndAReaderOfItsOwnCloudItDoesNotStart(String blank) {
    settings.put("REMOTE_READER_URL", blank);
    assertThatThrownBy(this::connector)
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("REMOTE_READER_URL");
  }

  @Test
  void withoutATokenItDoesNotStart() {
    settings.remove("INTER_CLOUD_TOKEN");
    assertThatThrownBy(this::connector)
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("INTER_CLOUD_TOKEN");
  }

  @Test
  void aNetworkErrorIsTriedAgain() {
    cloud.remote.fails(new ConnectException("refused")).answers(503).answers(200, -1, ANSWER);
    assertThat(connector().invoke(REQUEST)).hasToString(ANSWER);
    assertThat(cloud.remote.requests()).hasSize(3);
    assertThat(cloud.remote.requests())
        .extracting(request -> request.headers().get("Idempotency-Key"))
        .as("the same request")
        .containsOnly(cloud.remote.requests().getFirst().headers().get("Idempotency-Key"));
    assertThat(cloud.pauses).hasSize(2);
  }

  @Test
  void aReaderThatDoesNotAnswerInTimeGetsThirtySecondsFourTimes() {
    cloud.remote.fails(new HttpTimeoutException("request timed out"));
    assertThat(connector().invoke(REQUEST)).hasToString("{\"propertyValues\":[]}");
    assertThat(cloud.remote.requests())
        .hasSize(4)
        .extracting(Request::timeout)
        .containsOnly(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @EnumSource(names = {"DATA_CONNECTOR", "DATA_CONNECTOR_LAST_ENTRY"})
  void toTheTwinServiceAnErrorIsAnAnswerWithoutValuesThatIsLoggedAndCounted(FunctionKind kind) {
    cloud.remote.answers(401);
    assertThat(connector(kind).invoke(REQUEST))
        .hasToString(
            kind == FunctionKind.DATA_CONNECTOR
                ? "{\"propertyValues\":[]}"
                : "{\"propertyValues\":{}}");
    assertThat(cloud.remote.requests()).as("a refusal is final").hasSize(1);
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-REMOTE-REFUSED");
    assertThat(cloud.log.messages(Level.ERROR)).singleElement().asString().contains("401");
    assertThat(cloud.log.counts()).containsExactly("empty-answer-for-an-error");
  }

  @Test
  void whatIsNoAnswerIsAnErrorToo() {
    cloud.remote.answers(200, -1, "<html>");
    assertThat(connector().invoke(REQUEST)).hasToString("{\"propertyValues\":[]}");
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-REMOTE-ANSWER");
  }

  @Test
  void aComponentThatHasNoDeviceIsNotAskedFor() {
    assertThat(connector().invoke(REQUEST.toBuilder().put("componentName", "../press").build()))
        .hasToString("{\"propertyValues\":[]}");
    assertThat(cloud.remote.requests()).isEmpty();
  }

  @Test
  void anotherFunctionThatAsksForItemsGetsThemOrTheError() {
    JsonObject query = object("{\"device_id\": \"press-1\", \"limit\": \"5\"}");
    cloud.remote.answers(200, -1, "{\"items\":[],\"count\":0}").fails(new IOException("cut"));
    assertThat(connector().invoke(query)).hasToString("{\"items\":[],\"count\":0}");
    assertThatThrownBy(() -> connector().invoke(query)).isInstanceOf(RemoteException.class);
    assertThatThrownBy(() -> connector().invoke(object("{\"device_id\": \"nobody\"}")))
        .isInstanceOf(TwinloomException.class);
  }

  @Test
  void itHasNoEndpoint() {
    assertThat(connector().isReceiver()).isFalse();
    assertThat(connector().refuse(new HttpHead("POST", Map.of(), Map.of())).orElseThrow().status())
        .isEqualTo(404);
  }
}
