package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of the elements of a list, which are seen without building them. */
class ElementTextsTest {

  private final List<String> seen = new ArrayList<>();
  private final List<String> elements = new ArrayList<>();

  private long each(String list) throws JsonSyntaxException {
    byte[] utf8 = list.getBytes(StandardCharsets.UTF_8);
    return ElementTexts.each(
        utf8,
        List.of("a", "b"),
        () -> {
          seen.clear();
          elements.clear();
          return (texts, from, to) -> {
            seen.add(Arrays.toString(texts));
            elements.add(new String(utf8, from, to - from, StandardCharsets.UTF_8));
          };
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"a\":\"x\",\"b\":\"y\"}]                | [x, y]",
        "[{\"b\" : \"y\" , \"c\":1}]                  | [null, y]",
        "[{\"a\":1,\"b\":null}]                       | [null, null]",
        "[{\"a\":\"x\",\"a\":2}]                      | [null, null]",
        "[{\"a\":\"x\",\"a\":\"z\"}]                  | [z, null]",
        "[{\"c\":{\"a\":\"inner\"},\"d\":[{\"b\":\"\"}]}] | [null, null]",
        "[{\"aa\":\"x\",\"\":\"y\"}]                  | [null, null]",
        "[{\"a\":\"Küche 😀\"}]                       | [Küche 😀, null]",
        "[1]                                        | [null, null]",
        "[\"a\"]                                    | [null, null]",
        "[[{\"a\":\"x\"}]]                           | [null, null]",
        "[null]                                     | [null, null]",
        "[{}]                                       | [null, null]",
      })
  void eachElementIsSeenWithItsOwnTexts(String list, String texts) throws JsonSyntaxException {
    assertThat(each(list)).isEqualTo(1);
    assertThat(seen).containsExactly(texts);
  }

  @Test
  void textsThatAreWrittenWithEscapesAreTheSame() throws JsonSyntaxException {
    each("[{\"a\":\"\\u0078\"}]");
    assertThat(seen).last().isEqualTo("[x, null]");
    each("[{\"\\u0061\":\"x\"}]");
    assertThat(seen).last().isEqualTo("[x, null]");
  }

  @Test
  void elementsAreSeenInTheirOrder() throws JsonSyntaxException {
    assertThat(each("[ {\"a\":\"1\"}, 2 , {\"a\":\"3\"} ]")).isEqualTo(3);
    assertThat(seen).containsExactly("[1, null]", "[null, null]", "[3, null]");
    assertThat(each("[]")).isZero();
    assertThat(each("{}")).isEqualTo(-1);
  }

  /** The last one has what the quick look leaves to the reader. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":\"x\"}", "{\"a\":\"\\u0078\"}"})
  void whereEachElementStandsIsTheSameHoweverTheListIsRead(String last) throws JsonSyntaxException {
    each(" [ {\"a\":\"é\"} ,2, \"b\" ,[{} ],null ,{\"c\": [1]}, " + last + "]");
    assertThat(elements)
        .containsExactly("{\"a\":\"é\"}", "2", "\"b\"", "[{} ]", "null", "{\"c\": [1]}", last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[", "[{]", "[{\"a\":\"x\"", "[1,]", "[1] 2", "{", "[{\"a\":\"\u0001\"}]"})
  void whatIsNoJsonIsRefused(String list) {
    assertThatThrownBy(() -> each(list)).isInstanceOf(JsonSyntaxException.class);
  }
}
