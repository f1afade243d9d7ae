package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The quick look takes nothing that reading would not take, and counts alike. */
class ListScanProperties {

  @Provide
  static Arbitrary<byte[]> nearlyLists() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "{\"a\":1.50,\"b\":\"x\"}",
            "{ \"é\" : [ ] }",
            "{}",
            "[[1,2],[]]",
            "-0.5e+10",
            "0",
            "12",
            "007",
            "-",
            "1.",
            "\"\\u00e9\\n\"",
            "\"\\x\"",
            "\"😀\"",
            "\"\t\"",
            "true",
            "nul",
            "null",
            " ",
            "]",
            "{",
            ":");
    return Combinators.combine(piece.list().ofMaxSize(5), Arbitraries.of(",", ", ", ",\n"), flips())
        .as(
            (pieces, comma, flips) -> {
              byte[] json =
                  ("[" + String.join(comma, pieces) + "]").getBytes(StandardCharsets.UTF_8);
              for (int flip : flips) {
                json[Math.floorMod(flip >> 8, json.length)] = (byte) flip;
              }
              return json;
            });
  }

  private static Arbitrary<int[]> flips() {
    return Arbitraries.integers().array(int[].class).ofMaxSize(2);
  }

  @Property(tries = 20_000)
  void whatItTakesIsReadAlike(@ForAll("nearlyLists") byte[] json)
      throws JsonSyntaxException, IOException {
    long scanned = new ListScan(json).elements();
    if (scanned != ListScan.UNKNOWN) {
      assertThat(Json.countElements(new ByteArrayInputStream(json))).isEqualTo(scanned);
    }
  }

  @Example
  void itTakesTheListsThatTheMoverMakes() {
    String item =
        "{\"id\":\"d_1\",\"v\":-1.50,\"w\":2E-7,\"ok\":true,\"n\":null,\"l\":[1,\"é😀\"]}";
    assertThat(scanned("[" + item + "," + item + "]")).isEqualTo(2);
    assertThat(scanned(" [ ] ")).isZero();
  }

  @Example
  void itLeavesToTheReaderWhatIsNoListOrWrong() {
    for (String wrong :
        new String[] {
          "",
          "{}",
          "[1,]",
          "[01]",
          "[1]]",
          "[1",
          "[\"a]",
          "[{\"a\"}]",
          "[{\"a\":1,}]",
          "[+1]",
          "[1.e5]",
          "[\"\\u00g0\"]",
          "[\"\n\"]",
          "[tru]",
          "[{1:2}]"
        }) {
      assertThat(scanned(wrong)).as(wrong).isEqualTo(ListScan.UNKNOWN);
    }
    for (int[] wrong : new int[][] {{0x80}, {0xc0, 0x80}, {0xe0, 0x80, 0x80}, {0xed, 0xa0, 0x80}}) {
      byte[] text = new byte[wrong.length + 4];
      text[0] = '[';
      text[1] = '"';
      for (int i = 0; i < wrong.length; i++) {
        text[i + 2] = (byte) wrong[i];
      }
      text[text.length - 2] = '"';
      text[text.length - 1] = ']';
      assertThat(new ListScan(text).elements()).isEqualTo(ListScan.UNKNOWN);
    }
    assertThatThrownBy(() -> Json.countElements("[1,\n}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonSyntaxException.class);
  }

  private static long scanned(String json) {
    return new ListScan(json.getBytes(StandardCharsets.UTF_8)).elements();
  }
}
