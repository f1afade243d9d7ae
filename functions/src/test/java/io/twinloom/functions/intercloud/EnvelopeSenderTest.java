package io.twinloom.functions.intercloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.circuit.CircuitBreakers;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.intercloud.Delivered.NotTaken;
import io.twinloom.functions.intercloud.Delivered.Taken;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EventList;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several events in one request, and each with an end of its own. */
class EnvelopeSenderTest {

  private static final URI URL = URI.create("https://azure.test/plant-ingestion");

  private final List<JsonObject> requests = new ArrayList<>();
  private final List<Map<String, String>> heads = new ArrayList<>();
  private final List<String> counted = new ArrayList<>();
  private Instant now = FakeCloud.NOW;
  private Function<JsonObject, RemoteCloud.Answer> receiver = this::takeAll;
  private boolean away;

  private final FunctionRuntime runtime =
      new FunctionRuntime(KnownClouds.AWS, () -> now, new Random(1), () -> "trace-of-it", d -> {});
  private final RemoteSenders senders =
      new RemoteSenders(this::send, new CircuitBreakers(() -> now, new Random(1)), runtime);
  private final EnvelopeSender sender =
      senders.envelopesTo(new Remote(URL, List.of(Twin.TOKEN), SigningMode.OFF, true));

  @Test
  void aHundredEventsAreOneRequest() {
    assertThat(post(100)).allMatch(Taken.class::isInstance);
    assertThat(requests).hasSize(1);
    assertThat(heads.getFirst()).containsEntry("X-Trace-Id", "trace-of-it");
    assertThat(heads.getFirst().get("Idempotency-Key")).startsWith("batch-");
  }

  @Test
  void oneEventIsSentAsItAlwaysWas() {
    post(1);
    assertThat(requests.getFirst().has("payload")).isTrue();
    assertThat(heads.getFirst().get("Idempotency-Key")).startsWith("trace-0-");
  }

  @Test
  void moreThanAReceiverTakesAtOnceAreSeveralRequests() {
    assertThat(post(1_200)).hasSize(1_200).allMatch(Taken.class::isInstance);
    assertThat(requests).extracting(this::size).containsExactly(500, 500, 200);
  }

