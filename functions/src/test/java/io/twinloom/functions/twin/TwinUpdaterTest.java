package io.twinloom.functions.twin;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.port.TwinGraph.Value;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonString;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Entity;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwinUpdaterTest {

  private static final String TIME = "2026-01-01T00:00:05.000000Z";

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
  private final Twin twin = new Twin().provider("layer_4_provider", new JsonString("azure"));

  TwinUpdaterTest() {
    cloud.twinGraph.define(Halls.definition());
  }

  private HostedFunction updater() {
    return cloud.function(FunctionKind.TWIN_UPDATER, twin, Map.of("INTER_CLOUD_TOKEN", TOKEN));
  }

  private static String envelope(String time, String values) {
    return """
    {"source_cloud": "aws", "target_layer": "L4", "message_type": "twin-update",
     "timestamp": "2026-01-01T00:00:09.000000Z", "trace_id": "3f0e6c1e-0000-4000-8000-000000000001", "event_id": "e1",
     "payload": {"id": "press-1_%1$s", "device_id": "press-1", "timestamp": "%1$s",
                 "event_id": "e1", %2$s}}
    """
        .formatted(time, values);
  }

  private HttpAnswer post(String body, String token) {
    return updater()
        .receive(
            new HttpHead("POST", Map.of("x-inter-cloud-token", token), Map.of()),
            body.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Value> values() {
    return cloud.twinGraph.values("hall", "press");
  }

  @Test
  void anItemsValuesAreTheNewestOfItsComponent() {
    HttpAnswer answer =
        post(envelope(TIME, "\"temperature\": 21.50, \"state\": \"up\", \"other\": 1"), TOKEN);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).asString().isEqualTo("{\"status\":\"Success\"}");
    assertThat(values())
        .isEqualTo(
            Map.of(
                "temperature", new Value(new JsonNumber("21.50"), TIME),
                "state", new Value(new JsonString("up"), TIME)));
    assertThat(cloud.log.onlyLine().traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(cloud.log.onlyLine().sourceCloud()).isEqualTo("aws");
    assertThat(cloud.log.onlyLine().device()).isEqualTo("press-1");
  }

  @Test
  void aComponentWhoseNameOtherCloudsDoNotAllowIsUpdatedOnce() {
    Component press =
        new Component(
            "Presse.1",
            "press",
            Optional.of("press-1"),
            List.of(new Device.Property("temperature", DataType.DOUBLE, Optional.empty())),
            List.of());
    cloud.twinGraph.define(
        GraphDefinition.of(
            new Hierarchy(
                List.of(new Entity("hall", List.of(), List.of(press), List.of())), false)));
    twin.with(
        "twin_hierarchy",
        object(
            "{\"type\": \"entity\", \"id\": \"hall\", \"children\": [{\"type\": \"component\","
                + " \"name\": \"Presse.1\", \"componentTypeId\": \"press\", \"iotDeviceId\":"
                + " \"press-1\"}]}"));

    assertThat(post(envelope(TIME, "\"temperature\": 50"), TOKEN).status()).isEqualTo(200);

    assertThat(cloud.twinGraph.values("hall", "Presse.1")).containsOnlyKeys("temperature");
    assertThat(cloud.log.counts()).as("of a component that is not there").isEmpty();
  }

  @Test
  void anOlderItemChangesNothingAndIsASuccess() {
    post(envelope(TIME, "\"temperature\": 50"), TOKEN);
    HttpAnswer answer = post(envelope("2026-01-01T00:00:04Z", "\"temperature\": 40"), TOKEN);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(values()).containsEntry("temperature", new Value(JsonNumber.of(50), TIME));
    assertThat(cloud.log.counts()).containsExactly("twin-has-newer-values");
  }

  @Test
  void deliveredAgainItChangesNothing() {
    post(envelope(TIME, "\"temperature\": 50"), TOKEN);
    Map<String, Value> once = values();
    assertThat(post(envelope(TIME, "\"temperature\": 50"), TOKEN).status()).isEqualTo(200);
    assertThat(values()).isEqualTo(once);
  }

  @Test
  void aMarkedMeasurementLeavesNoValue() {
    HttpAnswer answer = post(envelope(TIME, "\"temperature\": 50, \"_verify\": \"v1\""), TOKEN);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(values()).isEmpty();
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("ok");
  }

  @Test
  void calledOnItsOwnCloudItDoesTheSame() {
    assertThat(updater().invoke(object(envelope(TIME, "\"temperature\": 50"))))
        .isEqualTo(object("{\"status\": \"Success\"}"));
    assertThat(values()).containsOnlyKeys("temperature");
  }

  @Test
  void everyComponentOfTheDeviceIsUpdated() {
    twin.with(
        "twin_hierarchy",
        Twin.array(
            """
            [{"type": "entity", "id": "hall", "children": [
               {"type": "component", "name": "press", "iotDeviceId": "press-1"}]},
             {"type": "entity", "id": "line", "children": [
               {"type": "component", "name": "first", "iotDeviceId": "press-1"}]}]
            """));
    post(envelope(TIME, "\"temperature\": 50"), TOKEN);
    assertThat(values()).containsOnlyKeys("temperature");
    assertThat(cloud.log.counts())
        .as("line is not in the graph yet")
        .containsExactly("component-not-in-the-twin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"payload\": 1}",
        "{\"payload\": {\"device_id\": \"press-1\"}}",
        "{\"payload\": {\"device_id\": \"nobody\", \"timestamp\": 1}}",
        "{\"payload\": {\"device_id\": \"../press-1\", \"timestamp\": 1}}",
        "{\"payload\": {\"device_id\": \"press-1\", \"timestamp\": \"soon\"}}",
        "invalid JSON",
        ""
      })
  void whatIsNoItemIsABadRequest(String body) {
    assertThat(post(body, TOKEN).status()).isEqualTo(400);
    assertThat(values()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong"})
  void withoutItsTokenItIsForbidden(String token) {
    assertThat(post(envelope(TIME, "\"temperature\": 50"), token).status()).isEqualTo(403);
    assertThat(values()).isEmpty();
  }

  @Test
  void aGraphThatFailsIsNoReasonToTryAnEventAgainThatIsRefused() {
    cloud.twinGraph.breakDown();
    List<Outcome> outcomes =
        updater()
            .invokeAll(
                List.of(
                    object(envelope(TIME, "\"temperature\": 50")),
                    object(envelope("no time", "\"temperature\": 50"))),
                cloud.invoker);
    assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Failed.class);
    assertThat(outcomes.getLast()).isInstanceOf(Outcome.GivenUp.class);
  }

  @Test
  void aGraphThatFailsIsAServerErrorAndAFailedInvocation() {
    cloud.twinGraph.breakDown();
    assertThat(post(envelope(TIME, "\"temperature\": 50"), TOKEN).status()).isEqualTo(500);
    assertThatThrownBy(() -> updater().invoke(object(envelope(TIME, "\"temperature\": 50"))))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void withoutAGraphItDoesNotStart() {
    cloud.remove(cloud.twinGraph);
    assertThatThrownBy(this::updater).isInstanceOf(ConfigurationError.class);
  }
}
