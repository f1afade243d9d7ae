package io.twinloom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.cli.terminal.Tty;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogTextTest {

  @Test
  @DisplayName("a log line names a cloud that has two names")
  void aCloudHasTheNameThatItHasEverywhereElse() {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    Output output =
        new Output(
            new Terminal(nowhere, nowhere, Map.of(), Path.of(""), false, Tty.fixed(80, 24)),
            false,
            false);
    LogLine line =
        new LogLine(
            Json.parseObject(
                ("{\"time\":\"2026-03-01T10:00:00Z\",\"level\":\"INFO\",\"cloud\":\"google\","
                        + "\"function\":\"f\",\"source_cloud\":\"gcp\",\"outcome\":\"ok\"}")
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(LogText.of(line, output))
        .contains(" google ", "source_cloud=google", "outcome=ok")
        .doesNotContain("gcp");
  }
}
