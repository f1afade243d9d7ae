package io.twinloom.functions.hot;

import static io.twinloom.functions.fake.Twin.object;
import static io.twinloom.functions.hot.ReaderFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.json.JsonObject;
import org.junit.jupiter.api.Test;

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
