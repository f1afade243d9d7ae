package io.twinloom.cli;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.local.log.LibraryLog;
import java.util.Locale;

/** The process of the command. */
public final class Main {

  private Main() {}

  /** Runs the command and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    // Whatever a library words or counts by the user's locale is the same everywhere.
    Locale.setDefault(Locale.ROOT);
    int exitCode = run(Terminal.ofProcess(), args);
    Interruption.commandEnded(exitCode);
    System.exit(exitCode);
  }

  /**
   * Runs the command. What the network libraries have to say is for a twin's log, not for who runs
   * the command, except to look for a fault.
   */
  static int run(Terminal terminal, String... args) {
    if (terminal.debugging()) {
      return new Cli(terminal).run(args);
    }
    try (LibraryLog unused = LibraryLog.unheard()) {
      return new Cli(terminal).run(args);
    }
  }
}
