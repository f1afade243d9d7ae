package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items grow old and move through the tiers of three clouds, by hand and by schedule. */
class TiersTest {

  @TempDir Path folder;

  private void project(int hotDays, int coldDays) throws IOException {
    Path twin = Files.createDirectories(folder.resolve("twin"));
    Files.writeString(
        twin.resolve("config.json"),
        """
        {"digital_twin_name": "hall", "hot_storage_size_in_days": %d,
         "cold_storage_size_in_days": %d, "mode": "PRODUCTION"}
        """
            .formatted(hotDays, coldDays));
    Files.writeString(
        twin.resolve("config_providers.json"),
        """
        {"layer_1_provider": "google", "layer_2_provider": "google",
         "layer_3_hot_provider": "google", "layer_3_cold_provider": "aws",
         "layer_3_archive_provider": "azure", "layer_4_provider": "none",
         "layer_5_provider": "none"}
        """);
    Files.writeString(
        twin.resolve("config_iot_devices.json"),
        """
        [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
        """);
  }

  private void send(String time) {
    CliRun.in(
        folder,
        "send",
        "twin",
        "--device",
        "s1",
        "{\"t\": 21.50" + (time.isEmpty() ? "" : ", \"ts\": \"" + time + "\"") + "}");
  }

  private long held(String tier, String what) {
    JsonObject status = CliRun.in(folder, "status", "twin", "--json").json();
    for (JsonValue value : status.array("tiers").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject one && one.text("tier").orElse("").equals(tier)) {
        return one.get(what) instanceof JsonNumber n ? n.asDecimal().longValue() : -1;
      }
    }
    return -1;
  }

  private List<Path> files(String store) throws IOException {
    Path root = folder.resolve("twin/.twinloom").resolve(store);
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void itemsAreMovedByHandFromCloudToCloud() throws Exception {
    project(7, 30);
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--json");
    send("2026-01-01T00:00:00Z");
    send("2026-01-01T00:00:01Z");
    await().until(() -> held("L3 hot", "items") == 2);

    CliRun early =
        CliRun.in(folder, "move", "twin", "hot-to-cold", "--now", "2026-01-08", "--json");
    assertThat(early.json().get("items")).hasToString("0");
    CliRun moved =
        CliRun.in(folder, "move", "twin", "hot-to-cold", "--now", "2026-01-08T00:00:02Z", "--json");
    assertThat(moved.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(moved.json().get("items")).hasToString("2");
    assertThat(moved.json().get("chunks")).hasToString("1");
    assertThat(moved.json().array("left").orElseThrow()).isEmpty();
    Path chunk = files("aws/cold").getFirst();
    assertThat(chunk.toString())
        .endsWith("s1/2026-01-01T00:00:00.000000Z-2026-01-01T00:00:01.000000Z/chunk-00001.json");
    assertThat(Files.readString(chunk)).startsWith("[{").contains("\"t\":21.50").endsWith("}]");
    assertThat(held("L3 hot", "items")).isZero();
    assertThat(held("L3 cold", "chunks")).isEqualTo(1);

    CliRun archived =
        CliRun.in(folder, "move", "twin", "cold-to-archive", "--now", "1770422402", "--json");
    assertThat(archived.json().get("items")).hasToString("2");
    assertThat(files("aws/cold")).isEmpty();
    assertThat(files("azure/archive")).hasSize(1);
    assertThat(held("L3 archive", "chunks")).isEqualTo(1);

    assertThat(CliRun.in(folder, "move", "twin", "sideways").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(CliRun.in(folder, "move", "twin", "hot-to-cold", "--now", "soon").exitCode())
        .isEqualTo(ExitCode.USAGE);
    twin.destroy();
    twin.ended();
  }

  @Test
  void withShortDaysItemsMoveByThemselves() throws Exception {
    project(1, 2);
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--json", "--day-length", "200ms");
    send("");
    await().until(() -> held("L3 archive", "chunks") == 1 && held("L3 cold", "chunks") == 0);
    assertThat(held("L3 hot", "items")).isZero();
    twin.destroy();
    twin.ended();
  }
}
