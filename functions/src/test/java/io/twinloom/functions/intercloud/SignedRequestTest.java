package io.twinloom.functions.intercloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeDevices.Sent;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.cloud.KnownClouds;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are signed as Standard Webhooks has it, from the sender to the receiver. */
class SignedRequestTest {

  private static final String OTHER = "another-token-of-this-connection-0123456789";
  private static final String ENVELOPE =
      """
      {"source_cloud": "aws", "target_layer": "L2", "message_type": "telemetry",
       "timestamp": "2026-03-01T11:59:59Z", "trace_id": "t-1",
       "payload": {"device_id": "press-1", "timestamp": "2026-03-01T11:59:58Z", "temperature": 1.50}}
      """;

  private static final String COMMAND =
      """
      {"message_type": "command", "trace_id": "t-1",
       "payload": {"digitalTwinName": "plant", "iotDeviceId": "oven-2", "payload": {"heat": 1.50}}}
      """;

  private final FakeCloud receiving = new FakeCloud(KnownClouds.GOOGLE);

  /** The expected one was computed with Python's hmac module. */
  @Test
  void aSignatureIsThatOfTheStandard() {
    assertThat(
            WebhookSignature.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1_614_265_330),
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8),
                List.of(Twin.TOKEN)))
        .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,t7WSTVLQYH9cvX9y08fiQ0oQiAE7LmqBYeh9fNS8uXM=");
  }

  @Test
  void whereSigningIsOnTheTokenAndTheSignatureGoAlong() {
    Request request = sent(SigningMode.ON, List.of(Twin.TOKEN));
    assertThat(request.headers())
        .containsEntry("X-Inter-Cloud-Token", Twin.TOKEN)
        .containsEntry("webhook-id", "key-1")
        .containsEntry("webhook-timestamp", Long.toString(FakeCloud.NOW.getEpochSecond()));
    assertThat(request.headers().get("webhook-signature")).startsWith("v1,").doesNotContain(" ");
    assertThat(received(request, "on", Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  void inStrictModeTheTokenIsNotSent() {
    Request request = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    assertThat(request.headers()).doesNotContainKey("X-Inter-Cloud-Token");
    assertThat(request.headers().toString()).doesNotContain(Twin.TOKEN);
    assertThat(received(request, "strict", Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  void withoutSigningThereIsNoSignature() {
    Request request = sent(SigningMode.OFF, List.of(Twin.TOKEN));
    assertThat(request.headers()).doesNotContainKey("webhook-signature");
  }

  @Test
  void inStrictModeARequestWithoutASignatureIsRefusedThoughItsTokenIsRight() {
    Request request = sent(SigningMode.OFF, List.of(Twin.TOKEN));
    assertThat(received(request, "strict", Twin.TOKEN).status()).isEqualTo(403);
    assertThat(received(request, "on", Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("a signed request comes without the token")
  void whereSigningIsOnASignatureWithoutTheTokenIsRefused() {
    Request request = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    assertThat(received(request, "on", Twin.TOKEN).status()).isEqualTo(403);
    assertThat(received(withToken(request, OTHER), "on", Twin.TOKEN).status()).isEqualTo(403);
    assertThat(received(withToken(request, Twin.TOKEN), "on", Twin.TOKEN).status()).isEqualTo(200);
    assertThat(receiving.invoker.later()).hasSize(1);
  }

  @Test
  void whereSigningIsOnAWrongSignatureBesideTheTokenIsRefused() {
    Request request = withToken(sent(SigningMode.STRICT, List.of(OTHER)), Twin.TOKEN);
    assertThat(received(request, "on", Twin.TOKEN).status()).isEqualTo(403);
    assertThat(received(request, "on,strict", Twin.TOKEN + "," + OTHER).status()).isEqualTo(403);
  }

  @Test
  void inStrictModeATokenBesideTheSignatureIsIgnored() {
    Request request = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    assertThat(received(withToken(request, Twin.TOKEN), "strict", Twin.TOKEN).status())
        .isEqualTo(200);
    assertThat(received(withToken(request, OTHER), "strict", Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  void aConnectionGoesToStrictAndBackWithoutARefusedRequest() {
    Request off = sent(SigningMode.OFF, List.of(Twin.TOKEN));
    Request on = sent(SigningMode.ON, List.of(Twin.TOKEN));
    Request strict = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    assertThat(received(off, "on", Twin.TOKEN).status()).isEqualTo(200);
    assertThat(received(on, "on", Twin.TOKEN).status()).isEqualTo(200);
    assertThat(received(on, "strict", Twin.TOKEN).status()).isEqualTo(200);
    assertThat(received(strict, "strict", Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  void aChangedBodyIsRefused() {
    Request request = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    HostedFunction ingestion = ingestion("strict", Twin.TOKEN);
    byte[] body = ENVELOPE.replace("1.50", "1.51").getBytes(StandardCharsets.UTF_8);
    HttpAnswer answer = ingestion.receive(head(request), body);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("signature is wrong");
    assertThat(receiving.invoker.later()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301, -100_000, Long.MAX_VALUE})
  void aSignatureOfAnotherTimeIsRefused(long seconds) {
    Request request = sent(SigningMode.ON, List.of(Twin.TOKEN));
    Map<String, String> headers = new HashMap<>(request.headers());
    long time = seconds == Long.MAX_VALUE ? seconds : FakeCloud.NOW.getEpochSecond() + seconds;
    headers.put("webhook-timestamp", Long.toString(time));
    headers.put(
        "webhook-signature",
        WebhookSignature.headers(
                "key-1",
                Instant.ofEpochSecond(Math.min(time, 1L << 40)),
                request.body(),
                List.of(Twin.TOKEN))
            .get("webhook-signature"));
    assertThat(ingestion("on", Twin.TOKEN).receive(head(headers), request.body()).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 300, 0})
  void aSignatureOfUpToFiveMinutesIsBelieved(long seconds) {
    Map<String, String> headers =
        WebhookSignature.headers(
            "key-1",
            FakeCloud.NOW.plusSeconds(seconds),
            ENVELOPE.getBytes(StandardCharsets.UTF_8),
            List.of(Twin.TOKEN));
    assertThat(
            ingestion("strict", Twin.TOKEN)
                .receive(head(headers), ENVELOPE.getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
  void aSignatureThatLacksAHeaderIsRefused(String header) {
    Request request = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.remove(header);
    assertThat(ingestion("strict", Twin.TOKEN).receive(head(headers), request.body()).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "v1,", "v1,!!", "v2,AAAA", "AAAA", " ", "v1,AAAA v1,BBBB"})
  void aSignatureThatIsNoneIsRefused(String signature) {
    Request request = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.put("webhook-signature", signature);
    assertThat(ingestion("strict", Twin.TOKEN).receive(head(headers), request.body()).status())
        .isEqualTo(403);
  }

  @Test
  void withAnotherTokenItIsRefused() {
    Request request = sent(SigningMode.STRICT, List.of(OTHER));
    assertThat(received(request, "strict", Twin.TOKEN).status()).isEqualTo(403);
  }

  @Test
  void duringARotationEitherSideMayHaveTheNewToken() {
    Request both = sent(SigningMode.STRICT, List.of(OTHER, Twin.TOKEN));
    assertThat(both.headers().get("webhook-signature").split(" ")).hasSize(2);
    assertThat(received(both, "strict", Twin.TOKEN).status()).isEqualTo(200);
    assertThat(received(both, "strict", OTHER).status()).isEqualTo(200);
    Request old = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    assertThat(received(old, "strict", OTHER + "," + Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  void eachConnectionOfAReceiverHasItsOwnMode() {
    Request strict = sent(SigningMode.OFF, List.of(Twin.TOKEN));
    Request unsigned = sent(SigningMode.OFF, List.of(OTHER));
    String tokens = Twin.TOKEN + "," + OTHER;
    assertThat(received(strict, "strict,off", tokens).status()).isEqualTo(403);
    assertThat(received(unsigned, "strict,off", tokens).status()).isEqualTo(200);
  }

  @Test
  void anUnsignedConnectionDoesNotLookAtSignatures() {
    Map<String, String> headers =
        Map.of(
            "x-inter-cloud-token",
            Twin.TOKEN,
            "webhook-id",
            "x",
            "webhook-signature",
            "v1,nonsense");
    assertThat(
            ingestion("off", Twin.TOKEN)
                .receive(head(headers), ENVELOPE.getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("a recorded signed GET is sent again with another query")
  void theQueryOfASignedGetIsCoveredByItsSignature() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.remote.answers(200);
    cloud
        .senders()
        .to(
            new Remote(
                URI.create("https://google.test/r"), List.of(Twin.TOKEN), SigningMode.STRICT))
        .get(Map.of("device_id", "press-1"), "t-1");
    Request request = cloud.remote.onlyRequest();
    HostedFunction reader = receiver(FunctionKind.HOT_READER, "strict", Twin.TOKEN);
    String query = request.url().getRawQuery();
    assertThat(get(reader, request, "press-1", query)).isEqualTo(200);
    assertThat(get(reader, request, "oven-2", "device_id=oven-2")).isEqualTo(401);
    assertThat(get(reader, request, "press-1", query + "&limit=1")).isEqualTo(401);
    assertThat(get(reader, request, "press-1", "")).isEqualTo(401);
  }

  private static int get(HostedFunction reader, Request request, String device, String rawQuery) {
    HttpHead head = new HttpHead("GET", request.headers(), Map.of("device_id", device), rawQuery);
    return reader.receive(head, new byte[0]).status();
  }

  @Test
  void aSignedPostHasNoQuery() {
    Request request = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    HttpHead head = new HttpHead("POST", request.headers(), Map.of("a", "b"), "a=b");
    assertThat(ingestion("strict", Twin.TOKEN).receive(head, request.body()).status())
        .isEqualTo(400);
    HttpHead unsigned =
        new HttpHead(
            "POST", sent(SigningMode.OFF, List.of(Twin.TOKEN)).headers(), Map.of("a", "b"), "a=b");
    assertThat(ingestion("off", Twin.TOKEN).receive(unsigned, request.body()).status())
        .isEqualTo(200);
  }

  @Test
  void aRepeatOfWhatSucceededIsAnsweredAsBeforeAndDoneOnce() {
    Request request = sent(SigningMode.ON, List.of(Twin.TOKEN));
    HostedFunction ingestion = ingestion("on", Twin.TOKEN);
    HttpAnswer first = ingestion.receive(head(request), request.body());
    HttpAnswer second = ingestion.receive(head(request), request.body());
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(receiving.invoker.later()).hasSize(1);
  }

  @Test
  void aRepeatOfACommandIsAnsweredAsBeforeAndSentToItsDeviceOnce() {
    Request request = sent(COMMAND, SigningMode.STRICT, List.of(Twin.TOKEN));
    HostedFunction gateway = receiver(FunctionKind.FEEDBACK_GATEWAY, "strict", Twin.TOKEN);
    HttpAnswer first = gateway.receive(head(request), request.body());
    HttpAnswer second = gateway.receive(head(request), request.body());
    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(receiving.devices.sent()).containsExactly(new Sent("oven-2", "{\"heat\":1.50}"));
  }

  @ParameterizedTest
  @EnumSource(
      value = FunctionKind.class,
      names = {"INGESTION", "FEEDBACK_GATEWAY"})
  @DisplayName(
      "a device's gateway restarts and signs new requests with ids that it has used before")
  void anotherRequestUnderAUsedIdIsRefusedAndCountedAndNeverAnsweredAsTheFirst(FunctionKind kind) {
    String first = kind == FunctionKind.INGESTION ? ENVELOPE : COMMAND;
    String second = first.replace("1.50", "1.51");
    HostedFunction receiver = receiver(kind, "strict", Twin.TOKEN);
    assertThat(answer(receiver, first).status()).isEqualTo(200);
    HttpAnswer reused = answer(receiver, second);
    assertThat(reused.status()).isEqualTo(409);
    assertThat(new String(reused.body(), StandardCharsets.UTF_8)).contains("id of its own");
    assertThat(receiving.log.counts()).containsExactly("request-id-reused");
    assertThat(receiving.log.lines().getLast().outcome()).isEqualTo("TL-HTTP-409");
    assertThat(answer(receiver, first).status()).as("the repeat of the first").isEqualTo(200);
    assertThat(receiving.invoker.later().size() + receiving.devices.sent().size()).isOne();
  }

  @Test
  void aCommandThatIsSentLaterInANewEnvelopeIsARepeat() {
    HostedFunction gateway = receiver(FunctionKind.FEEDBACK_GATEWAY, "strict", Twin.TOKEN);
    String later =
        COMMAND.replace("\"trace_id\"", "\"timestamp\": \"2026-03-01T12:00:09Z\", \"trace_id\"");
    HttpAnswer first = answer(gateway, COMMAND);
    HttpAnswer second = answer(gateway, later);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(receiving.devices.sent()).hasSize(1);
  }

  @Test
  void aRepeatOfWhatFailedIsDoneAgain() {
    receiving.invoker.breakDown();
    Request request = sent(SigningMode.ON, List.of(Twin.TOKEN));
    HostedFunction ingestion = ingestion("on", Twin.TOKEN);
    assertThat(ingestion.receive(head(request), request.body()).status()).isEqualTo(500);
    receiving.invoker.repair();
    assertThat(ingestion.receive(head(request), request.body()).status()).isEqualTo(200);
    assertThat(receiving.invoker.later()).hasSize(1);
  }

  @Test
  void theIdOfAnUnsignedRequestIsNobodysProof() {
    Request request = sent(SigningMode.OFF, List.of(Twin.TOKEN));
    HostedFunction ingestion = ingestion("on", Twin.TOKEN);
    ingestion.receive(head(request), request.body());
    ingestion.receive(head(request), request.body());
    assertThat(receiving.invoker.later()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "on,off", "strict,on,off", "ON"})
  void aReceiverDoesNotStartWhereItIsNotClearWhatIsSigned(String signed) {
    assertThatThrownBy(() -> ingestion(signed, Twin.TOKEN))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("INTER_CLOUD_SIGNED");
  }

  private static Request sent(SigningMode mode, List<String> tokens) {
    return sent(ENVELOPE, mode, tokens);
  }

  private static Request sent(String envelope, SigningMode mode, List<String> tokens) {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.remote.answers(200);
    cloud
        .senders()
        .to(new Remote(URI.create("https://google.test/in"), tokens, mode))
        .post(envelope.getBytes(StandardCharsets.UTF_8), "t-1", "key-1");
    return cloud.remote.onlyRequest();
  }

  private HttpAnswer answer(HostedFunction receiver, String envelope) {
    Request request = sent(envelope, SigningMode.STRICT, List.of(Twin.TOKEN));
    return receiver.receive(head(request), request.body());
  }

  private static Request withToken(Request request, String token) {
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.put("X-Inter-Cloud-Token", token);
    return new Request(request.method(), request.url(), headers, request.body(), request.timeout());
  }

  private HttpAnswer received(Request request, String signed, String tokens) {
    return ingestion(signed, tokens).receive(head(request), request.body());
  }

  private HostedFunction ingestion(String signed, String tokens) {
    return receiver(FunctionKind.INGESTION, signed, tokens);
  }

  private HostedFunction receiver(FunctionKind kind, String signed, String tokens) {
    return receiving.function(
        kind, new Twin(), Map.of("INTER_CLOUD_TOKEN", tokens, "INTER_CLOUD_SIGNED", signed));
  }

  private static HttpHead head(Request request) {
    return head(request.headers());
  }

  private static HttpHead head(Map<String, String> headers) {
    return new HttpHead("POST", headers, Map.of());
  }
}
