package io.twinloom.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {

  @Test
  @DisplayName("a hint names a project whose path has a blank")
  void aPathWithABlankIsQuotedAndAPlainOneIsNot() {
    assertThat(ShellWord.of("my twin/fäb")).isEqualTo("\"my twin/fäb\"");
    assertThat(ShellWord.of("./mill/空気.4")).isEqualTo("./mill/空気.4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "it's", "$HOME", "`id`", "a;b", "*", "", "\\", "\"", "-n\nx"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no POSIX shell")
  void aShellReadsTheWordAsTheTextItself(String text) throws Exception {
    Process shell =
        new ProcessBuilder(List.of("sh", "-c", "printf %s " + ShellWord.of(text))).start();
    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8)).isEqualTo(text);
    assertThat(shell.waitFor()).isZero();
  }
}
