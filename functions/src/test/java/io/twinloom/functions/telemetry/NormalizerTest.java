package io.twinloom.functions.telemetry;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizerTest {

  private static final Optional<String> ACCEPTED = Optional.of("2026-03-01T12:00:00.000000Z");
  private final Normalizer normalizer = new Normalizer(Set.of("press-1", "oven-2")::contains);

  @ParameterizedTest
  @ValueSource(strings = {"device_id", "iotDeviceId", "deviceId", "IoTDeviceId"})
  void everySpellingOfTheDevicesIdBecomesOne(String name) {
    JsonObject message = object("{\"" + name + "\": \"press-1\", \"ts\": 0, \"a\": 1}");
    assertThat(normal(message, "").message())
        .isEqualTo(
            object(
                "{\"device_id\": \"press-1\", \"timestamp\": \"1970-01-01T00:00:00.000000Z\","
                    + " \"a\": 1}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "time", "ts"})
  void everySpellingOfTheTimeBecomesOne(String name) {
    JsonObject message = object("{\"" + name + "\": \"2026-01-01T01:00:00+01:00\"}");
    Normalized normal = normal(message, "press-1");
    assertThat(normal.message())
        .isEqualTo(
            object("{\"device_id\": \"press-1\", \"timestamp\": \"2026-01-01T00:00:00.000000Z\"}"));
    assertThat(normal.hadTime()).isTrue();
  }

  @Test
  void ofSeveralSpellingsTheFirstThatIsThereCounts() {
    Normalized normal =
        normal(
            object(
                "{\"deviceId\": \"oven-2\", \"device_id\": \"press-1\", \"timestamp\": \" \","
                    + " \"time\": null, \"ts\": 60}"),
            "");
    assertThat(normal.device()).isEqualTo("press-1");
    assertThat(normal.timestamp()).isEqualTo("1970-01-01T00:01:00.000000Z");
    assertThat(normal.message().text("deviceId")).contains("oven-2");
  }

  @Test
  void anotherNameThatSaysTheSameIsDropped() {
    JsonObject message = object("{\"device_id\": \"press-1\", \"iotDeviceId\": \"press-1\"}");
    assertThat(normal(message, "").message().has("iotDeviceId")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"timestamp\": null}",
        "{\"timestamp\": \"\"}",
        "{\"timestamp\": \"  \", \"time\": null, \"ts\": \"\"}"
      })
  void aMessageWithoutTimeGetsTheTimeOfItsAcceptance(String message) {
    Normalized normal = normal(object(message), "press-1");
    assertThat(normal.timestamp()).isEqualTo("2026-03-01T12:00:00.000000Z");
    assertThat(normal.message().text("timestamp")).contains("2026-03-01T12:00:00.000000Z");
    assertThat(normal.hadTime()).isFalse();
  }

  @Test
  void aMessageWithoutIdIsItsChannelsDevices() {
    assertThat(normal(object("{\"device_id\": null, \"deviceId\": \"\"}"), "oven-2").device())
        .isEqualTo("oven-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '´',
      value = {
        "{\"a\": 1}                               |         | no device_id",
        "{\"device_id\": \"\"}                    |         | no device_id",
        "{\"device_id\": 42}                      |         | a number",
        "{\"device_id\": \"oven-2\"}              | press-1 | its channel says \"press-1\"",
        "{\"device_id\": \"unknown\"}             |         | no device \"unknown\"",
        "{\"device_id\": \"PRESS-1\"}             |         | no device \"PRESS-1\"",
        "{\"device_id\": \" press-1\"}            |         | no device",
        "{}                                       | unknown | no device \"unknown\"",
      })
  void aMessageWithoutAKnownDeviceIsRefused(String message, String channel, String why) {
    assertThatThrownBy(() -> normal(object(message), channel == null ? "" : channel))
        .isInstanceOfSatisfying(
            Refused.class,
            e -> {
              assertThat(e.status()).isEqualTo(400);
              assertThat(e.code()).isEqualTo("TL-MESSAGE-DEVICE");
              assertThat(e.what()).contains(why);
              assertThat(e.getStackTrace()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"soon\"", "true", "{}", "[1]", "1e40", "\"2026-02-30T00:00:00Z\""})
  void aTimeThatCannotBeReadIsRefusedAndNoOtherTakesItsPlace(String time) {
    JsonObject message = object("{\"timestamp\": " + time + ", \"time\": 0}");
    assertThatThrownBy(() -> normal(message, "press-1"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void whereATimeIsAskedForAMessageWithoutOneIsRefused() {
    assertThatThrownBy(
            () -> normalizer.normalize(object("{\"ts\": \"\"}"), "press-1", Optional.empty()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no timestamp");
  }

  @Test
  @DisplayName("a device's id comes decomposed, as some systems write it")
  void aDevicesIdIsTheSameInHoweverManyCharactersItIsWritten() throws Exception {
    Normalizer composed = new Normalizer("küche"::equals);
    String decomposed = "ku\u0308che";

    for (String channel : new String[] {"", "küche", decomposed}) {
      Normalizer.Normalized normal =
          composed.normalize(
              object("{\"device_id\": \"" + decomposed + "\", \"ts\": 1}"),
              channel,
              Optional.empty());
      assertThat(normal.device()).isEqualTo("küche");
      assertThat(normal.message().text("device_id")).contains("küche");
    }
  }

  @Test
  void namesFromOutsideAreShownShortAndOnOneLine() {
    JsonObject message = object("{\"device_id\": \"a\\nb" + "x".repeat(500) + "\"}");
    assertThatThrownBy(() -> normal(message, ""))
        .hasMessageContaining("\"a\\nbxxx")
        .extracting(Throwable::getMessage)
        .satisfies(text -> assertThat(text).hasSizeLessThan(200).doesNotContain("\n"));
  }

  private Normalized normal(JsonObject message, String channel) {
    return normalizer.normalize(message, channel, ACCEPTED);
  }
}
