package io.twinloom.functions.telemetry;

import static io.twinloom.functions.fake.Twin.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyTypesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '´',
      value = {
        "DOUBLE, 1.5, true",
        "DOUBLE, 3, true",
        "DOUBLE, 1e400, true",
        "DOUBLE, \"1.5\", false",
        "DOUBLE, null, false",
        "INTEGER, 2147483647, true",
        "INTEGER, 2147483648, false",
        "INTEGER, -2147483648, true",
        "INTEGER, 3.0, false",
        "LONG, 9223372036854775807, true",
        "LONG, -9223372036854775808, true",
        "LONG, 9223372036854775808, false",
        "LONG, 1e3, false",
        "STRING, \"\", true",
        "STRING, 5, false",
        "BOOLEAN, false, true",
        "BOOLEAN, 0, false",
      })
  void aValueIsOfATypeOrNot(DataType type, String json, boolean isOf) {
    assertThat(PropertyTypes.isOf(type, value(json))).isEqualTo(isOf);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '´',
      value = {
        "1.5, DOUBLE",
        "7, INTEGER",
        "3000000000, LONG",
        "99999999999999999999, DOUBLE",
        "\"x\", STRING",
        "true, BOOLEAN",
        "{}, STRING",
      })
  void everyValueHasATypeOfItsOwn(String json, DataType type) {
    assertThat(PropertyTypes.own(value(json))).isEqualTo(type);
  }
}
