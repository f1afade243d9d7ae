package io.twinloom.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command is called from.
 *
 * @param folder what relative paths are relative to
 * @param interactive whether standard out is a terminal that a person looks at
 * @param tty the window of that terminal
 * @param clock the present
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path folder,
    boolean interactive,
    Tty tty,
    InstantSource clock) {

  private static final int USUAL_COLUMNS = 100;
  private static final int USUAL_ROWS = 40;

  /** With the system's clock. */
  public Terminal(
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Path folder,
      boolean interactive,
      Tty tty) {
    this(out, err, environment, folder, interactive, tty, InstantSource.system());
  }

  /**
   * That of this process, with what it writes to. Whether it is a terminal, and how wide, the
   * launcher has found out: Java 21 cannot tell when only one of the standard streams is one.
   */
  public static Terminal ofProcess(StandardOut out) {
    int columns = Integer.getInteger("twinloom.columns", 0);
    int rows = Integer.getInteger("twinloom.rows", 0);
    Tty.Size start =
        new Tty.Size(columns > 0 ? columns : USUAL_COLUMNS, rows > 0 ? rows : USUAL_ROWS);
    boolean interactive = Boolean.getBoolean("twinloom.terminal");
    return new Terminal(
        stream(out),
        stream(new FileOutputStream(FileDescriptor.err)),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        interactive,
        interactive
            ? new SttyTerminal(start, Boolean.getBoolean("twinloom.keyboard"))
            : Tty.fixed(start.columns(), start.rows()));
  }

  /** Whether colours may be used, see <a href="https://no-color.org">no-color.org</a>. */
  public boolean coloured() {
    return interactive
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /** Whether the developer of a command wants to see where an error came from. */
  public boolean debugging() {
    return "1".equals(environment.get("TWINLOOM_DEBUG"));
  }

  private static PrintStream stream(OutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
