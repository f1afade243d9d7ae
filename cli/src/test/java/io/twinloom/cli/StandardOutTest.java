package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.StandardOut;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.cli.terminal.Tty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a result that cannot be written. */
class StandardOutTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  @DisplayName("a script writes a result to a disk that is full")
  void aResultThatIsLostIsAFailure() {
    assertThat(exitCode("No space left on device")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("TL-OUTPUT", "no space left on device");
  }

  @Test
  void aReaderThatHasReadEnoughIsNone() {
    assertThat(exitCode("Broken pipe")).isEqualTo(ExitCode.DONE);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private int exitCode(String failure) {
    StandardOut out =
        new StandardOut(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(failure);
              }
            });
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            folder,
            false,
            Tty.fixed(100, 40));
    return Main.written(out, terminal, Main.run(terminal, "version"));
  }
}
