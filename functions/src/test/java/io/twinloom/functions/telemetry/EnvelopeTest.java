package io.twinloom.functions.telemetry;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final Envelope WHOLE =
      new Envelope(
          "gcp",
          "L3",
          Envelope.TELEMETRY,
          "2026-01-01T00:00:00.000000Z",
          object("{\"device_id\": \"press-1\"}"),
          "3f0e6c1e-0000-4000-8000-000000000001",
          Optional.of("PyY0Lw-xWzY"));

  @Test
  void itIsWrittenWithTheNamesOfTheContract() {
    assertThat(WHOLE.toJson())
        .isEqualTo(
            object(
                """
                {"source_cloud": "gcp", "target_layer": "L3", "message_type": "telemetry",
                 "timestamp": "2026-01-01T00:00:00.000000Z",
                 "payload": {"device_id": "press-1"},
                 "trace_id": "3f0e6c1e-0000-4000-8000-000000000001",
                 "event_id": "PyY0Lw-xWzY"}
                """));
  }

  @Test
  void whatIsMissingIsFilledIn() {
    assertThat(read("{\"payload\": {\"a\": 1}}"))
        .isEqualTo(
            new Envelope(
                "unknown",
                "L2",
                "telemetry",
                "2026-03-01T12:00:00.500000Z",
                object("{\"a\": 1}"),
                "3f0e6c1e-0000-4000-8000-000000000001",
                Optional.empty()));
  }

  @Test
  void theIdOfAStoredItemMayStandInThePayloadInstead() {
    EnvelopeForm items = new EnvelopeForm("L3", Envelope.TELEMETRY, true, true);
    String inPayload = "{\"payload\": {\"event_id\": \"abc\"}}";
    assertThat(
            Envelope.of(
                    object(inPayload),
                    items,
                    () -> FakeCloud.NOW,
                    () -> "3f0e6c1e-0000-4000-8000-000000000001")
                .eventId())
        .contains("abc");
    assertThat(read(inPayload).eventId()).as("a device's own").isEmpty();
    assertThat(read("{\"event_id\": \"xyz\", \"payload\": {\"event_id\": \"abc\"}}").eventId())
        .contains("xyz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "\"\"",
        "\" \"",
        "\"a b\"",
        "\"a\\nb\"",
        "\"<script>\"",
        "\"é\"",
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""
      })
  void namesThatMayNotStandInALogLineCountAsMissing(String value) {
    Envelope envelope =
        read(
            "{\"payload\": {}, \"trace_id\": %1$s, \"source_cloud\": %1$s, \"event_id\": %1$s}"
                .formatted(value));
    assertThat(envelope.traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(envelope.sourceCloud()).isEqualTo("unknown");
    assertThat(envelope.eventId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"payload\": null}", "{\"payload\": []}", "{\"payload\": \"{}\"}"})
  void withoutAPayloadThatIsAnObjectItIsRefused(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageContaining("payload");
  }

  @Test
  void sentOnItKeepsTraceAndIdAndSaysWhoSentItWhen() {
    Envelope sent = WHOLE.sentOn("azure", "L4", object("{\"b\": 2}"), () -> FakeCloud.NOW);
    assertThat(sent)
        .isEqualTo(
            new Envelope(
                "azure",
                "L4",
                "telemetry",
                "2026-03-01T12:00:00.500000Z",
                object("{\"b\": 2}"),
                WHOLE.traceId(),
                WHOLE.eventId()));
  }

  @Test
  void whatWasWrittenIsReadAsItWas() {
    for (JsonObject payload : Messages.objects().list().ofSize(50).sample()) {
      Envelope envelope = WHOLE.with(payload, "id-1");
      JsonObject wire = Json.parseObject(Json.bytes(envelope.toJson()));
      assertThat(read(Json.text(wire))).isEqualTo(envelope);
    }
  }

  private static Envelope read(String json) {
    return Envelope.of(
        (JsonObject) Twin.value(json),
        EnvelopeForm.OF_MEASUREMENTS,
        () -> FakeCloud.NOW,
        () -> "3f0e6c1e-0000-4000-8000-000000000001");
  }
}
