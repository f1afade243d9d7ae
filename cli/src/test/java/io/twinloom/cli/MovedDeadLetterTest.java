package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer moves whose functions have dead letters. */
@Tag("full")
class MovedDeadLetterTest {

  @TempDir Path folder;
  private TieredTwin twin;

  @BeforeEach
  void makeProject() throws IOException {
    HallProject.writeWithCode(folder);
    twin = new TieredTwin(folder, folder.resolve("twin"), new AtomicInteger());
  }

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  @Test
  @DisplayName(
      "a dead letter is replayed where its function is after the move, and after a restart")
  void aDeadLetterFollowsItsFunction() throws Exception {
    ForegroundTwin up =
        ForegroundTwin.start(folder, "twin", "--no-watch", "--retry-gaps", "50ms,50ms");
    for (int i = 0; i < 2; i++) {
      twin.refused("send", "twin", "--device", "coded", "--wait", "{\"t\": 13}");
    }
    assertThat(twin.deadLetters()).hasSize(2);

    Files.writeString(
        folder.resolve("twin/processors/coded/process.py"),
        "def process(event):\n    return event\n");
    twin.move("layer_2", "aws");
    twin.run("deploy", "twin", "--yes");
    replayOne();
    assertThat(twin.deadLetters()).hasSize(1);

    up.destroy();
    up.ended();
    ForegroundTwin again = ForegroundTwin.start(folder, "twin", "--no-watch");
    replayOne();
    assertThat(twin.deadLetters()).isEmpty();
    assertThat(
            twin.run("query", "twin", "--device", "coded", "--from", "2026-01-01", "--json")
                .objects("items"))
        .hasSize(2);
    again.destroy();
  }

  private void replayOne() {
    String id = twin.deadLetters().getFirst().text("id").orElseThrow();
    assertThat(twin.run("dead-letters", "twin", "replay", "--id", id).out())
        .contains("1 dead letter handed in again.");
  }
}
