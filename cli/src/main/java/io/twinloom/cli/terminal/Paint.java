package io.twinloom.cli.terminal;

/** Colours and weights of text, where there may be any. */
public enum Paint {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  MAGENTA("35"),
  CYAN("36");

  private final String code;

  Paint(String code) {
    this.code = code;
  }

  /** The text so painted, or as it is where colours are off. */
  public String on(String text, boolean coloured) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
