package io.twinloom.functions.hot;

import static io.twinloom.functions.fake.Twin.object;
import static io.twinloom.functions.hot.ReaderFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotReaderLastEntryTest {

  private final ReaderFixture hot = new ReaderFixture(FunctionKind.HOT_READER_LAST_ENTRY);

  @Test
  void theNewestItemIsAnswered() {
    hot.store(5, "{\"temperature\": 5}");
    hot.store(9, "{\"temperature\": 9}");
    hot.store(7, "{\"temperature\": 7}");
    JsonObject answer = json(hot.get("device_id", "press-1"));
    assertThat(answer.get("count")).hasToString("1");
    assertThat(answer.array("items").orElseThrow().values())
        .singleElement()
        .asString()
        .contains("\"temperature\":9");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20})
  void whatVerifyMarkedIsNotTheNewest(int marked) {
    hot.store(7, "{\"temperature\": 7}");
    hot.store(9, "{\"temperature\": 9}");
    for (int second = 10; second < 10 + marked; second++) {
      hot.store(second, "{\"temperature\": 99, \"_verify\": \"v-1\"}");
    }
    assertThat(json(hot.get("device_id", "press-1")).array("items").orElseThrow().values())
        .singleElement()
        .asString()
        .contains("\"temperature\":9,");
    assertThat(Json.text(json(hot.post("{\"entityId\": \"hall\", \"componentName\": \"press\"}"))))
        .contains("{\"doubleValue\":9}");
  }

  @Test
  void aDeviceWithNothingButWhatVerifyMarkedHasNoNewest() {
    hot.store(5, "{\"temperature\": 5, \"_verify\": \"v-1\"}");
    assertThat(json(hot.get("device_id", "press-1")))
        .isEqualTo(object("{\"items\": [], \"count\": 0}"));
    assertThat(json(hot.post("{\"entityId\": \"hall\", \"componentName\": \"press\"}")))
        .isEqualTo(object("{\"propertyValues\": {}}"));
  }

  @Test
  void aDeviceWithoutItemsHasNone() {
    assertThat(json(hot.get("device_id", "oven-2")))
        .isEqualTo(object("{\"items\": [], \"count\": 0}"));
  }

  @Test
  void anUnknownDeviceIsABadRequest() {
    assertThat(hot.get("device_id", "press-9").status()).isEqualTo(400);
    assertThat(hot.get().status()).isEqualTo(400);
  }

  @Test
  void calledByAFunctionItAnswersTheBareItem() {
    hot.store(5, "{\"temperature\": 5}");
    assertThat(hot.reader.invoke(object("{\"device_id\": \"press-1\"}")))
        .isEqualTo(json(hot.get("device_id", "press-1")));
  }
}
