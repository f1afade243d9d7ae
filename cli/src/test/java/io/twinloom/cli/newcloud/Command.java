package io.twinloom.cli.newcloud;

import io.twinloom.cli.Cli;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.cli.terminal.Tty;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs a command; called by name, since it is loaded apart from the tests. */
public final class Command {

  private Command() {}

  /** Returns the exit code, and what was said to standard output and standard error. */
  public static Object[] run(Path folder, Map<String, String> environment, String[] words) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("TWINLOOM_CACHE", Path.of("target", "code-cache").toAbsolutePath().toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            all,
            folder,
            false,
            Tty.fixed(100, 40));
    int exitCode = new Cli(terminal).run(words);
    return new Object[] {
      exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8)
    };
  }
}
