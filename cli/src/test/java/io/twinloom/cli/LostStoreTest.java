package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twin whose data is taken away, as its operator sees that. */
class LostStoreTest {

  @TempDir Path folder;

  private ForegroundTwin start() throws IOException {
    HallProject.write(
        folder,
        "PRODUCTION",
        """
        [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
        """);
    return ForegroundTwin.start(folder, "twin");
  }

  @Test
  @DisplayName("a store's file is missing or empty at the next start")
  void theTwinEndsWithTheReasonAndDoesNotStartWithoutTheStore() throws Exception {
    ForegroundTwin twin = start();
    Path store = twin.data().resolve("google.db");
    Files.delete(store);

    CliRun ended = twin.ended();
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err()).contains("TL-STORE-GONE", "google.db", "--new-store=google");
    Files.deleteIfExists(store);
    assertThat(twin.run("up", "twin").err()).contains("TL-STORE-GONE");
    CliRun status = twin.run("status", "twin");
    assertThat(status.out() + status.err()).contains("google is missing or empty");
  }

  @Test
  void theTwinEndsAlsoWhereAllItsDataIsDeleted() throws Exception {
    ForegroundTwin twin = start();
    List<Path> all;
    try (Stream<Path> walk = Files.walk(twin.data())) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
    CliRun ended = twin.ended();
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err()).contains("TL-STORE-GONE");
  }
}
