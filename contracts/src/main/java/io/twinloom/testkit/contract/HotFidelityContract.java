package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Items.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read is what was written, exactly. */
public interface HotFidelityContract extends HotStoreSubject {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.0",
        "1.50",
        "1e5",
        "1E+05",
        "1e-7",
        "9223372036854775807",
        "9223372036854775808",
        "123456789012345678901234567890.123456789012345678901234567890",
        "1e400",
        "-1e-400",
        "4.9e-324",
      })
  default void aNumberKeepsItsDigitsWhateverItsSizeAndPrecision(String number) {
    assertKept("{\"value\": " + number + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\": {\"b\": {\"c\": [1, [2, {\"d\": []}], {}]}}}",
        "{\"mixed\": [1, \"1\", true, null, 1.0, {\"1\": 1}]}",
        "{\"none\": null, \"no\": false, \"empty\": \"\"}",
        "{\"z\": 1, \"a\": 2, \"\": 3}",
        "{\"id\": \"own\", \"$type\": \"x\", \"_rid\": 1, \"a.b\": 2, \"a/b\": 3, \"S\": {\"N\":"
            + " 1}}",
      })
  default void nestingAndNamesOfAnyKindAreKept(String measurements) {
    assertKept(measurements);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "传感器-1",
        "é e\u0301",
        "\ud83d\ude00",
        "\\u0000\\u001f\\u007f",
        "\\\"\\\\\\/\\n\\t",
        "\u2028\ufeff\uffff",
        " ",
      })
  default void textOfAnyKindIsKept(String text) {
    assertKept("{\"" + text + "\": \"" + text + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"传感器-1", "Ä.b_c-1", "é", "a%2Fb", "O'Brien", "x-\ud835\udc9c"})
  default void aDevicesIdMayHaveAnyLetters(String device) {
    HotItem item = Items.item(device, at(1), "e1");
    assertThat(store().put(item)).isEqualTo(Put.STORED);
    assertThat(store().last(device)).contains(item);
    assertThat(store().range(device, at(1), at(1), 1, Order.ASCENDING).items())
        .containsExactly(item);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 190 * 1024})
  default void aLargeItemIsKept(int size) {
    assertKept("{\"text\": \"" + "ü".repeat(size / 2) + "\"}");
  }

  private void assertKept(String measurements) {
    HotItem item = Items.item("d", at(1), "e1", measurements);
    assertThat(store().put(item)).isEqualTo(Put.STORED);
    HotItem read = store().last("d").orElseThrow();
    assertThat(read).isEqualTo(item);
    assertThat(Json.text(read.body())).isEqualTo(Json.text(item.body()));
    assertThat(Items.all(store(), "d")).containsExactly(item);
  }
}
