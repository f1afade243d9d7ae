package io.twinloom.cli.terminal;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The window of this process, asked and set through {@code stty}: Java itself tells neither its
 * size nor single keys. Where there is no {@code stty} the size stays that of the start, and no key
 * is read.
 */
final class SttyTerminal implements Tty {

  private static final Path TTY = Path.of("/dev/tty");

  /** The size is asked for so often at most: it takes a process. */
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private static final long PATIENCE_SECONDS = 2;

  private final boolean keyboard;
  private Size size;
  private long asked = System.nanoTime();

  /**
   * @param start the size when the program was started
   * @param keyboard whether standard in is a terminal
   */
  SttyTerminal(Size start, boolean keyboard) {
    this.size = start;
    this.keyboard = keyboard;
  }

  @Override
  public synchronized Size size() {
    if (System.nanoTime() - asked > BETWEEN.toNanos()) {
      asked = System.nanoTime();
      stty("size").flatMap(SttyTerminal::size).ifPresent(now -> size = now);
    }
    return size;
  }

  /** Reads {@code stty}'s {@code ROWS COLUMNS}. */
  static Optional<Size> size(String text) {
    String[] parts = text.strip().split(" ", -1);
    try {
      return parts.length == 2
          ? Optional.of(new Size(Integer.parseInt(parts[1]), Integer.parseInt(parts[0])))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean answers() {
    return System.console() != null;
  }

  @Override
  public Optional<String> line() {
    try {
      return Optional.ofNullable(
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
              .readLine());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public Keys keys() {
    if (!keyboard) {
      return Keys.NONE;
    }
    Optional<String> before = stty("-g").map(String::strip).filter(s -> !s.isEmpty());
    // Without line mode and echo; Ctrl-C still ends the program.
    if (before.isEmpty() || stty("-icanon", "-echo", "min", "0", "time", "0").isEmpty()) {
      return Keys.NONE;
    }
    try {
      return new TtyKeys(new FileInputStream(TTY.toFile()), before.get());
    } catch (IOException e) {
      var unused = stty(before.get());
      return Keys.NONE;
    }
  }

  private static final class TtyKeys implements Keys {
    private final InputStream in;
    private final String before;
    private final Thread restoring;

    TtyKeys(InputStream in, String before) {
      this.in = in;
      this.before = before;
      // However the process ends, the user's shell must read lines again.
      this.restoring = new Thread(this::restore, "terminal");
      Runtime.getRuntime().addShutdownHook(restoring);
    }

    @Override
    public int next() {
      try {
        // With min 0 a read returns at once; the end of the stream is no key.
        return in.read();
      } catch (IOException e) {
        return -1;
      }
    }

    private void restore() {
      var unused = stty(before);
    }

    @Override
    public void close() {
      restore();
      try {
        in.close();
        Runtime.getRuntime().removeShutdownHook(restoring);
      } catch (IOException | IllegalStateException e) {
        // The process is ending: the terminal is as it was.
      }
    }
  }

  /** What {@code stty} says about the process's own terminal; empty where it fails. */
  private static Optional<String> stty(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "stty";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Redirect.from(TTY.toFile()))
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
