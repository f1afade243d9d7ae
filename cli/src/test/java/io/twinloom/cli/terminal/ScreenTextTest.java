package io.twinloom.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScreenTextTest {

  private static final String ALL_CONTROLS =
      IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f))
          .mapToObj(Character::toString)
          .collect(Collectors.joining());

  @Test
  @DisplayName("a device's data holds the escape codes of a terminal")
  void noControlCharacterPassesButLineFeeds() {
    String shown = ScreenText.of("a" + ALL_CONTROLS + "z", true);

    assertThat(shown).startsWith("a").endsWith("z").contains("\\x1b", "\\x07", "\\x9b", "\\t");
    assertThat(shown.chars().filter(Character::isISOControl)).containsOnly((int) '\n');
  }

  @Test
  void colourCodesOfOursStayWhereThereMayBeColours() {
    String painted = Paint.RED.on("hot", true);

    assertThat(ScreenText.of(painted, true)).isEqualTo(painted);
    assertThat(ScreenText.of(painted, false)).isEqualTo("\\x1b[31mhot\\x1b[0m");
    assertThat(ScreenText.of("\u001b[2J\u001b]0;title\u0007", true))
        .isEqualTo("\\x1b[2J\\x1b]0;title\\x07");
  }

  @Test
  void whatIsPaintedBringsNoCodesOfItsOwn() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Output output =
        new Output(
            new Terminal(nowhere, nowhere, Map.of(), Path.of(""), true, Tty.fixed(80, 24)),
            false,
            false);

    assertThat(output.paint(Paint.BOLD, "\u001b[31mred"))
        .isEqualTo("\u001b[1m\\x1b[31mred\u001b[0m");
  }

  @Test
  void aWidthCountsCharactersNotColours() {
    assertThat(ScreenText.width(Paint.GREEN.on("▁▂", true))).isEqualTo(2);
  }
}
