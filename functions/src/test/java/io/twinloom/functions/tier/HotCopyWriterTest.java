package io.twinloom.functions.tier;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.HotItem;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.Sha256;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotCopyWriterTest {

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
  private final HostedFunction writer =
      cloud.function(
          FunctionKind.HOT_COPY_WRITER,
          new Twin().on("aws", "aws", "azure").previous("layer_3_hot_provider", "aws"),
          Map.of("INTER_CLOUD_TOKEN", TOKEN));

  private static String at(int micros) {
    return "2026-01-01T00:00:00.%06dZ".formatted(micros);
  }

  private static String item(String device, int micros, String event) {
    return "{\"id\":\"%s_%s\",\"device_id\":\"%s\",\"timestamp\":\"%s\",\"event_id\":\"%s\",\"n\":1.50e3}"
        .formatted(device, at(micros), device, at(micros), event);
  }

  private HttpAnswer post(String body) {
    return writer.receive(
        new HttpHead("POST", Map.of("x-inter-cloud-token", TOKEN), Map.of()),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpAnswer copy(String device, String items) {
    return post("{\"device_id\": \"" + device + "\", \"items\": " + items + "}");
  }

  private static JsonObject answer(HttpAnswer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return Json.parseObject(answer.body());
  }

  private static JsonObject counts(int stored, int there, int shifted, String list) {
    return JsonObject.builder()
        .put("stored", stored)
        .put("there", there)
        .put("shifted", shifted)
        .put("sha256", Sha256.hex(list.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  @Test
  void itemsAreStoredAsTheyAreAndTheAnswerHasTheDigestOfTheListAsItCame() {
    String list = "[" + item("press-1", 1, "a") + ",  " + item("press-1", 2, "b") + "]";
    assertThat(answer(copy("press-1", list))).isEqualTo(counts(2, 0, 0, list));
    assertThat(cloud.hotStore.all())
        .extracting(i -> Json.text(i.body()))
        .containsExactly(item("press-1", 1, "a"), item("press-1", 2, "b"));
    assertThat(answer(copy("press-1", list))).as("again").isEqualTo(counts(0, 2, 0, list));
  }

  @Test
  void theListMayBeGzipped() {
    String list = "[" + item("press-1", 1, "a") + "]";
    String packed =
        Base64.getEncoder().encodeToString(Gzip.pack(list.getBytes(StandardCharsets.UTF_8)));
    assertThat(answer(post("{\"device_id\":\"press-1\",\"items_gzip\":\"" + packed + "\"}")))
        .isEqualTo(counts(1, 0, 0, list));
    assertThat(
            post("{\"device_id\":\"press-1\",\"items\":[],\"items_gzip\":\"" + packed + "\"}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void aDeviceThatTheTwinHasNoMoreIsTakenToo() {
    String list = "[" + item("sold-9", 1, "a") + "]";
    assertThat(answer(copy("sold-9", list))).isEqualTo(counts(1, 0, 0, list));
  }

  @Test
  void whatIsThereIsNotOverwrittenAndAnotherEventIsNotDisplaced() {
    JsonObject newer = object("{\"n\": 2}");
    cloud.hotStore.put(new HotItem("press-1", at(1), "a", newer));
    cloud.hotStore.put(new HotItem("press-1", at(2), "other", newer));
    String list = "[" + item("press-1", 1, "a") + "," + item("press-1", 2, "b") + "]";
    assertThat(answer(copy("press-1", list))).isEqualTo(counts(0, 1, 1, list));
    List<HotItem> all = cloud.hotStore.all();
    assertThat(all).extracting(HotItem::eventId).containsExactly("a", "other", "b");
    assertThat(all.getFirst().body()).isEqualTo(newer);
    assertThat(Json.text(all.getLast().body())).isEqualTo(item("press-1", 3, "b"));
  }

  @Test
  void anItemWithoutAnEventIdHasTheOneThatReadersGiveIt() {
    String bare = "{\"device_id\":\"press-1\",\"timestamp\":\"" + at(1) + "\",\"n\":1}";
    copy("press-1", "[" + bare + "]");
    assertThat(cloud.hotStore.all().getFirst().eventId()).hasSize(11);
    assertThat(answer(copy("press-1", "[" + bare + "]")).get("there")).hasToString("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[1]",
        "[{}]",
        "[{\"device_id\":\"press-1\"}]",
        "[{\"device_id\":\"press-1\",\"timestamp\":\"2026-01-01\"}]",
        "[{\"device_id\":\"other\",\"timestamp\":\"2026-01-01T00:00:00.000000Z\"}]",
      })
  void whatIsNoListOfThisDevicesItemsIsRefused(String items) {
    assertThat(copy("press-1", items).status()).isEqualTo(400);
    assertThat(cloud.hotStore.all()).isEmpty();
  }

  @Test
  void itemsThatAreNotInTheOrderOfTimeAreRefused() {
    String list = "[" + item("press-1", 2, "b") + "," + item("press-1", 1, "a") + "]";
    assertThat(copy("press-1", list).status()).isEqualTo(400);
    assertThat(cloud.hotStore.all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#devices", "a/b", "", "."})
  void whatIsNoDevicesIdIsRefused(String device) {
    assertThat(copy(device, "[" + item(device, 1, "a") + "]").status()).isEqualTo(400);
  }

  @Test
  void aDigestThatIsNotThatOfTheListIsRefused() {
    String body =
        "{\"device_id\":\"press-1\",\"sha256\":\"%s\",\"items\":[%s]}"
            .formatted("0".repeat(64), item("press-1", 1, "a"));
    assertThat(post(body).status()).isEqualTo(400);
    assertThat(cloud.hotStore.all()).isEmpty();
  }

  @Test
  void moreThanFourMebibytesOfItemsAreTooLarge() {
    String large =
        "[{\"device_id\":\"press-1\",\"timestamp\":\"%s\",\"x\":\"%s\"}]"
            .formatted(at(1), "x".repeat(HotCopyWriter.MAX_BYTES));
    assertThat(copy("press-1", large).status()).isEqualTo(413);
    String packed =
        Base64.getEncoder().encodeToString(Gzip.pack(large.getBytes(StandardCharsets.UTF_8)));
    assertThat(post("{\"device_id\":\"press-1\",\"items_gzip\":\"" + packed + "\"}").status())
        .isEqualTo(413);
  }

  @Test
  void aStoreThatTakesNoMoreIs503() {
    cloud.hotStore.throttle(item -> true);
    assertThat(copy("press-1", "[" + item("press-1", 1, "a") + "]").status()).isEqualTo(503);
  }
}
