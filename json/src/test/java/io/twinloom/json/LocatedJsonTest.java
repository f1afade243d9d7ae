package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class LocatedJsonTest {
  private static final String TEXT =
      """
      {
        "a/b": [1,
          {"c~d": "ü", "e": null}],
        "f":
          true
      }
      """;

  @Test
  void everyValueHasItsPlaceAndPointer() throws JsonSyntaxException {
    Located root = LocatedJson.parse(TEXT).root();
    Located inner = root.member("a/b").elements().get(1).member("e");

    assertThat(root.pointer()).isEmpty();
    assertThat(root.line()).isEqualTo(1);
    assertThat(inner.pointer()).isEqualTo("/a~1b/1/e");
    assertThat(inner.line()).isEqualTo(3);
    assertThat(inner.column()).isEqualTo(23);
    assertThat(root.pointerTo("x/y")).isEqualTo("/x~1y");
    assertThat(root.member("nothing")).isNull();
  }

  @Test
  void aNameMayStandOnALineOfItsOwn() throws JsonSyntaxException {
    Located member = LocatedJson.parse(TEXT).root().member("f");

    assertThat(member.nameLine()).isEqualTo(4);
    assertThat(member.line()).isEqualTo(5);
  }

  @Test
  void theValueIsThatOfThePlainParser() throws JsonSyntaxException {
    assertThat(LocatedJson.parse(TEXT).root().value()).isEqualTo(Json.parse(TEXT));
  }

  @Test
  void ofANameThatStandsTwiceTheLastValueCountsAndIsReported() throws JsonSyntaxException {
    LocatedJson json = LocatedJson.parse("{\"a\": 1,\n\"a\": 2, \"b\": {\"c\": 1, \"c\": 1}}");

    assertThat(json.root().member("a").value()).isEqualTo(JsonNumber.of(2));
    assertThat(json.repeated()).extracting(Located::pointer).containsExactly("/a", "/b/c");
    assertThat(json.repeated().get(0).nameLine()).isEqualTo(2);
  }

  @Test
  void aColumnCountsCharacters() {
    assertThat(
            catchThrowableOfType(JsonSyntaxException.class, () -> LocatedJson.parse("{\"ü\": x}"))
                .column())
        .isEqualTo(7);
  }
}
