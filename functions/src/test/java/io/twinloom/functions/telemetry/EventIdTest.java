package io.twinloom.functions.telemetry;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.Refused;
import io.twinloom.json.CanonicalJson;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The expected ids were made by another implementation (Python's hashlib and base64). */
class EventIdTest {

  private static final JsonObject MESSAGE =
      object(
          "{\"timestamp\": \"2026-01-01T00:00:00.000000Z\", \"device_id\": \"press-1\","
              + " \"temperature\": 21.50}");

  @Test
  void theIdIsTheFirst64BitsOfTheDigestOfTheCanonicalMessage() {
    assertThat(EventId.of(MESSAGE)).isEqualTo("PyY0Lw-xWzY");
  }

  @Test
  void theBrokersIdTellsTwoMessagesWithoutTimeApart() {
    assertThat(EventId.of(MESSAGE, "17"))
        .isEqualTo("5Qk0KtcP3Og")
        .isNotEqualTo(EventId.of(MESSAGE, "18"));
  }

  @Test
  void numbersCountAsTheyWereWritten() {
    JsonObject shorter = MESSAGE.toBuilder().put("temperature", 21.5).build();
    assertThat(EventId.of(shorter)).isNotEqualTo(EventId.of(MESSAGE));
  }

  @Test
  void anItemsIdIsThatOfTheMessageItWasMadeFrom() {
    JsonObject item = MESSAGE.toBuilder().put("id", "press-1_x").put("event_id", "old").build();
    assertThat(EventId.ofItem(item)).isEqualTo(EventId.of(MESSAGE));
    assertThat(EventId.ofItem(MESSAGE)).isEqualTo(EventId.of(MESSAGE));
  }

  @Test
  void theCanonicalFormSortsByCodePointAndEscapesOnlyWhatItMust() {
    JsonObject message =
        object(
            "{\"\\ud83d\\ude00\": {}, \"\\uff41\": \"\\u0001\\n"
                + "\\\"\\\\\\/ é\\ud83d\\ude00\\u007f\", \"\": [1, {\"b\": true, \"a\": null}]}");
    assertThat(new String(CanonicalJson.bytes(message), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"\":[1,{\"a\":null,\"b\":true}],\"\uff41\":\"\\u0001\\n"
                + "\\\"\\\\/ é\ud83d\ude00\u007f\",\"\ud83d\ude00\":{}}");
    assertThat(EventId.of(message)).isEqualTo("Js6flP5d6vo");
  }

  @Test
  void halfASurrogatePairIsNoTextThatCanBeKept() {
    assertThatThrownBy(() -> EventId.of(object("{\"a\": \"\\ud83d\"}")))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> EventId.of(object("{\"b\": [{\"a\": \"\\ude00x\"}]}")))
        .isInstanceOf(Refused.class);
  }
}
