package io.twinloom.cli;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Terminal;

/** The process of the command. */
public final class Main {

  private Main() {}

  /** Runs the command and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    int exitCode = new Cli(Terminal.ofProcess()).run(args);
    Interruption.commandEnded(exitCode);
    System.exit(exitCode);
  }
}
