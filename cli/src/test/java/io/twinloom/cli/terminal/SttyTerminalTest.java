package io.twinloom.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SttyTerminalTest {

  @Test
  void rowsComeBeforeColumns() {
    assertThat(SttyTerminal.size("24 80\n")).contains(new Tty.Size(80, 24));
  }

  @Test
  void aWindowWithoutASizeHasNone() {
    assertThat(SttyTerminal.size("0 0")).isEmpty();
    assertThat(SttyTerminal.size("stty: not a terminal")).isEmpty();
  }
}
