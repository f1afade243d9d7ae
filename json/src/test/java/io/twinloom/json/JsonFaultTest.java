package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of bytes that are not JSON in UTF-8. */
class JsonFaultTest {

  private static JsonSyntaxException fault(byte[] bytes) {
    JsonSyntaxException fault =
        catchThrowableOfType(JsonSyntaxException.class, () -> Json.parse(bytes));
    assertThat(fault).as(new String(bytes, StandardCharsets.ISO_8859_1)).isNotNull();
    return fault;
  }

  private static String said(String latin1) {
    return fault(latin1.getBytes(StandardCharsets.ISO_8859_1)).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                            | it is empty",
        "`  `                          | it is empty",
        "{\"a\":1}x                    | after its end, at byte 8, stands x",
        "{\"a\":1}{\"b\":2}             | after its end, at byte 8, stands {",
        "{\"a\":nan}                   | at byte 6 stands nan, which is not a number of JSON",
        "{\"a\":NaN}                   | at byte 6 stands NaN, which is not a number of JSON",
        "{\"a\":-Infinity}             | at byte 6 stands -Infinity, which is not a number of JSON",
        "{\"a\":True}                  | at byte 6 stands True, which is not a value of JSON",
        "{\"name\":\"Zimmer K\u00e9\"}   | byte 0xE9 at 18 is not UTF-8",
        "{\"a\":\"x\u0001y\"}           | byte 0x01 at 8 is a control character, which a text escapes",
        "{'a':1}                       | at byte 2 stands ', where a name in double quotes is due",
        "{a:1}                         | at byte 2 stands a, where a name in double quotes is due",
        "{\"a\":1,}                    | at byte 8 stands }, where a name in double quotes is due",
        "{\"a\" 1}                     | at byte 6 stands 1, where a colon is due",
        "{\"a\":1 \"b\":2}             | at byte 8 stands \", where a comma or } is due",
        "[1 2]                         | at byte 4 stands 2, where a comma or ] is due",
        "{\"a\":}                      | at byte 6 stands }, where a value is due",
        "{\"a\":012}                   | at byte 6 stands a number that begins with 0",
        "{\"a\":1.}                    | at byte 8 stands }, where a digit is due",
        "{\"a\":\"\\x41\"}              | at byte 7 stands an escape that JSON does not have",
        "{\"a\":\"\\u12\"}              | at byte 7 stands an escape that JSON does not have",
        "{\"a\":\"x                    | it ends after byte 7, before it is complete",
        "{\"a\":1                      | it ends after byte 6, before it is complete",
        "{\"k\\ud83d\":1}               | the name at byte 2 holds half of a surrogate pair, which is not valid Unicode",
        "{\"\\ude00k\":1}               | the name at byte 2 holds half of a surrogate pair, which is not valid Unicode",
      })
  void theByteAndTheReasonAreNamed(String text, String expected) {
    assertThat(said(text)).isEqualTo(expected);
  }

  @Test
  void aTerminatingZeroIsNamed() {
    assertThat(said("{\"temperature\":21.5}\0"))
        .isEqualTo("after its end, at byte 21, stands 0x00");
  }

  @Test
  void theLineAndColumnAreThoseOfTheByte() {
    JsonSyntaxException fault = fault("{\n \"ü\": x}".getBytes(StandardCharsets.UTF_8));
    assertThat(fault.line()).isEqualTo(2);
    assertThat(fault.column()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void anotherEncodingIsNamedAndRefused(String charset) {
    byte[] bytes = "{\"temperature\":1}".getBytes(Charset.forName(charset));
    assertThat(fault(bytes).getMessage())
        .isEqualTo("it is in " + charset.substring(0, 6) + ", not in UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00c0\u0080",
        "\u00ed\u00a0\u0080",
        "\u00f4\u0090\u0080\u0080",
        "\u00c3",
        "\u00ff"
      })
  void bytesThatOnlyLookLikeUtf8AreRefused(String latin1) {
    assertThat(said("[\"" + latin1 + "\"]")).endsWith("at 3 is not UTF-8");
  }

  @Test
  void aByteOrderMarkOfUtf8IsDropped() throws JsonSyntaxException {
    assertThat(Json.parse("\ufeff{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(JsonObject.builder().put("a", 1).build());
  }

  @Test
  void aNameWithAWholePairIsTaken() throws JsonSyntaxException {
    byte[] bytes = "{\"\\ud83d\\ude00\":1}".getBytes(StandardCharsets.UTF_8);
    assertThat(((JsonObject) Json.parse(bytes)).has("😀")).isTrue();
  }

  @Test
  void whatIsNestedTooDeeplyIsSaid() {
    assertThat(said("[".repeat(5_000))).isEqualTo("it is nested deeper than 200 levels");
  }
}
