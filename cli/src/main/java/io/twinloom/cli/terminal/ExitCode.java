package io.twinloom.cli.terminal;

/** What the command's process ends with. */
public final class ExitCode {

  /** It did what it was asked. */
  public static final int DONE = 0;

  /** It failed, and has said why. */
  public static final int FAILED = 1;

  /** It was called wrongly. */
  public static final int USAGE = 2;

  /** The project has errors. */
  public static final int INVALID = 3;

  private ExitCode() {}
}
