package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.cli.terminal.Tty;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of the command. */
class MainTest {

  @TempDir Path folder;

  @Test
  @DisplayName("a network library warns of a slow machine while a command runs")
  void whatALibraryWarnsOfIsNotShownUnlessAFaultIsLookedFor() {
    Logger above = Logger.getLogger("io");
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    Handler handler = handler(new PrintStream(seen, true, StandardCharsets.UTF_8));
    above.addHandler(handler);
    above.setUseParentHandlers(false);
    try {
      assertThat(run(Map.of())).isEqualTo(ExitCode.DONE);
      assertThat(seen.toString(StandardCharsets.UTF_8)).isEmpty();
      assertThat(run(Map.of("TWINLOOM_DEBUG", "1"))).isEqualTo(ExitCode.DONE);
      assertThat(seen.toString(StandardCharsets.UTF_8)).contains("blocked for 2115 ms");
    } finally {
      above.setUseParentHandlers(true);
      above.removeHandler(handler);
    }
  }

  /** Runs a command in which a library warns whenever something is said. */
  private int run(Map<String, String> environment) {
    Logger library = Logger.getLogger("io.vertx.core.impl.BlockedThreadChecker");
    OutputStream warning =
        new OutputStream() {
          @Override
          public void write(int b) {
            library.warning("The thread has been blocked for 2115 ms");
          }
        };
    PrintStream out = new PrintStream(warning, true, StandardCharsets.UTF_8);
    return Main.run(
        new Terminal(out, out, environment, folder, false, Tty.fixed(100, 40)), "version");
  }

  private static Handler handler(PrintStream seen) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        seen.println(entry.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
