package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.SqliteDeadLetters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDeadLettersTest {

  @TempDir Path folder;

  /** Letters of an earlier run, in which other functions may have been deployed. */
  private void left(String... functions) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (CloudDatabase database =
        CloudDatabase.open(data.resolve("aws.db"), SqliteDeadLetters.SCHEMA)) {
      SqliteDeadLetters letters = new SqliteDeadLetters(database, InstantSource.system());
      for (String function : functions) {
        JsonObject event = JsonObject.builder().put("device_id", "sensor").put("count", 1).build();
        letters.keep(new DeadLetter(function, event, "why", 3, "t"));
      }
    }
  }

  @Test
  void oneWhoseFunctionIsGoneDoesNotKeepTheOthers() throws Exception {
    left("outage-gone", "outage-dispatcher", "outage-gone", "outage-dispatcher");
    try (CrossingTwin twin = CrossingTwin.start(folder)) {
      Map<String, Optional<String>> outcomes = twin.clouds.deadLetters().replayAll();
      assertThat(outcomes).hasSize(4);
      assertThat(outcomes.get("aws-2")).isEmpty();
      assertThat(outcomes.get("aws-4")).isEmpty();
      assertThat(outcomes.get("aws-1").orElseThrow()).contains("outage-gone");
      assertThat(twin.clouds.deadLetters().list(10))
          .extracting(LocalDeadLetters.Kept::id)
          .contains("aws-1", "aws-3")
          .doesNotContain("aws-2", "aws-4");
    }
  }

  @Test
  void nothingIsSaidOfWhatIsNotKept() throws Exception {
    left("outage-dispatcher");
    try (CrossingTwin twin = CrossingTwin.start(folder)) {
      List<String> ids = List.of("aws-1", "aws-77", "azure-x", "nobody");
      assertThat(twin.clouds.deadLetters().replay(ids)).containsOnlyKeys("aws-1");
    }
  }
}
