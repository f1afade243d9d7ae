package io.twinloom.cli;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.StandardOut;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.local.log.LibraryLog;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** The process of the command. */
public final class Main {

  private Main() {}

  /** Runs the command and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    // Whatever a library words or counts by the user's locale is the same everywhere.
    Locale.setDefault(Locale.ROOT);
    StandardOut out = StandardOut.ofProcess();
    Terminal terminal = Terminal.ofProcess(out);
    int exitCode = written(out, terminal, run(terminal, args));
    Interruption.commandEnded(exitCode);
    System.exit(exitCode);
  }

  /** A command whose result did not arrive has failed. */
  static int written(StandardOut out, Terminal terminal, int exitCode) {
    Optional<IOException> lost = out.lost();
    if (lost.isEmpty()) {
      return exitCode;
    }
    new Output(terminal, false, false)
        .error(
            new TwinloomException(
                CliError.OUTPUT,
                "The result cannot be written: " + FileFailure.reason(lost.get()) + ".",
                "",
                CliError.OUTPUT.fix()));
    return exitCode == ExitCode.DONE ? ExitCode.FAILED : exitCode;
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
