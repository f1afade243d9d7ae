package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.Output;
import io.twinloom.model.TwinloomException;

/** Asks a person before something is done that costs or deletes. */
final class Question {

  private Question() {}

  /**
   * Asks, and takes an answer of one line.
   *
   * @param expected what has to be typed to agree
   * @param without what to do where there is no terminal
   * @throws TwinloomException if there is nobody to ask
   */
  static boolean agreed(String question, String expected, String without, Output output) {
    if (!output.terminal().interactive() || !output.terminal().tty().answers()) {
      throw new TwinloomException(
          CliError.UNASKED,
          "A confirmation is needed, and there is no terminal to ask on.",
          "--yes",
          without);
    }
    output.terminal().err().print(question + " ");
    output.terminal().err().flush();
    return output.terminal().tty().line().filter(l -> l.strip().equals(expected)).isPresent();
  }
}
