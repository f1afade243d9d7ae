package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Texts are what they are, however long, and whatever they hold. */
class LongTextProperties {

  private static final String LONG = "aZ09+/=~ ".repeat(8_000);

  @Provide
  Arbitrary<String> text() {
    Arbitrary<String> piece =
        Arbitraries.of("", LONG, "\"", "\\", "\n", "\u0000", "\u007f", "é", "€", "😀", "x");
    return piece.list().ofMaxSize(4).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 300)
  void whatIsWrittenIsRead(@ForAll("text") String first, @ForAll("text") String second)
      throws JsonSyntaxException {
    JsonObject object =
        JsonObject.builder()
            .put("first", first)
            .put("list", JsonArray.ofTexts(java.util.List.of(second)))
            .put("second", second)
            .build();
    assertThat(Json.parse(Json.bytes(object))).isEqualTo(object);
    String spaced = Json.text(object).replace("\"second\":", " \"second\" :\n ");
    assertThat(Json.parse(spaced.getBytes(StandardCharsets.UTF_8))).isEqualTo(object);
  }

  @Example
  void aLongTextWithoutAnEndOrWithAControlCharacterIsRefused() {
    for (String text :
        new String[] {
          "{\"a\":\"" + LONG,
          "{\"a\":\"" + LONG + "\n\"}",
          "{\"a\":\"" + LONG + "\"",
          "{\"a\":\"" + LONG + "\" 1}",
          "{\"a\":\"" + LONG + "\"} 1"
        }) {
      assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(JsonSyntaxException.class);
    }
  }
}
