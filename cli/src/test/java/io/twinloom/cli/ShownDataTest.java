package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.cli.terminal.Tty;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How {@code query}, {@code values} and {@code logs} show what a running twin has, hostile text
 * too.
 */
class ShownDataTest {

  @TempDir static Path folder;

  private static ForegroundTwin twin;

  @BeforeAll
  static void start() throws Exception {
    HallProject.writeWithCode(folder);
    twin = ForegroundTwin.start(folder, "twin", "--retry-gaps", "50ms,50ms");
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(twin.destroy().exitCode()).isEqualTo(ExitCode.DONE);
    CliRun ended = twin.ended();
    assertThat(ended.err())
        .as("printed lines as they happened")
        .contains("hall-coded-processor  looked at \\x1b[31m5")
        .contains("asked for by 'twinloom destroy'");
    assertThat(ended.controlCharacters()).isEmpty();
  }

  @Test
  @DisplayName("a device's values and names steer the terminal of who reads them")
  void controlCharactersOfADeviceAreShownAndSteerNoTerminal() throws Exception {
    String controls =
        IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f))
            .mapToObj(Character::toString)
            .reduce("", String::concat);
    JsonObject event =
        JsonObject.builder()
            .put("t", 1)
            .put("label", "v" + controls + "\u001b[31mred")
            .put("n" + controls + "\u001b[31mfake", 2)
            .put("ts", "2026-01-01T00:00:00Z")
            .build();
    CliRun sent = twin.run("send", "twin", "--device", "s1", "--wait", Json.text(event));
    assertThat(sent.exitCode()).as(sent.out() + sent.err()).isEqualTo(ExitCode.DONE);
    assertThat(sent.controlCharacters()).isEmpty();
    String[] query = {
      "query", "twin", "--device", "s1", "--from", "2026-01-01", "--to", "2026-01-02"
    };
    CliRun text = twin.run(query);
    assertThat(text.out()).contains("\\x1b[31mred", "\\n", "\\x07").hasLineCount(2);
    assertThat(text.controlCharacters()).isEmpty();
    assertThat(seen(query)).doesNotContain("\u001b[31m");
    for (String[] command :
        List.of(
            new String[] {"query", "twin", "--device", "s1", "--format", "csv"},
            new String[] {"values", "twin"},
            new String[] {"logs", "twin"},
            new String[] {"status", "twin"},
            new String[] {"dead-letters", "twin"},
            new String[] {"plan", "twin"})) {
      assertThat(twin.run(command).controlCharacters()).isEmpty();
    }
  }

  @Test
  void theNewestValueOfEachPropertyOfAllDevicesIsShown() {
    twin.run("send", "twin", "--device", "s2", "--wait", "{\"t\": 7, \"ts\": \"2100-01-01\"}");

    CliRun text = twin.run("values", "twin", "--device", "s2");
    assertThat(text.out()).containsPattern("s2 +t +7  in \\d+ d");
    JsonObject device =
        (JsonObject)
            twin.run("values", "twin", "--device", "s2", "--json")
                .json()
                .array("devices")
                .orElseThrow()
                .values()
                .getFirst();
    assertThat(device.text("device")).contains("s2");
    assertThat(device.array("values").orElseThrow().values().getFirst())
        .hasToString("{\"property\":\"t\",\"value\":7,\"time\":\"2100-01-01T00:00:00.000000Z\"}");
  }

  @Test
  void anAnswerAsCsvHasAColumnForEachProperty() {
    twin.run(
        "send", "twin", "--device", "s1", "--wait", "{\"t\": 1, \"ts\": \"2025-01-01T00:00:00Z\"}");
    twin.run(
        "send",
        "twin",
        "--device",
        "s1",
        "--wait",
        "{\"label\": \"a, \\\"b\\\"\", \"ts\": \"2025-01-01T00:00:01Z\"}");
    CliRun csv =
        twin.run(
            "query",
            "twin",
            "--device",
            "s1",
            "--from",
            "2025-01-01",
            "--to",
            "2025-01-02",
            "--format",
            "csv");
    assertThat(csv.out())
        .isEqualTo(
            """
            timestamp,t,label
            2025-01-01T00:00:00.000000Z,1,
            2025-01-01T00:00:01.000000Z,,"a, ""b""\"
            """);
    assertThat(csv.err()).contains("2 items");
  }

  @Test
  void mistakesInAQueryAreToldInTheWordsOfTheCommand() {
    CliRun device = twin.run("query", "twin", "--device", "code");
    assertThat(device.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(device.err()).contains("no device \"code\"", "Did you mean \"coded\"?");

    CliRun property =
        twin.run("query", "twin", "--device", "s1", "--property", "lable", "--from", "1999-01-01");
    assertThat(property.err()).contains("0 items", "did you mean \"label\"?");

    CliRun time = twin.run("query", "twin", "--device", "s1", "--from", "1h");
    assertThat(time.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(time.err()).contains("write -1h");
    assertThat(twin.run("query", "twin", "--device", "s1", "--from", "now", "--to", "-1h").err())
        .contains("--from is after --to");
  }

  @Test
  @DisplayName("the log of one device's last errors is wanted")
  void theLogIsCutByTailLevelDeviceAndTime() {
    twin.run("send", "twin", "--device", "coded", "--wait", "{\"t\": 5}");

    await()
        .untilAsserted(
            () ->
                assertThat(twin.run("logs", "twin", "--device", "coded").out())
                    .contains("hall-dispatcher", "hall-hot-writer", "looked at \\x1b[31m5")
                    .doesNotContain("device=s1", "device=s2"));
    assertThat(twin.run("logs", "twin", "--function", "coded-processor").out())
        .contains("looked at \\x1b[31m5");
    assertThat(twin.run("logs", "twin", "--tail", "3").out()).hasLineCount(3);
    assertThat(twin.run("logs", "twin", "--since", "now").out()).isEmpty();
    assertThat(twin.run("logs", "twin", "--level", "error").out()).doesNotContain(" INFO ");
    assertThat(twin.run("logs", "twin", "--function", "dispatcher", "--tail", "1").out())
        .contains("hall-dispatcher");
  }

  @Test
  void anUnknownFunctionOrTraceOfTheLogIsTold() {
    CliRun function = twin.run("logs", "twin", "--function", "dispacher");
    assertThat(function.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(function.err()).contains("Did you mean hall-dispatcher?");

    CliRun trace = twin.run("logs", "twin", "--trace", "nope");
    assertThat(trace.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(trace.err()).contains("no line of the trace \"nope\"");
  }

  @Test
  @DisplayName("the reader of a followed log has gone")
  void whoFollowsALogEndsWhenItsReaderHasGone() throws Exception {
    PrintStream gone =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            },
            true,
            StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(gone, gone, System.getenv(), folder, false, Tty.fixed(80, 24));
    assertThat(new Cli(terminal).run("values", "twin", "--watch"))
        .as("the values, whose reader has gone, too")
        .isEqualTo(ExitCode.DONE);
    CompletableFuture<Integer> following =
        CompletableFuture.supplyAsync(
            () -> new Cli(terminal).run("logs", "twin", "--follow", "--tail", "0"),
            task -> Thread.ofPlatform().start(task));
    await()
        .until(
            () -> {
              twin.run("send", "twin", "--device", "s2", "{\"t\": 1, \"ts\": \"2019-01-01\"}");
              return following.isDone();
            });
    assertThat(following.get()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void theSpellingOfAStoredItemIsKept() {
    twin.run("send", "twin", "--device", "s2", "--wait", "{\"t\": 1.10, \"ts\": \"2020-01-01\"}");
    assertThat(twin.query("s2", "2020-01-01", "2020-01-02").objects("items").getFirst().get("t"))
        .hasToString("1.10");
  }

  /** What only a person sees, with colours. */
  private static String seen(String... args) throws Exception {
    return CliRun.goingOn(folder, true, new ByteArrayOutputStream(), args)
        .get(60, TimeUnit.SECONDS)
        .out();
  }
}
