package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object that is passed on as the text it came in. */
class UnreadObjectTest {

  private static final String TEXT = "{\"a\": 1.50, \"b\":\"ü\\u0041\",\"c\":{\"d\":[true,null]}}";

  private static JsonObject unread(String text) {
    return JsonObject.unread(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itIsTheSameAsTheOneThatIsRead() {
    JsonObject read = Json.parseObject(TEXT.getBytes(StandardCharsets.UTF_8));
    assertThat(unread(TEXT)).isEqualTo(read).hasSameHashCodeAs(read);
    assertThat(read).isEqualTo(unread(TEXT));
    assertThat(unread(TEXT).text("b")).contains("üA");
    assertThat(unread(TEXT).toBuilder().put("e", 1).build().members())
        .containsOnlyKeys("a", "b", "c", "e");
    assertThat(unread(TEXT)).hasToString("{\"a\":1.50,\"b\":\"üA\",\"c\":{\"d\":[true,null]}}");
  }

  @Test
  void itIsWrittenAsItCameWhetherItWasLookedIntoOrNot() {
    JsonObject object = unread(TEXT);
    JsonArray list = JsonArray.of(object, JsonNumber.of(1), object);
    String expected = "[" + TEXT + ",1," + TEXT + "]";
    assertThat(Json.bytes(list)).asString(StandardCharsets.UTF_8).isEqualTo(expected);
    assertThat(object.has("a")).isTrue();
    assertThat(Json.bytes(list)).asString(StandardCharsets.UTF_8).isEqualTo(expected);
    JsonObject outer = JsonObject.builder().put("x", 1).put("o", object).put("y", 2).build();
    assertThat(Json.bytes(outer))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"x\":1,\"o\":" + TEXT + ",\"y\":2}");
  }

  @Test
  void largeOnesAreWrittenWholeAndInOrder() {
    String large = "{\"t\":\"" + "x".repeat(100_000) + "\"}";
    JsonObject object = unread(large);
    assertThat(Json.bytes(JsonArray.of(JsonNumber.of(7), object, unread("{}"), object)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("[7," + large + ",{}," + large + "]");
  }

  @Test
  void anAnswerOfManyIsWrittenWhole() {
    String each = "{\"t\":\"" + "ü".repeat(700) + "\"}";
    JsonArray list = new JsonArray(Collections.nCopies(300, unread(each)));
    JsonObject answer =
        JsonObject.builder()
            .put("items", list)
            .put("count", 300)
            .put("more", "y".repeat(5_000))
            .build();
    String expected =
        "{\"items\":["
            + String.join(",", Collections.nCopies(300, each))
            + "],\"count\":300,\"more\":\""
            + "y".repeat(5_000)
            + "\"}";
    assertThat(Json.bytes(answer)).asString(StandardCharsets.UTF_8).isEqualTo(expected);
  }

  @Test
  void lookingIntoWhatIsNoneIsAnError() {
    JsonObject broken = unread("{\"a\":");
    assertThatThrownBy(() -> broken.get("a")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textsAreFoundWithoutReadingTheRest() throws JsonSyntaxException {
    assertThat(
            JsonMembers.texts(
                "{\"n\":1,\"o\":{\"t\":\"inner\"},\"t\":\"x\",\"u\":\"y\",\"t\":\"last\"}"
                    .getBytes(StandardCharsets.UTF_8),
                Set.of("t", "n", "o")))
        .isEqualTo(Map.of("t", "last"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "[]", "{", "{\"a\":}", "{\"a\":1}}", "{\"a\":1} 2", "{\"a\":[1}"})
  void whatIsNoObjectIsNotTakenForOne(String text) {
    assertThatThrownBy(() -> JsonMembers.texts(text.getBytes(StandardCharsets.UTF_8), Set.of("a")))
        .isInstanceOf(JsonSyntaxException.class);
  }
}
