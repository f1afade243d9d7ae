package io.twinloom.functions.intercloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are signed as Standard Webhooks has it, from the sender to the receiver. */
class SignedRequestTest extends SignedRequestFixture {
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
}
