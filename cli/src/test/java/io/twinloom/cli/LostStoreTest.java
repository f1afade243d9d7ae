package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twin whose data is taken away, as whoever runs it sees that. */
class LostStoreTest {

  @TempDir Path folder;

  private CompletableFuture<CliRun> up() throws IOException {
    Path twin = Files.createDirectories(folder.resolve("twin"));
    Files.writeString(
        twin.resolve("config.json"),
        """
        {"digital_twin_name": "hall", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
        """);
    Files.writeString(
        twin.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "azure", "layer_3_hot_provider": "google",
         "layer_3_cold_provider": "google", "layer_3_archive_provider": "google"}
        """);
    Files.writeString(
        twin.resolve("config_iot_devices.json"),
        """
        [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
        """);
    CompletableFuture<CliRun> up =
        CompletableFuture.supplyAsync(() -> CliRun.in(folder, "up", "twin"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> up.isDone() || Files.exists(twin.resolve(".twinloom/endpoints.json")));
    assertThat(up).isNotDone();
    return up;
  }

  @Test
  @DisplayName("a store's file is missing or empty at the next start")
  void theTwinEndsWithTheReasonAndDoesNotStartWithoutTheStore() throws Exception {
    CompletableFuture<CliRun> up = up();
    Path store = folder.resolve("twin/.twinloom/google.db");
    Files.delete(store);

    CliRun ended = up.get(30, TimeUnit.SECONDS);
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err()).contains("TL-STORE-GONE", "google.db", "--new-store=google");
    Files.deleteIfExists(store);
    assertThat(CliRun.in(folder, "up", "twin").err()).contains("TL-STORE-GONE");
    CliRun status = CliRun.in(folder, "status", "twin");
    assertThat(status.out() + status.err()).contains("google is missing or empty");
  }

  @Test
  void theTwinEndsAlsoWhereAllItsDataIsDeleted() throws Exception {
    CompletableFuture<CliRun> up = up();
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder.resolve("twin/.twinloom"))) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
    CliRun ended = up.get(30, TimeUnit.SECONDS);
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err()).contains("TL-STORE-GONE");
  }
}
