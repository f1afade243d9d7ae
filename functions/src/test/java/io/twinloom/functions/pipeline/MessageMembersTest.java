package io.twinloom.functions.pipeline;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** No member of a device's message is lost without a word, whatever its name. */
class MessageMembersTest {

  private static final String TIME = "2026-03-01T11:59:59.000000Z";

  private final FakeCloud cloud = new FakeCloud(KnownClouds.GOOGLE);

  private JsonObject passedOn(FunctionKind door, JsonObject message) {
    if (door == FunctionKind.DISPATCHER) {
      byte[] payload = Json.bytes(message);
      cloud
          .function(door, new Twin(), Map.of())
          .invoke(new DeviceMessage("press-1", TIME, "1", payload).toEvent());
    } else {
      JsonObject envelope =
          JsonObject.builder().put("timestamp", TIME).put("payload", message).build();
      HttpAnswer answer =
          cloud
              .function(door, new Twin(), Map.of("INTER_CLOUD_TOKEN", Twin.TOKEN))
              .receive(
                  new HttpHead("POST", Map.of("x-inter-cloud-token", Twin.TOKEN), Map.of()),
                  Json.bytes(envelope));
      assertThat(answer.status()).isEqualTo(200);
    }
    return cloud.invoker.later().getLast().event().object("payload").orElseThrow();
  }

  /** Every name that the system uses, at each door of a device's message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"id\": 185`                        | `\"source_id\": 185`             | renamed",
        "`\"id\": null`                       | `\"source_id\": null`            | renamed",
        "`\"event_id\": \"x\"`                | `\"source_event_id\": \"x\"`     | renamed",
        "`\"id\": 1, \"source_id\": 2`        | `\"source_id\": 2`               | dropped",
        "`\"event_id\": 1, \"source_event_id\": 2` | `\"source_event_id\": 2`    | dropped",
        "`\"source_id\": 2`                   | `\"source_id\": 2`               | ``",
        "`\"deviceId\": \"press-1\"`          | ``                               | ``",
        "`\"iotDeviceId\": \"other\"`         | `\"iotDeviceId\": \"other\"`     | property-unknown",
        "`\"time\": \"00:54\"`                | ``                               | dropped",
        "`\"ts\": 12`                         | ``                               | dropped",
        "`\"time\": \"2026-03-01T12:59:59+01:00\"` | ``                          | ``",
        "`\"time\": null`                     | ``                               | ``",
      })
  void aMemberOfAReservedNameIsKeptOrCounted(String given, String kept, String counted) {
    for (FunctionKind door : List.of(FunctionKind.DISPATCHER, FunctionKind.INGESTION)) {
      int before = cloud.log.counts().size();
      JsonObject payload =
          passedOn(
              door,
              object(
                  "{\"device_id\": \"press-1\", \"timestamp\": \"%s\", %s}"
                      .formatted(TIME, given)));
      assertThat(payload.toBuilder().remove("device_id").remove("timestamp").build())
          .isEqualTo(object("{" + kept + "}"));
      List<String> counts = cloud.log.counts().subList(before, cloud.log.counts().size());
      if (counted.isEmpty()) {
        assertThat(counts).isEmpty();
      } else {
        assertThat(counts).singleElement().asString().endsWith(counted);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FunctionKind.class,
      names = {"DISPATCHER", "INGESTION"})
  void aDeviceIsWarnedOfOnceForEachNameThoughEachMessageIsCounted(FunctionKind door) {
    var function = cloud.function(door, new Twin(), Map.of("INTER_CLOUD_TOKEN", Twin.TOKEN));
    for (int i = 0; i < 3; i++) {
      JsonObject message =
          object("{\"device_id\": \"press-1\", \"timestamp\": 5, \"id\": %d}".formatted(i));
      function.invoke(
          door == FunctionKind.DISPATCHER
              ? new DeviceMessage("press-1", TIME, "1", Json.bytes(message)).toEvent()
              : JsonObject.builder().put("payload", message).build());
    }
    assertThat(cloud.log.counts()).hasSize(3).containsOnly("message-member-renamed");
    assertThat(cloud.log.messages(Level.WARN))
        .containsExactly("The member \"id\" of a message is kept as \"source_id\".");
  }

  @Test
  void anEventIdInTheBodyOfAMessageIsNotTheMeasurementsIdentity() {
    String message = "{\"device_id\": \"press-1\", \"timestamp\": 5, \"event_id\": \"forged\"}";
    var unused = passedOn(FunctionKind.INGESTION, object(message));
    assertThat(cloud.invoker.onlyLater().event().text("event_id").orElseThrow())
        .hasSize(11)
        .isNotEqualTo("forged");
  }

  @Test
  void atTheHotWriterTheIdsAreTheProducts() {
    String item =
        "{\"id\": \"x\", \"event_id\": \"abc\", \"device_id\": \"press-1\", \"timestamp\": 5}";
    cloud
        .function(FunctionKind.HOT_WRITER, new Twin(), Map.of("INTER_CLOUD_TOKEN", Twin.TOKEN))
        .receive(
            new HttpHead("POST", Map.of("x-inter-cloud-token", Twin.TOKEN), Map.of()),
            item.getBytes(StandardCharsets.UTF_8));
    assertThat(cloud.hotStore.all().getFirst().body().text("event_id")).contains("abc");
    assertThat(cloud.hotStore.all().getFirst().body().has("source_id")).isFalse();
    assertThat(cloud.log.counts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2026, true", "20261025, true", "1767225600, false", "2026-10-25, false"})
  @DisplayName("a device sends a date of digits alone")
  void aDateOfDigitsAloneIsNotSilentlyTakenForSecondsSince1970(String text, boolean noted) {
    var unused =
        passedOn(
            FunctionKind.DISPATCHER,
            JsonObject.builder().put("device_id", "press-1").put("timestamp", text).build());
    assertThat(cloud.log.counts()).hasSize(noted ? 1 : 0);
    assertThat(cloud.log.messages(Level.WARN))
        .allMatch(w -> w.contains(text) && w.contains("seconds since 1970"));
  }
}
