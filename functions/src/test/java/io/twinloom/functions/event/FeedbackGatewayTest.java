package io.twinloom.functions.event;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeDevices.Sent;
import io.twinloom.functions.fake.RecordingLog.Line;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.Json;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackGatewayTest {

  private static final String BODY =
      """
      {"source_cloud": "gcp", "target_layer": "L1", "message_type": "command",
       "timestamp": "2026-01-01T00:00:01.000000Z",
       "payload": {"digitalTwinName": "plant", "iotDeviceId": "oven-2", "payload": {"heat": 1.50}},
       "trace_id": "3f0e6c1e-0000-4000-8000-000000000001", "event_id": "PyY0Lw-xWzY"}
      """;

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
  private final HostedFunction gateway =
      cloud.function(
          FunctionKind.FEEDBACK_GATEWAY,
          new Twin().on("aws", "google", "google"),
          Map.of("INTER_CLOUD_TOKEN", TOKEN));

  @Test
  void withItsTokenACommandIsSentToTheDevice() {
    HttpAnswer answer = post(TOKEN, BODY);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Json.parseObject(answer.body())).isEqualTo(object("{\"status\": \"Success\"}"));
    assertThat(cloud.devices.sent()).containsExactly(new Sent("oven-2", "{\"heat\":1.50}"));
    assertThat(cloud.log.onlyLine())
        .isEqualTo(
            new Line(
                "plant-feedback-gateway",
                "gcp",
                "3f0e6c1e-0000-4000-8000-000000000001",
                "oven-2",
                "ok"));
  }

  private HostedFunction moved() {
    return cloud.function(
        FunctionKind.FEEDBACK_GATEWAY,
        new Twin().on("aws", "google", "google").previous("layer_1_provider", "google", "azure"),
        Map.of(
            "INTER_CLOUD_TOKEN", TOKEN,
            "REMOTE_PREVIOUS_1_FEEDBACK_URL", "https://google.test/plant-feedback-gateway",
            "REMOTE_PREVIOUS_1_FEEDBACK_TOKEN", TOKEN,
            "REMOTE_PREVIOUS_2_FEEDBACK_URL", "https://azure.test/plant-feedback-gateway",
            "REMOTE_PREVIOUS_2_FEEDBACK_TOKEN", TOKEN));
  }

  @Test
  void whereNobodyKnowsOnWhichCloudTheDeviceIsItsCommandGoesToAllOfThem() {
    HostedFunction moved = moved();
    cloud.devices.loseSight();
    cloud.seen.fail(true);

    assertThat(post(moved, TOKEN, BODY).status()).isEqualTo(200);

    assertThat(cloud.log.counts()).containsOnlyOnce(CommandWay.NOT_READ);
    assertThat(cloud.devices.sent()).containsExactly(new Sent("oven-2", "{\"heat\":1.50}"));
    assertThat(hosts()).containsExactly("google.test", "azure.test");
  }

  @Test
  void ofSeveralFormerCloudsOnlyTheOneOnWhichTheDeviceIsGetsItsCommand() {
    HostedFunction moved = moved();
    cloud.devices.moved("oven-2", KnownClouds.AZURE);

    assertThat(post(moved, TOKEN, BODY).status()).isEqualTo(200);

    assertThat(cloud.remote.onlyRequest().url().getHost()).isEqualTo("azure.test");
    assertThat(cloud.devices.sent()).isEmpty();
  }

  @Test
  void aCommandGoesToTheNewCloudOnceItsDeviceWasSeenThere() {
    HostedFunction moved = moved();
    cloud.devices.loseSight();
    cloud.seen.note("oven-2", FakeCloud.NOW.minus(Duration.ofHours(23)));

    assertThat(post(moved, TOKEN, BODY).status()).isEqualTo(200);

    assertThat(cloud.devices.sent()).containsExactly(new Sent("oven-2", "{\"heat\":1.50}"));
    assertThat(cloud.remote.requests()).isEmpty();
  }

  @Test
  void aCommandForADeviceThatTheNewCloudHasNotSeenGoesToTheFormerOnes() {
    HostedFunction moved = moved();
    cloud.devices.loseSight();

    assertThat(post(moved, TOKEN, BODY).status()).isEqualTo(200);

    assertThat(cloud.devices.sent()).isEmpty();
    assertThat(hosts()).containsExactly("google.test", "azure.test");
  }

  @Test
  void aCommandForADeviceThatMayHaveGoneBackGoesToAllOfThem() {
    HostedFunction moved = moved();
    cloud.devices.loseSight();
    cloud.seen.note("oven-2", FakeCloud.NOW.minus(Duration.ofHours(25)));

    assertThat(post(moved, TOKEN, BODY).status()).isEqualTo(200);

    assertThat(cloud.devices.sent()).hasSize(1);
    assertThat(hosts()).containsExactly("google.test", "azure.test");
  }

  private List<String> hosts() {
    return cloud.remote.requests().stream().map(request -> request.url().getHost()).toList();
  }

  @Test
  void whatAnEnvelopeLacksIsFilledIn() {
    String payload =
        "{\"payload\": {\"digitalTwinName\": \"plant\", \"iotDeviceId\": \"oven-2\","
            + " \"payload\": \"stop\"}}";
    assertThat(post(TOKEN, payload).status()).isEqualTo(200);
    assertThat(cloud.devices.sent()).containsExactly(new Sent("oven-2", "\"stop\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", "  ", TOKEN + "x"})
  void withAnotherTokenItIsForbidden(String token) {
    assertThat(post(token, BODY).status()).isEqualTo(403);
    assertThat(cloud.devices.sent()).isEmpty();
  }

  @Test
  void withoutATokenOfItsOwnItStartsSaysSoAndRefusesAll() {
    FakeCloud bare = new FakeCloud(KnownClouds.AWS);
    HostedFunction open = bare.function(FunctionKind.FEEDBACK_GATEWAY, new Twin(), Map.of());
    assertThat(bare.log.messages(Level.ERROR)).hasSize(1);
    HttpHead head = new HttpHead("POST", Map.of("x-inter-cloud-token", ""), Map.of());
    assertThat(open.receive(head, BODY.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(403);
    assertThat(bare.devices.sent()).isEmpty();
  }

  @Test
  void refusalsComeInTheOrderMethodTokenSizeBody() {
    byte[] huge = new byte[6_291_457];
    HttpHead getter = new HttpHead("GET", Map.of(), Map.of());
    assertThat(gateway.receive(getter, huge).status()).isEqualTo(405);
    HttpHead nobody = new HttpHead("POST", Map.of(), Map.of());
    assertThat(gateway.receive(nobody, huge).status()).isEqualTo(403);
    HttpHead known = new HttpHead("POST", Map.of("x-inter-cloud-token", TOKEN), Map.of());
    assertThat(gateway.receive(known, huge).status()).isEqualTo(413);
    assertThat(gateway.receive(known, new byte[0]).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '´',
      value = {
        "[1]                                                                        | a list",
        "{}                                                                         | no payload",
        "{\"payload\": [1]}                                                         | payload",
        "{\"payload\": {\"iotDeviceId\": \"oven-2\", \"payload\": 1}}               |"
            + " digitalTwinName",
        "{\"payload\": {\"digitalTwinName\": 7, \"iotDeviceId\": \"oven-2\", \"payload\": 1}} |"
            + " digitalTwinName",
        "{\"payload\": {\"digitalTwinName\": \"other\", \"iotDeviceId\": \"oven-2\", \"payload\":"
            + " 1}} | other",
        "{\"payload\": {\"digitalTwinName\": \"plant\", \"payload\": 1}}            | iotDeviceId",
        "{\"payload\": {\"digitalTwinName\": \"plant\", \"iotDeviceId\": \"+\", \"payload\": 1}} |"
            + " +",
        "{\"payload\": {\"digitalTwinName\": \"plant\", \"iotDeviceId\": \"oven-2\"}} | no payload",
        "{\"message_type\": \"telemetry\", \"payload\": {}}                         | message_type",
      })
  void whatIsNoCommandIsABadRequest(String body, String why) {
    HttpAnswer answer = post(TOKEN, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Json.parseObject(answer.body()).text("error").orElseThrow()).contains(why);
    assertThat(cloud.devices.sent()).isEmpty();
  }

  @Test
  void aCommandOver60KibIsTooLarge() {
    String most = "x".repeat(60 * 1024 - 2);
    assertThat(post(TOKEN, BODY.replace("{\"heat\": 1.50}", "\"" + most + "\"")).status())
        .isEqualTo(200);
    assertThat(post(TOKEN, BODY.replace("{\"heat\": 1.50}", "\"" + most + "x\"")).status())
        .isEqualTo(413);
  }

  @Test
  void textThatIsNoUnicodeIsABadRequest() {
    assertThat(post(TOKEN, BODY.replace("1.50", "\"\\ud83d\"")).status()).isEqualTo(400);
  }

  @Test
  void aDeviceForWhichTooMuchWaitsIsARefusalAndNoFaultOfTheGateway() {
    cloud.devices.fail(Reason.LIMIT_EXCEEDED);
    assertThat(post(TOKEN, BODY).status()).isEqualTo(409);
  }

  @Test
  void aChannelThatDoesNotTakeItIsAServerError() {
    cloud.devices.fail(Reason.UNAVAILABLE);
    HttpAnswer answer = post(TOKEN, BODY);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(Json.parseObject(answer.body()).has("error")).isTrue();
  }

  private HttpAnswer post(String token, String body) {
    return post(gateway, token, body);
  }

  private static HttpAnswer post(HostedFunction gateway, String token, String body) {
    return gateway.receive(
        new HttpHead("POST", Map.of("x-inter-cloud-token", token), Map.of()),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
