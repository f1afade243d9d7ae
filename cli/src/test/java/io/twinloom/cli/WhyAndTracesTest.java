package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code why} and {@code traces} show what the running twin's server answers. */
class WhyAndTracesTest {

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
    var unused = twin.ended();
  }

  @Test
  void whySaysWhichHopFailsAndWhatToDo() throws Exception {
    CliRun misspelt = twin.run("why", "twin", "--device", "s11");

    assertThat(misspelt.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(misspelt.out()).contains(" FAIL configured", "\"s1\"", "Fix:");

    assertThat(twin.run("send", "twin", "--device", "s1", "--wait", "{\"t\": 1}").exitCode())
        .isEqualTo(ExitCode.DONE);
    CliRun fine = twin.run("why", "twin", "--device", "s1", "--from", "-1h", "--verify", "--json");
    assertThat(fine.exitCode()).as(fine.out() + fine.err()).isEqualTo(ExitCode.DONE);
    assertThat(json(fine.out()).get("ok")).hasToString("true");
  }

  @Test
  void tracesAreListedAndDrawn() throws Exception {
    assertThat(twin.run("send", "twin", "--device", "s1", "--wait", "{\"t\": 2}").exitCode())
        .isEqualTo(ExitCode.DONE);
    await().until(() -> items(twin.run("traces", "twin", "--device", "s1", "--json")).size() > 0);
    JsonObject newest =
        (JsonObject)
            items(twin.run("traces", "twin", "--device", "s1", "--json")).values().getFirst();
    String id = newest.text("id").orElseThrow();

    CliRun drawn = twin.run("traces", "twin", id);
    assertThat(drawn.out()).contains(id, "hall-dispatcher", "hall-persister", "==");
    assertThat(json(twin.run("traces", "twin", id, "--otlp", "--json").out()).has("resourceSpans"))
        .isTrue();
    assertThat(twin.run("traces", "twin", "no-such").exitCode()).isEqualTo(ExitCode.FAILED);
  }

  private static JsonArray items(CliRun run) {
    return json(run.out()).array("items").orElse(JsonArray.EMPTY);
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.strip().getBytes(StandardCharsets.UTF_8));
  }
}
