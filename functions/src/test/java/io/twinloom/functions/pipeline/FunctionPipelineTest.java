package io.twinloom.functions.pipeline;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.intercloud.ReceiverGuard;
import io.twinloom.functions.intercloud.TokenGuard;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.VerifyMark;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.trace.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionPipelineTest {

  private static final byte[] BODY = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
  private static final Map<String, String> KNOWN = Map.of("x-inter-cloud-token", TOKEN);

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);

  @Test
  void methodTokenSizeAndBodyAreCheckedInThisOrder() {
    HostedFunction receiver = receiver(false, (event, invocation) -> event);
    Map<String, String> large = Map.of("content-length", Integer.toString(BodyLimits.SENT + 1));
    Map<String, String> largeAndKnown =
        Map.of(
            "content-length", Integer.toString(BodyLimits.SENT + 1), "x-inter-cloud-token", TOKEN);
    byte[] bad = {'{'};
    assertThat(receiver.receive(new HttpHead("PUT", large, Map.of()), bad).status()).isEqualTo(405);
    assertThat(receiver.receive(new HttpHead("POST", large, Map.of()), bad).status())
        .isEqualTo(403);
    assertThat(receiver.receive(new HttpHead("POST", largeAndKnown, Map.of()), bad).status())
        .isEqualTo(413);
    assertThat(receiver.receive(new HttpHead("POST", KNOWN, Map.of()), bad).status())
        .isEqualTo(400);
    assertThat(receiver.receive(new HttpHead("POST", KNOWN, Map.of()), BODY).status())
        .isEqualTo(200);
  }

  @Test
  void whatTheHeadAloneTellsIsRefusedBeforeTheBodyIsRead() {
    HostedFunction receiver = receiver(false, (event, invocation) -> event);
    assertThat(receiver.refuse(new HttpHead("GET", KNOWN, Map.of())).orElseThrow().status())
        .isEqualTo(405);
    assertThat(receiver.refuse(new HttpHead("POST", Map.of(), Map.of())).orElseThrow().status())
        .isEqualTo(403);
    assertThat(
            receiver
                .refuse(
                    new HttpHead(
                        "POST",
                        Map.of("x-inter-cloud-token", TOKEN, "Content-Length", "6291457"),
                        Map.of()))
                .orElseThrow()
                .status())
        .isEqualTo(413);
    assertThat(
            receiver.refuse(
                new HttpHead(
                    "POST",
                    Map.of("x-inter-cloud-token", TOKEN, "content-length", "6291456"),
                    Map.of())))
        .isEmpty();
    assertThat(receiver.refuse(new HttpHead("POST", KNOWN, Map.of()))).isEmpty();
  }

  @Test
  void aBodyThatIsLargerThanAnnouncedIsRefusedToo() {
    HostedFunction receiver = receiver(false, (event, invocation) -> event);
    byte[] body = new byte[BodyLimits.SENT + 1];
    HttpHead head =
        new HttpHead(
            "POST", Map.of("x-inter-cloud-token", TOKEN, "content-length", "10"), Map.of());
    assertThat(receiver.receive(head, body).status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get", ""})
  void otherMethodsAreNotAllowed(String method) {
    for (boolean reading : new boolean[] {true, false}) {
      HostedFunction receiver = receiver(reading, (event, invocation) -> event);
      assertThat(receiver.receive(new HttpHead(method, KNOWN, Map.of()), BODY).status())
          .isEqualTo(405);
    }
  }

  @Test
  void aReaderTakesGetAndIsGivenItsParameters() {
    HostedFunction reader = receiver(true, (event, invocation) -> event);
    HttpAnswer answer =
        reader.receive(new HttpHead("GET", KNOWN, Map.of("limit", "5")), new byte[0]);
    assertThat(Json.parseObject(answer.body())).isEqualTo(object("{\"limit\": \"5\"}"));
  }

  @Test
  void aBodyInBase64IsDecodedAfterTheHeadIsChecked() {
    HostedFunction receiver = receiver(false, (event, invocation) -> event);
    HttpHead head = new HttpHead("POST", KNOWN, Map.of());
    String encoded = Base64.getEncoder().encodeToString(BODY);
    assertThat(receiver.receiveBase64(head, encoded).body()).asString().isEqualTo("{\"a\":1}");
    assertThat(receiver.receiveBase64(head, "{\"a\": 1}").status()).isEqualTo(400);
    assertThat(receiver.receiveBase64(new HttpHead("POST", Map.of(), Map.of()), "%").status())
        .isEqualTo(403);
  }

  @Test
  void aFunctionWithoutEndpointAnswersThatThereIsNone() {
    HostedFunction function = requests((event, invocation) -> event);
    assertThat(function.isReceiver()).isFalse();
    assertThat(function.receive(new HttpHead("POST", KNOWN, Map.of()), BODY).status())
        .isEqualTo(404);
  }

  @Test
  void anUnexpectedErrorIsAServerErrorWithoutItsTextAndStackTrace() {
    HostedFunction receiver =
        receiver(
            false,
            (event, invocation) -> {
              throw new IllegalArgumentException("secret " + TOKEN);
            });
    HttpAnswer answer = receiver.receive(new HttpHead("POST", KNOWN, Map.of()), BODY);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain(TOKEN, "\\tat");
    assertThat(cloud.log.notes().toString())
        .contains("IllegalArgumentException", "FunctionPipelineTest.java")
        .doesNotContain(TOKEN);
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-INTERNAL");
  }

  @Test
  void calledDirectlyAnUnexpectedErrorIsOneOfTheFamilyThatMayBeTriedAgain() {
    HostedFunction function =
        requests(
            (event, invocation) -> {
              throw new IllegalStateException("secret " + TOKEN);
            });
    assertThatThrownBy(() -> function.invoke(object("{}")))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.retryable()).isTrue();
              assertThat(e.what()).doesNotContain(TOKEN);
              assertThat(e.getCause()).isNull();
            });
  }

  @Test
  void everyAnsweredRequestHasOneLine() {
    HostedFunction receiver = receiver(false, (event, invocation) -> event);
    receiver.receive(new HttpHead("POST", KNOWN, Map.of()), BODY);
    receiver.receive(new HttpHead("POST", KNOWN, Map.of()), new byte[] {'{'});
    receiver.receive(new HttpHead("POST", Map.of(), Map.of()), BODY);
    receiver.receive(new HttpHead("POST", KNOWN, Map.of()), new byte[BodyLimits.SENT + 1]);
    assertThat(cloud.log.lines())
        .extracting(line -> line.outcome())
        .containsExactly("ok", "TL-HTTP-400", "TL-HTTP-403", "TL-HTTP-413");
  }

  @Test
  void aPayloadIsLoggedInDebugModeOnly() {
    requests((event, invocation) -> event).invoke(object("{\"value\": 4711}"));
    assertThat(cloud.log.notes()).isEmpty();
    new FunctionPipeline(
            "plant-f",
            new Twin().mode("DEBUG").read(),
            (RequestBody) (event, i) -> event,
            Optional.empty(),
            cloud.log,
            cloud.deadLetters::add,
            cloud.invoker(),
            cloud.runtime())
        .invoke(object("{\"value\": 4711}"));
    assertThat(cloud.log.notes())
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.level()).isEqualTo(Level.DEBUG);
              assertThat(note.fields().toString()).contains("4711");
            });
  }

  @Test
  void nestingBeyondAllMeasureIsABadRequest() {
    HostedFunction receiver = receiver(false, (event, invocation) -> event);
    String body = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(
            receiver
                .receive(
                    new HttpHead("POST", KNOWN, Map.of()), body.getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(400);
  }

  @Test
  void aMarkedMeasurementIsDroppedOnceNobodyWaitsForItAnyMore() {
    AtomicInteger runs = new AtomicInteger();
    EventBody work =
        (envelope, invocation) -> {
          runs.incrementAndGet();
          return Done.answering(envelope.toJson());
        };
    JsonObject late = marked(VerifyMark.id(-7, FakeCloud.NOW.minusMillis(1)));
    JsonObject done = object("{\"status\": \"Success\"}");

    assertThat(events(work).invoke(late)).isEqualTo(done);
    HttpAnswer answer =
        receiver(work).receive(new HttpHead("POST", KNOWN, Map.of()), Json.bytes(late));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(Json.parseObject(answer.body())).isEqualTo(done);
    assertThat(runs).hasValue(0);
    assertThat(cloud.log.lines())
        .allSatisfy(
            line -> {
              assertThat(line.outcome()).isEqualTo("TL-VERIFY-LATE");
              assertThat(line.traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
            });
  }

  @Test
  void aTraceThatARequestsHeadNamesGoesOnWhereTheEnvelopeHasNone() {
    HttpHead head =
        new HttpHead(
            "POST",
            Map.of(
                "x-inter-cloud-token",
                Twin.TOKEN,
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            Map.of());
    receiver((envelope, invocation) -> Done.answering(envelope.payload()))
        .receive(head, Json.bytes(object("{\"payload\": {\"device_id\": \"d\"}}")));

    assertThat(cloud.log.onlyLine().traceId()).isEqualTo("0af76519-16cd-43dd-8448-eb211c80319c");
  }

  @Test
  void anEnvelopesOwnTraceIsKeptWhateverTheRequestsHeadNames() {
    HttpHead head =
        new HttpHead(
            "POST",
            Map.of(
                "x-inter-cloud-token",
                Twin.TOKEN,
                "x-trace-id",
                "3f0e6c1e-0000-4000-8000-000000000002",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            Map.of());
    receiver((envelope, invocation) -> Done.answering(envelope.payload()))
        .receive(head, Json.bytes(marked("v-1")));

    assertThat(cloud.log.onlyLine().traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trace-1", "00000000-0000-0000-0000-000000000000", "a b", "12"})
  void aTraceThatIsNoUuidIsReplacedAndTheOldOneLogged(String given) {
    JsonObject event =
        JsonObject.builder()
            .put("payload", JsonObject.builder().put("device_id", "d").build())
            .put("trace_id", given)
            .build();
    events((envelope, invocation) -> Done.answering(envelope.payload())).invoke(event);

    String trace = cloud.log.onlyLine().traceId();
    assertThat(TraceId.isValid(trace)).isTrue();
    assertThat(cloud.log.notes())
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.traceId()).isEqualTo(trace);
              assertThat(note.fields().get("former_trace_id")).isIn(given, "");
            });
  }

  @Test
  void aMarkedMeasurementThatIsWaitedForGoesOnAndSoDoesOneWithoutAnEnd() {
    HostedFunction echo = events((envelope, invocation) -> Done.answering(envelope.payload()));
    for (String id : List.of(VerifyMark.id(-7, FakeCloud.NOW), "v-1", "0000000000000007-x")) {
      assertThat(echo.invoke(marked(id))).isEqualTo(marked(id).object("payload").orElseThrow());
    }
  }

  private static JsonObject marked(String id) {
    return JsonObject.builder()
        .put("payload", JsonObject.builder().put("device_id", "d").put("_verify", id).build())
        .put("trace_id", "3f0e6c1e-0000-4000-8000-000000000001")
        .build();
  }

  private HostedFunction receiver(EventBody body) {
    return pipeline(Optional.of(endpoint(false)), body);
  }

  private HostedFunction receiver(boolean reading, RequestBody body) {
    return pipeline(Optional.of(endpoint(reading)), body);
  }

  private HostedFunction requests(RequestBody body) {
    return pipeline(Optional.empty(), body);
  }

  private HostedFunction events(EventBody body) {
    return pipeline(Optional.empty(), body);
  }

  private Endpoint endpoint(boolean reading) {
    TokenGuard tokens = TokenGuard.of(new Environment(Map.of("INTER_CLOUD_TOKEN", TOKEN)));
    return new Endpoint(
        new ReceiverGuard(tokens, reading, cloud.runtime().clock()), Optional.empty());
  }

  private HostedFunction pipeline(Optional<Endpoint> endpoint, FunctionBody body) {
    return new FunctionPipeline(
        "plant-f",
        new Twin().read(),
        body,
        endpoint,
        cloud.log,
        cloud.deadLetters::add,
        cloud.invoker(),
        cloud.runtime());
  }
}
