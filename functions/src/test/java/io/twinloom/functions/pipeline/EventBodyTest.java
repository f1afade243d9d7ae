package io.twinloom.functions.pipeline;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.RecordingLog;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.intercloud.ReceiverGuard;
import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.intercloud.TokenGuard;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EnvelopeForm;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.cloud.KnownClouds;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventBodyTest {

  private static final JsonObject EVENT =
      object(
          """
          {"source_cloud": "azure", "target_layer": "L2", "message_type": "telemetry",
           "timestamp": "2026-01-01T00:00:00.000000Z",
           "payload": {"device_id": "press-1", "temperature": 20.5},
           "trace_id": "3f0e6c1e-0000-4000-8000-000000000001", "event_id": "abc"}
          """);
  private static final HttpHead POST =
      new HttpHead("POST", Map.of("x-inter-cloud-token", TOKEN), Map.of());

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
  private final List<Envelope> given = new ArrayList<>();

  @Test
  void theEnvelopeIsReadOnceAndItsSourceTraceAndDeviceAreLogged() {
    assertThat(function(this::take).invoke(EVENT)).isEqualTo(JsonObject.EMPTY);

    assertThat(given).extracting(Envelope::toJson).containsExactly(EVENT);
    RecordingLog.Line line = cloud.log.onlyLine();
    assertThat(line.sourceCloud()).isEqualTo("azure");
    assertThat(line.traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(line.device()).isEqualTo("press-1");
    assertThat(line.outcome()).isEqualTo("ok");
  }

  @Test
  void aTraceThatIsMissingIsMadeOnce() {
    function(this::take).invoke(object("{\"payload\": {\"device_id\": \"press-1\"}}"));

    assertThat(given.getFirst().traceId()).hasSize(36).isEqualTo(cloud.log.onlyLine().traceId());
  }

  @Test
  void aDeviceThatTheTwinDoesNotHaveIsNotLogged() {
    function(this::take).invoke(object("{\"payload\": {\"device_id\": \"other\\nline\"}}"));

    assertThat(given).hasSize(1);
    assertThat(cloud.log.onlyLine().device()).isEmpty();
  }

  @Test
  void whatAnEnvelopeLeavesOutIsAsTheFunctionSays() {
    EnvelopeForm form = new EnvelopeForm("L1", Envelope.COMMAND, false, false);
    function(
            new EventBody() {
              @Override
              public Done run(Envelope envelope, Invocation invocation) {
                return take(envelope, invocation);
              }

              @Override
              public EnvelopeForm form() {
                return form;
              }
            })
        .invoke(object("{\"payload\": {}}"));

    assertThat(given.getFirst().targetLayer()).isEqualTo("L1");
    assertThat(given.getFirst().messageType()).isEqualTo(Envelope.COMMAND);
  }

  @Test
  void anEventWithoutEnvelopeIsADeadLetterAndDoesNotReachTheFunction() {
    JsonObject event = object("{\"temperature\": 1}");

    assertThat(function(this::take).invoke(event)).isEqualTo(JsonObject.EMPTY);

    assertThat(given).isEmpty();
    assertThat(cloud.onlyDeadLetter().event()).isEqualTo(event);
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-ENVELOPE");
  }

  @Test
  void aRefusedEventIsOneDeadLetterAsItCame() {
    JsonValue answer = function((envelope, invocation) -> refuse()).invoke(EVENT);

    assertThat(answer).isEqualTo(JsonObject.EMPTY);
    DeadLetter letter = cloud.onlyDeadLetter();
    assertThat(letter.function()).isEqualTo("plant-f");
    assertThat(letter.event()).isEqualTo(EVENT);
    assertThat(letter.attempts()).isEqualTo(1);
    assertThat(letter.error()).isEqualTo("It is refused.");
    assertThat(letter.traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-COMMAND");
    assertThat(cloud.log.messages(Level.WARN))
        .containsExactly("The event is a dead letter: It is refused.");
  }

  @Test
  void whatAnotherCloudRefusesIsOneDeadLetterWithItsAttempts() {
    cloud.remote.answers(503).answers(400);

    function(this::send).invoke(EVENT);

    assertThat(cloud.onlyDeadLetter().event()).isEqualTo(EVENT);
    assertThat(cloud.onlyDeadLetter().attempts()).isEqualTo(2);
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-REMOTE-REFUSED");
  }

  @Test
  void whatAnotherCloudDoesNotTakeNowFailsAndIsNoDeadLetter() {
    cloud.remote.answers(503);

    assertThatThrownBy(() -> function(this::send).invoke(EVENT))
        .isInstanceOf(RemoteException.class);

    assertThat(cloud.deadLetters).isEmpty();
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-REMOTE-UNAVAILABLE");
  }

  @Test
  void aDeadLetterThatCannotBeKeptFailsTheInvocation() {
    FunctionPipeline function =
        new FunctionPipeline(
            "plant-f",
            twin(),
            (EventBody) (envelope, invocation) -> refuse(),
            Optional.empty(),
            cloud.log,
            letter -> {
              throw new StoreException("full", "letters", new IllegalStateException());
            },
            cloud.invoker(),
            cloud.runtime());

    assertThatThrownBy(() -> function.invoke(EVENT)).isInstanceOf(StoreException.class);

    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-STORE-FAILED");
  }

  @Test
  void whoPostsAnEventHearsThatItIsRefusedAndThereIsNoDeadLetter() {
    HttpAnswer answer =
        receiver((envelope, invocation) -> refuse()).receive(POST, Json.bytes(EVENT));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).asString().isEqualTo("{\"error\":\"It is refused.\"}");
    assertThat(cloud.deadLetters).isEmpty();
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-COMMAND");
  }

  @Test
  void aRequestThatIsRefusedIsNoDeadLetter() {
    FunctionPipeline function =
        new FunctionPipeline(
            "plant-f",
            twin(),
            (RequestBody) (request, invocation) -> refuse().answer(),
            Optional.empty(),
            cloud.log,
            cloud.deadLetters::add,
            cloud.invoker(),
            cloud.runtime());

    assertThatThrownBy(() -> function.invoke(EVENT)).isInstanceOf(Refused.class);

    assertThat(cloud.deadLetters).isEmpty();
  }

  private Done take(Envelope envelope, Invocation invocation) {
    given.add(envelope);
    return Done.NOTHING;
  }

  private static Done refuse() {
    throw Refused.of(FunctionsError.COMMAND, "It is refused.", "Send another.");
  }

  private Done send(Envelope envelope, Invocation invocation) {
    cloud.senders().to(new Remote(URI.create("https://azure.test/x"), TOKEN)).post(envelope);
    return Done.NOTHING;
  }

  private HostedFunction function(EventBody body) {
    return pipeline(body, Optional.empty());
  }

  private HostedFunction receiver(EventBody body) {
    TokenGuard tokens = TokenGuard.of(new Environment(Map.of("INTER_CLOUD_TOKEN", TOKEN)));
    ReceiverGuard guard = new ReceiverGuard(tokens, false, cloud.runtime().clock());
    return pipeline(body, Optional.of(new Endpoint(guard, Optional.empty())));
  }

  private HostedFunction pipeline(EventBody body, Optional<Endpoint> endpoint) {
    return new FunctionPipeline(
        "plant-f",
        twin(),
        body,
        endpoint,
        cloud.log,
        cloud.deadLetters::add,
        cloud.invoker(),
        cloud.runtime());
  }

  private static TwinInfo twin() {
    return new TwinInfoSource()
        .read(new Environment(Map.of("DIGITAL_TWIN_INFO", new Twin().json())));
  }
}
