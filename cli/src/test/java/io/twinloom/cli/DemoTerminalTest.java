package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demonstration in a real (pseudo) terminal: keys, another size, and how it is left. */
@Tag("full")
class DemoTerminalTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"q", "^C"})
  void keysAreCarriedOutAndTheTerminalIsLeftAsItWas(String ending) throws Exception {
    Path script = folder.resolve("in_a_terminal.py");
    try (InputStream resource =
        Objects.requireNonNull(DemoTerminalTest.class.getResourceAsStream("in_a_terminal.py"))) {
      Files.copy(resource, script);
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    "python3",
                    script.toString(),
                    ending,
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-Dtwinloom.terminal=true",
                    "-Dtwinloom.keyboard=true",
                    "-Dtwinloom.rows=24",
                    "-Dtwinloom.columns=80",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.twinloom.cli.Main",
                    "demo",
                    "--dir",
                    folder.resolve("demo").toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();

    JsonObject result = Json.parseObject(said.getBytes(StandardCharsets.UTF_8));
    assertThat(result.get("raw")).as("single keys").isEqualTo(JsonBoolean.TRUE);
    assertThat(result.get("restored")).isEqualTo(JsonBoolean.TRUE);
    assertThat(result.get("exit")).hasToString("0");
    assertThat(result.text("said").orElseThrow())
        .contains("\u001b[?1049h", "\u001b[?25h", "came all the way", "init my-twin");
  }
}