  @Test
  void aRequestIsAtMostOneMebibyteAsItIsSent() {
    List<Envelope> large = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      large.add(envelope(i, "ü".repeat(60_000)));
    }
    assertThat(sender.post(large, counted::add)).allMatch(Taken.class::isInstance);
    assertThat(requests).extracting(this::size).containsExactly(8, 4);
    assertThat(requests).allSatisfy(r -> assertThat(Json.bytes(r).length).isLessThan(1_048_577));
  }

  @Test
  void eachResultIsOfItsOwnEvent() {
    String[] results = {
      "{\"status\": \"Success\", \"id\": \"x\"}",
      "{\"status\": \"Failed\", \"code\": 400, \"error\": \"No such device.\"}",
      "{\"status\": \"Failed\", \"code\": 503, \"error\": \"Full.\"}",
      "{\"status\": \"Failed\", \"code\": 500, \"error\": \"Failed.\"}",
      "{\"status\": \"Failed\", \"code\": 200}",
      "{\"status\": \"Failed\", \"code\": \"x\"}"
    };
    receiver = body -> answer(200, "{\"results\": [" + String.join(",", results) + "]}");
    List<Delivered> delivered = post(6);
    assertThat(((Taken) delivered.get(0)).answer().text("id")).contains("x");
    assertThat(failure(delivered, 1).isRefusal()).isTrue();
    assertThat(failure(delivered, 1)).hasMessageContaining("No such device.");
    assertThat(failure(delivered, 2).isPutOff()).isTrue();
    assertThat(failure(delivered, 3).isPutOff()).isFalse();
    assertThat(failure(delivered, 3).isRefusal()).isFalse();
    assertThat(failure(delivered, 4).status()).isEqualTo(500);
    assertThat(failure(delivered, 5).status()).isEqualTo(500);
    assertThat(requests).as("the queue sends them again").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid JSON",
        "[]",
        "{}",
        "{\"status\": \"Success\"}",
        "{\"results\": {}}",
        "{\"results\": []}",
        "{\"results\": [{\"status\": \"Success\"}]}",
        "{\"results\": [{\"status\": \"Success\"}, {\"status\": \"Success\"}, {\"status\": \"Success\"}]}",
        "{\"results\": [{\"status\": \"Success\"}, 1]}",
        "{\"results\": [{\"status\": \"Success\"}, {\"status\": \"success\"}]}"
      })
  void anAnswerThatDoesNotSayWhatBecameOfEachIsNoneAndIsCounted(String body) {
    receiver = request -> answer(200, body);
    assertThat(post(2)).allSatisfy(d -> assertThat(((NotTaken) d).why().isPutOff()).isTrue());
    assertThat(counted).containsExactly(EnvelopeSender.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 413, 415, 422})
  void whatIsRefusedAsAWholeIsSentInHalvesUntilOneIsToBlame(int status) {
    receiver =
        body -> texts(body).contains("bad") ? answer(status, "{\"error\": \"x\"}") : takeAll(body);
    List<Envelope> envelopes = envelopes(100);
    envelopes.set(63, envelope(63, "bad"));
    List<Delivered> delivered = sender.post(envelopes, counted::add);
    for (int i = 0; i < 100; i++) {
      assertThat(delivered.get(i) instanceof Taken).as("event " + i).isEqualTo(i != 63);
    }
    assertThat(failure(delivered, 63).isRefusal()).isTrue();
    assertThat(requests).hasSizeLessThan(20);
    assertThat(heads.stream().map(h -> h.get("Idempotency-Key")).distinct())
        .as("other bytes have another key")
        .hasSameSizeAs(requests);
    post(3);
    assertThat(size(requests.getLast())).as("it takes lists all the same").isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405})
  void whatIsOfTheConnectionIsARefusalOfEachEventAndNotSentAgain(int status) {
    receiver = body -> answer(status, "{}");
    assertThat(post(10)).allSatisfy(d -> assertThat(((NotTaken) d).why().isRefusal()).isTrue());
    assertThat(requests).hasSize(1);
  }

  @Test
  void anOlderReceiverThatTakesNoListsIsSentSingleEventsForAWhile() {
    receiver = body -> body.has("payload") ? answer(200, "{}") : answer(400, "{}");
    assertThat(post(100)).allMatch(Taken.class::isInstance);
    int lists = (int) requests.stream().filter(r -> r.has("events")).count();
    assertThat(lists).as("once for each halving").isLessThan(9);

    requests.clear();
    assertThat(post(50)).allMatch(Taken.class::isInstance);
    assertThat(requests).hasSize(50).allMatch(r -> r.has("payload"));

    requests.clear();
    now = now.plus(EnvelopeSender.WITHOUT_LISTS).plusMillis(1);
    receiver = this::takeAll;
    post(50);
    assertThat(requests).as("it has been updated").hasSize(1);
  }

  @Test
  void aReceiverThatIsNotSaidToTakeListsGetsNone() {
    EnvelopeSender single =
        senders.envelopesTo(new Remote(URL, List.of(Twin.TOKEN), SigningMode.OFF, false));
    receiver = body -> answer(200, "{}");
    assertThat(single.post(envelopes(40), counted::add)).allMatch(Taken.class::isInstance);
    assertThat(requests).hasSize(40).allMatch(r -> r.has("payload"));
  }

  @Test
  void anOutageOfAnHourCostsNoAttemptAndIsProbedWithOneEvent() {
    away = true;
    for (int second = 0; second < 3_600; second += 10) {
      now = now.plusSeconds(10);
      assertThat(post(100)).allSatisfy(d -> assertThat(((NotTaken) d).why().isPutOff()).isTrue());
    }
    assertThat(requests.stream().skip(12)).as("probes").allMatch(r -> r.has("payload"));
    assertThat(requests).hasSizeLessThan(140);

    away = false;
    now = now.plusSeconds(60);
    requests.clear();
    assertThat(post(100)).allMatch(Taken.class::isInstance);
    assertThat(requests).extracting(this::size).containsExactly(1, 99);
  }

  @Test
  void aRetrySendsTheSameBytesUnderTheSameKey() {
    List<byte[]> bodies = new ArrayList<>();
    receiver =
        body -> {
          bodies.add(Json.bytes(body));
          return bodies.size() == 1 ? answer(503, "{}") : takeAll(body);
        };
    assertThat(post(5)).allMatch(Taken.class::isInstance);
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(1)).isEqualTo(bodies.get(0));
    assertThat(heads.get(1).get("Idempotency-Key")).isEqualTo(heads.get(0).get("Idempotency-Key"));
  }

  @Test
  @DisplayName("a receiver that hangs is left after three requests, each held by a batch")
  void threeRequestsWithoutAnAnswerOpenTheCircuitAndTheSameBytesAreTriedToTheEnd() {
    away = true;
    assertThat(post(5)).allSatisfy(d -> assertThat(((NotTaken) d).why().attempts()).isEqualTo(4));
    assertThat(requests).hasSize(4);
    assertThat(heads)
        .extracting(h -> h.get("Idempotency-Key"))
        .containsOnly(heads.getFirst().get("Idempotency-Key"));
    assertThat(post(5)).allSatisfy(d -> assertThat(((NotTaken) d).why().isCircuitOpen()).isTrue());
    assertThat(requests).hasSize(4);
  }

  @Test
  @DisplayName("where waiting is paid for, a request is tried twice")
  void onACloudTheQueueHasTheLaterRetries() {
    RemoteSenders paying =
        new RemoteSenders(
            this::send,
            new CircuitBreakers(() -> now, new Random(1)),
            Retries.QUEUED_AND_PAID,
            runtime);
    away = true;
    EnvelopeSender queued =
        paying.envelopesTo(new Remote(URL, List.of(Twin.TOKEN), SigningMode.OFF, true));
    assertThat(queued.post(envelopes(3), counted::add))
        .allSatisfy(d -> assertThat(((NotTaken) d).why().isPutOff()).isTrue());
    assertThat(requests).hasSize(2);
  }

  private List<Delivered> post(int events) {
    return sender.post(envelopes(events), counted::add);
  }

  private static List<Envelope> envelopes(int count) {
    List<Envelope> envelopes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      envelopes.add(envelope(i, "good"));
    }
    return envelopes;
  }

  private static Envelope envelope(int number, String text) {
    return new Envelope(
        "aws",
        "L2",
        Envelope.TELEMETRY,
        "2026-01-01T00:00:00.000000Z",
        JsonObject.builder().put("number", number).put("text", text).build(),
        "trace-" + number,
        Optional.empty());
  }

  private synchronized RemoteCloud.Answer send(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    JsonObject request = Json.parseObject(body);
    requests.add(request);
    heads.add(headers);
    if (away) {
      throw new IOException("refused");
    }
    return receiver.apply(request);
  }

  private RemoteCloud.Answer takeAll(JsonObject body) {
    if (body.has("payload")) {
      return answer(200, "{\"status\": \"Success\"}");
    }
    List<JsonValue> results = new ArrayList<>();
    for (int i = 0; i < size(body); i++) {
      results.add(JsonObject.builder().put("status", "Success").build());
    }
    return answer(
        200,
        Json.text(JsonObject.builder().put(EventList.RESULTS, new JsonArray(results)).build()));
  }

  private int size(JsonObject body) {
    return body.array("events").map(JsonArray::size).orElse(1);
  }

  private static String texts(JsonObject body) {
    return Json.text(body);
  }

  private static RemoteCloud.Answer answer(int status, String body) {
    return new RemoteCloud.Answer(status, Optional.empty(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static RemoteException failure(List<Delivered> delivered, int place) {
    return ((NotTaken) delivered.get(place)).why();
  }
}
