package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.Journal.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void beforeAnythingWasDeployedThereIsNoEntry() {
    assertThat(journal().last()).isEmpty();
  }

  @Test
  void theLastEntryIsReadBack() {
    journal().enter(State.DEPLOYING, "abc");
    journal().enter(State.DEPLOYED, "abc");

    assertThat(journal().last()).contains(new Journal.Entry(State.DEPLOYED, "abc", NOW));
  }

  @Test
  void aDamagedJournalCountsAsNone() throws Exception {
    Files.writeString(file(), "{\"state\": \"sleeping\"}");

    assertThat(journal().last()).isEmpty();
  }

  private Journal journal() {
    return new Journal(file(), () -> NOW);
  }

  private Path file() {
    return folder.resolve("journal.json");
  }
}
