package io.twinloom.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sensor-1",
        "Förderband 2",
        "печь-3",
        "空気.4",
        "อุณหภูมิ",
        "सेंसर",
        "𝔘x",
        "😀",
        "a\\b",
        "−"
      })
  void whatCanBeReadStaysAsItIs(String text) {
    assertThat(Printable.visible(text)).isEqualTo(text);
    assertThat(Printable.line(text)).isEqualTo(text);
  }

  @Test
  @DisplayName("a message quotes characters that cannot be seen")
  void whatCannotBeSeenIsEscapedInAMessage() {
    assertThat(Printable.visible("a\u00a0b")).isEqualTo("a\\xa0b");
    assertThat(Printable.visible("a\u200bb\u2009c\u3000\ufeff"))
        .isEqualTo("a\\u200bb\\u2009c\\u3000\\ufeff");
    assertThat(Printable.visible("\u001b[31mred\u0007\n\r\t\u0000\u009b"))
        .isEqualTo("\\x1b[31mred\\x07\\n\\r\\t\\x00\\x9b");
    assertThat(Printable.visible("a\u202eb\ufe0f\u3164")).isEqualTo("a\\u202eb\\ufe0f\\u3164");
    assertThat(Printable.visible("\ue000\ud800x\udc00")).isEqualTo("\\ue000\\ud800x\\udc00");
    assertThat(Printable.visible(Character.toString(0xE0041))).isEqualTo("\\u{e0041}");
  }

  @Test
  void aMarkIsEscapedWhereItWouldBeOneCharacterWithItsBaseOrHasNone() {
    assertThat(Printable.visible("ku\u0308che")).isEqualTo("ku\\u0308che");
    assertThat(Printable.visible("\u0308x")).isEqualTo("\\u0308x");
    assertThat(Printable.visible("x\u0308")).isEqualTo("x\\u0308");
    assertThat(Printable.visible("q\u0308")).isEqualTo("q\u0308");
  }

  @Test
  void aQuotedTextIsCutBetweenCharacters() {
    assertThat(Printable.quoted("😀".repeat(61))).isEqualTo("\"" + "😀".repeat(60) + "…\"");
    assertThat(Printable.quoted("😀".repeat(60))).isEqualTo("\"" + "😀".repeat(60) + "\"");
    assertThat(Printable.quoted("abc", 2)).isEqualTo("\"ab…\"");
  }

  @Test
  void aCharacterIsNamedWithItsCodePoint() {
    assertThat(Printable.named(0xA0)).isEqualTo("U+00A0 (no-break space)");
    assertThat(Printable.named(0x308)).isEqualTo("U+0308 (combining diaeresis)");
    assertThat(Printable.named(0x2212)).isEqualTo("\"−\" (U+2212, minus sign)");
    assertThat(Printable.named(0x1F600)).isEqualTo("\"😀\" (U+1F600, grinning face)");
    assertThat(Printable.named(':')).isEqualTo("\":\" (U+003A, colon)");
    assertThat(Printable.named(0x378)).isEqualTo("U+0378");
  }

  @Test
  void aTerminalGetsTheTextWithoutWhatWouldSteerIt() {
    assertThat(Printable.line("ku\u0308che\u00a0\u200d\u001b]0;t\u0007\n\u2028\u202e"))
        .isEqualTo("ku\u0308che\u00a0\u200d\\x1b]0;t\\x07\\n\\u2028\\u202e");
    assertThat(Printable.lines("a\tb\r\nc\u0000")).isEqualTo("a\tb\\r\nc\\x00");
  }

  @Property(tries = 500)
  void nothingThatIsShownSteersATerminal(@ForAll String text) {
    assertThat(Printable.visible(text) + Printable.line(text))
        .satisfies(
            shown ->
                assertThat(shown.codePoints())
                    .noneMatch(
                        c -> c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000)));
    assertThat(Printable.visible(Printable.visible(text))).isEqualTo(Printable.visible(text));
  }
}
