package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The quick reader takes nothing that the parser would not take, and reads it alike. */
class PlainReaderProperties {

  @Provide
  static Arbitrary<byte[]> nearlyJson() {
    Arbitrary<int[]> flips = Arbitraries.integers().array(int[].class).ofMaxSize(2);
    return Combinators.combine(JsonTrees.values(2), Arbitraries.of(true, false), flips)
        .as(
            (tree, pretty, places) -> {
              byte[] json =
                  pretty ? Json.pretty(tree).getBytes(StandardCharsets.UTF_8) : Json.bytes(tree);
              for (int place : places) {
                json[Math.floorMod(place >> 8, json.length)] = (byte) (place & 0x7f);
              }
              return json;
            });
  }

  @Property(tries = 10_000)
  void whatItTakesIsReadAlike(@ForAll("nearlyJson") byte[] json)
      throws IOException, JsonSyntaxException {
    JsonValue plain = Utf8.malformed(json) >= 0 ? null : PlainReader.read(json, Json.MAX_DEPTH);
    if (plain != null) {
      JsonValue read = parsed(json);
      assertThat(plain).isEqualTo(read);
      assertThat(Json.text(plain)).isEqualTo(Json.text(read));
    }
  }

  @Example
  void itTakesWhatTheProductWrites() throws IOException, JsonSyntaxException {
    String event =
        "{\"source_cloud\":\"aws\",\"payload\":{\"device_id\":\"d\",\"t\":-1.50E3,\"ok\":true,"
            + "\"l\":[1,null,{}],\"note\":\"21 °C\"},\"née\":\"😀\"}";
    byte[] list =
        ("{\"events\":[" + String.join(",", Collections.nCopies(50, event)) + "]}")
            .getBytes(StandardCharsets.UTF_8);
    JsonValue plain = PlainReader.read(list, Json.MAX_DEPTH);
    assertThat(plain).isNotNull().isEqualTo(parsed(list));
  }

  @Example
  void ofANameThatStandsTwiceTheLastValueCounts() throws IOException, JsonSyntaxException {
    byte[] twice = "{\"a\":1,\"b\":2,\"a\":3}".getBytes(StandardCharsets.UTF_8);
    assertThat(PlainReader.read(twice, 9)).isNotNull().hasToString("{\"a\":3,\"b\":2}");
    assertThat(parsed(twice)).hasToString("{\"a\":3,\"b\":2}");
  }

  @Example
  void itLeavesToTheParserWhatHasALimitOrAnEscapeOrIsWrong() {
    for (String other :
        new String[] {
          "",
          " ",
          "\"\\n\"",
          "\"" + "x".repeat(10_001) + "\"",
          "1".repeat(10_001),
          "[".repeat(10) + "]".repeat(10),
          "{\"a\":1",
          "{\"a\":1,}",
          "{a:1}",
          "[1 2]",
          "01",
          "-",
          "1.",
          "1e",
          ".5",
          "NaN",
          "nul",
          "truex",
          "\"\t\"",
          "{} {}"
        }) {
      assertThat(PlainReader.read(other.getBytes(StandardCharsets.UTF_8), 9)).as(other).isNull();
    }
  }

  @Example
  void namesThatLookAlikeAreDistinguished() throws IOException, JsonSyntaxException {
    var members = new ArrayList<String>();
    for (int i = 0; i < 600; i++) {
      members.add("{\"a" + i % 7 + "z\":" + i + ",\"é" + i % 3 + "\":0}");
    }
    byte[] list = ("[" + String.join(", ", members) + "]").getBytes(StandardCharsets.UTF_8);
    assertThat(PlainReader.read(list, 9)).isNotNull().isEqualTo(parsed(list));
  }

  private static JsonValue parsed(byte[] json) throws IOException, JsonSyntaxException {
    try (JsonParser parser = Json.FACTORY.createParser(json)) {
      return TreeReader.whole(parser, json);
    }
  }
}
