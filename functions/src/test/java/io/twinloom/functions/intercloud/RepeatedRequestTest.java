package io.twinloom.functions.intercloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeDevices.Sent;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinConfig.SigningMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A signed request that comes again is answered as before and done once. */
class RepeatedRequestTest extends SignedRequestFixture {
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
    assertThat(ingestion.receive(head(request), request.body()).status()).isEqualTo(503);
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
}
