package io.twinloom.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProgramNameTest {

  @Test
  @DisplayName("a hint names a command, and the program is not on the path")
  void commandsInMessagesAreNamedAsTheProgramWasCalled() {
    String text =
        "Start it with 'twinloom up x' ('twinloom status'), see twinloom's log.\n  twinloom up x";
    assertThat(ProgramName.in(text, "./twinloom"))
        .isEqualTo(
            "Start it with './twinloom up x' ('./twinloom status'), see twinloom's log.\n"
                + "  ./twinloom up x");
    assertThat(ProgramName.in(text, "twinloom")).isEqualTo(text);
    assertThat(ProgramName.in("a client 'twinloom-simulate-7'", "./twinloom"))
        .isEqualTo("a client 'twinloom-simulate-7'");
    assertThat(ProgramName.in("'twinloom up x'", "\"/my loom/$1\""))
        .isEqualTo("'\"/my loom/$1\" up x'");
  }
}
