package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.Output;
import io.twinloom.model.TwinloomException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

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
    Console console = System.console();
    boolean asksAPerson = console != null && output.terminal().interactive();
    if (!asksAPerson) {
      throw new TwinloomException(
          CliError.UNASKED,
          "A confirmation is needed, and there is no terminal to ask on.",
          "--yes",
          without);
    }
    output.terminal().err().print(question + " ");
    output.terminal().err().flush();
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      return line != null && line.strip().equals(expected);
    } catch (IOException e) {
      return false;
    }
  }
}
