package io.twinloom.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The columns that a text takes on a terminal")
class ColumnsTest {

  @ParameterizedTest(name = "''{0}'' takes {1}")
  @CsvSource({
    "press-1, 7",
    "Förderband, 10",
    "печь, 4",
    "空気, 4",
    "온도, 4",
    "センサー, 8",
    "ｾﾝｻｰ, 4",
    "ＡＢ, 4",
    "e\u0301, 1",
    "\u1100\u1161\u11A8, 2",
    "😀, 2",
    "👩‍🔧, 2",
    "🇩🇪, 2",
    "☀, 1",
    "☀\uFE0F, 2",
    "𠀀, 2",
    "नमस्ते, 4",
    "→ ●, 3"
  })
  void ofEachScript(String text, int columns) {
    assertThat(Columns.of(text)).isEqualTo(columns);
  }

  @Test
  @DisplayName("are filled up with blanks on either side, and never cut")
  void blanks() {
    assertThat(Columns.left("空気.4", 8)).isEqualTo("空気.4  ");
    assertThat(Columns.right("空気", 6)).isEqualTo("  空気");
    assertThat(Columns.left("temperature", 4)).isEqualTo("temperature");
  }

  @Test
  @DisplayName("are filled by whole characters")
  void first() {
    assertThat(Columns.first("空気.4", 3)).isEqualTo("空");
    assertThat(Columns.first("e\u0301\u0302b", 1)).isEqualTo("e\u0301\u0302");
    assertThat(Columns.first("ab", 5)).isEqualTo("ab");
  }
}
