package io.twinloom.cli;

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
