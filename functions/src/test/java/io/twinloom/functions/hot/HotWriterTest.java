package io.twinloom.functions.hot;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotWriterTest {

  private static final String MESSAGE =
      "{\"device_id\": \"press-1\", \"timestamp\": \"2026-01-01T00:00:00.000000Z\","
          + " \"temperature\": 21.50}";
  private static final JsonObject ITEM =
      object(
          """
          {"id": "press-1_2026-01-01T00:00:00.000000Z", "device_id": "press-1",
           "timestamp": "2026-01-01T00:00:00.000000Z", "event_id": "PyY0Lw-xWzY",
           "temperature": 21.50}
          """);

  private final FakeCloud cloud = new FakeCloud(KnownClouds.GOOGLE);
  private final HostedFunction writer =
      cloud.function(
          FunctionKind.HOT_WRITER,
          new Twin().on("aws", "azure", "google"),
          Map.of("INTER_CLOUD_TOKEN", TOKEN));

  @Test
  void withItsTokenAnItemIsStored() {
    HttpAnswer answer = post(TOKEN, "{\"event_id\": \"abc\", \"payload\": " + MESSAGE + "}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Json.parseObject(answer.body()))
        .isEqualTo(
            object("{\"status\": \"Success\", \"id\": \"press-1_2026-01-01T00:00:00.000000Z\"}"));
    HotItem stored = cloud.hotStore.all().getFirst();
    assertThat(stored.eventId()).isEqualTo("abc");
    assertThat(stored.body()).isEqualTo(ITEM.toBuilder().put("event_id", "abc").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", " "})
  void withAnotherTokenItIsForbidden(String token) {
    assertThat(post(token, MESSAGE).status()).isEqualTo(403);
    assertThat(cloud.hotStore.all()).isEmpty();
  }

  @Test
  void withoutATokenItIsForbidden() {
    assertThat(writer.receive(new HttpHead("POST", Map.of(), Map.of()), bytes(MESSAGE)).status())
        .isEqualTo(403);
    assertThat(cloud.hotStore.all()).isEmpty();
  }

  @Test
  void withoutATokenOfItsOwnItStartsSaysSoAndRefusesAll() {
    HostedFunction open = cloud.function(FunctionKind.HOT_WRITER, new Twin(), Map.of());
    assertThat(cloud.log.messages(Level.ERROR))
        .singleElement()
        .asString()
        .contains("INTER_CLOUD_TOKEN");
    for (String token : new String[] {"", "null", TOKEN}) {
      HttpHead head = new HttpHead("POST", Map.of("x-inter-cloud-token", token), Map.of());
      assertThat(open.receive(head, bytes(MESSAGE)).status()).isEqualTo(403);
    }
    assertThat(cloud.hotStore.all()).isEmpty();
  }

  @Test
  void aBareItemIsStoredUnderTheIdMadeFromIt() {
    assertThat(post(TOKEN, MESSAGE).status()).isEqualTo(200);
    assertThat(cloud.hotStore.all()).extracting(HotItem::body).containsExactly(ITEM);
  }

  @Test
  void aBareItemThatWasStoredBeforeIsItself() {
    post(TOKEN, MESSAGE);
    assertThat(post(TOKEN, Json.text(ITEM)).status()).isEqualTo(200);
    assertThat(cloud.hotStore.all()).extracting(HotItem::body).containsExactly(ITEM);
  }

  @Test
  void anItemWithAMeasurementNamedPayloadIsABareItem() {
    post(TOKEN, "{\"device_id\": \"press-1\", \"timestamp\": 0, \"payload\": 12.5}");
    assertThat(Json.text(cloud.hotStore.all().getFirst().body())).contains("\"payload\":12.5");
  }

  @Test
  void anEnvelopesPayloadIsNormalised() {
    post(TOKEN, "{\"payload\": {\"iotDeviceId\": \"press-1\", \"time\": \"1767225600\"}}");
    HotItem stored = cloud.hotStore.all().getFirst();
    assertThat(stored.timestamp()).isEqualTo("2026-01-01T00:00:00.000000Z");
    assertThat(stored.body().has("time") || stored.body().has("iotDeviceId")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '´',
      value = {
        "                                                    | no body",
        "{                                                   | invalid JSON",
        "[{\"device_id\": \"press-1\"}]                      | a list",
        "\"text\"                                            | a text",
        "7                                                   | a number",
        "{\"device_id\": \"press-1\"}                        | no timestamp",
        "{\"payload\": {\"device_id\": \"press-1\"}}         | no timestamp",
        "{\"device_id\": \"press-1\", \"time\": \"\"}        | no timestamp",
        "{\"device_id\": \"press-1\", \"time\": \"soon\"}    | cannot be read",
        "{\"timestamp\": 0}                                  | no device_id",
        "{\"device_id\": \"press-9\", \"timestamp\": 0}      | press-9",
      })
  void whatIsNoItemIsABadRequest(String body, String why) {
    HttpAnswer answer = post(TOKEN, body == null ? "" : body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Json.parseObject(answer.body()).text("error").orElseThrow()).contains(why);
    assertThat(cloud.hotStore.all()).isEmpty();
  }

  @Test
  void anItemOver192KibIsTooLarge() {
    String body =
        "{\"device_id\": \"press-1\", \"timestamp\": 0, \"state\": \""
            + "x".repeat(192 * 1024)
            + "\"}";
    assertThat(post(TOKEN, body).status()).isEqualTo(413);
  }

  @Test
  void aStoreThatFailsIsAServerError() {
    cloud.hotStore.breakDown();
    HttpAnswer answer = post(TOKEN, MESSAGE);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void itsSourceCloudIsLogged() {
    post(TOKEN, "{\"source_cloud\": \"azure\", \"payload\": " + MESSAGE + "}");
    assertThat(cloud.log.onlyLine().sourceCloud()).isEqualTo("azure");
    assertThat(cloud.log.onlyLine().device()).isEqualTo("press-1");
  }

  @Test
  void aDuplicateOverwritesItself() {
    assertThat(post(TOKEN, MESSAGE).status()).isEqualTo(200);
    assertThat(post(TOKEN, MESSAGE).status()).isEqualTo(200);
    assertThat(cloud.hotStore.all()).hasSize(1);
  }

  @Test
  void anotherEventOfTheSameInstantIsKeptAndItsPlaceAnswered() {
    post(TOKEN, "{\"event_id\": \"one\", \"payload\": " + MESSAGE + "}");
    String second = "{\"event_id\": \"two\", \"payload\": " + MESSAGE + "}";
    for (int delivery = 0; delivery < 2; delivery++) {
      assertThat(Json.parseObject(post(TOKEN, second).body()).text("id"))
          .contains("press-1_2026-01-01T00:00:00.000001Z");
    }
    assertThat(cloud.hotStore.all()).hasSize(2);
  }

  private HttpAnswer post(String token, String body) {
    return writer.receive(
        new HttpHead("POST", Map.of("x-inter-cloud-token", token), Map.of()), bytes(body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
