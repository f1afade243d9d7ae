package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole state of a twin as a file, and a twin that begins with it. */
class SnapshotTest {

  private static final String DEVICES =
      """
      [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
       {"id": "s2", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
      """;

  @TempDir Path folder;

  @BeforeEach
  void makeProject() throws IOException {
    HallProject.write(folder, "DEBUG", DEVICES);
  }

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
    CliRun.in(folder, "destroy", "twin", "--data", "other");
  }

  private CliRun run(String... command) {
    CliRun run = CliRun.in(folder, command);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return run;
  }

  private List<JsonObject> items(String device, String... data) {
    String[] command = {"query", "twin", "--device", device, "--from", "2026-01-01", "--json"};
    String[] all = Arrays.copyOf(command, command.length + data.length);
    System.arraycopy(data, 0, all, command.length, data.length);
    return run(all).objects("items");
  }

  @Test
  @DisplayName("a copy of a twin is made while devices publish and items move to colder tiers")
  @Tag("full")
  void aSnapshotOfARunningTwinHasAllThatWasAcknowledgedEachOnce() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin");
    for (int day = 1; day <= 9; day++) {
      run("send", "twin", "--device", "s2", message(day), "--wait");
    }
    run("move", "twin", "hot-to-cold", "--now", "2026-10-15T00:00:00Z");
    CompletableFuture<CliRun> load =
        CliRun.goingOn(
            folder,
            Map.of(),
            "simulate",
            "twin",
            "--rate",
            "100",
            "--for",
            "6s",
            "--devices",
            "s1");
    CompletableFuture<CliRun> mover =
        CliRun.goingOn(
            folder, Map.of(), "move", "twin", "hot-to-cold", "--now", "2026-10-18T00:00:00Z");
    run("snapshot", "twin", "--out", "s.zip");
    Path file = folder.resolve("s.zip");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(load.get(60, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(mover.get(60, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);

    ForegroundTwin restored =
        startRestored("--snapshot", "s.zip", "--data", folder.resolve("other").toString());

    assertThat(items("s2", "--data", "other")).hasSize(9);
    List<JsonObject> loaded = items("s1", "--data", "other");
    Set<String> ids = new HashSet<>();
    loaded.forEach(item -> assertThat(ids.add(item.text("event_id").orElse(""))).isTrue());
    assertThat(loaded).hasSizeLessThanOrEqualTo(items("s1").size());
    run("send", "twin", "--device", "s2", "{\"t\": 99}", "--wait", "--data", "other");
    assertThat(items("s2", "--data", "other")).hasSize(10);
    assertThat(items("s2")).as("the first one goes on by itself").hasSize(9);
    run("destroy", "twin", "--data", "other");
    assertThat(restored.ended().exitCode()).isEqualTo(ExitCode.DONE);
    twin.destroy();
    assertThat(twin.ended().exitCode()).isEqualTo(ExitCode.DONE);
  }

  private static String message(int day) {
    return "{\"t\": " + day + ", \"ts\": \"2026-10-0" + day + "T00:00:00Z\"}";
  }

  /** A twin whose data is in {@code other}. */
  private ForegroundTwin startRestored(String... options) {
    String[] command = new String[options.length + 2];
    command[0] = "up";
    command[1] = "twin";
    System.arraycopy(options, 0, command, 2, options.length);
    ForegroundTwin twin =
        new ForegroundTwin(folder, "twin", CliRun.goingOn(folder, Map.of(), command));
    await().until(() -> twin.up().isDone() || Files.exists(folder.resolve("other/endpoints.json")));
    assertThat(twin.up()).as(() -> twin.up().isDone() ? twin.up().join().err() : "").isNotDone();
    return twin;
  }

  @Test
  void aSnapshotWithoutSecretsHasNoTokensAndAFileThatIsThereStays() throws Exception {
    run("deploy", "twin");
    run("snapshot", "twin", "--out", "s.zip", "--without-secrets");
    try (ZipFile zip = new ZipFile(folder.resolve("s.zip").toFile())) {
      assertThat(zip.getEntry("config_inter_cloud.json")).isNull();
      assertThat(zip.getEntry("google.db")).isNotNull();
      assertThat(zip.getEntry("format.json")).isNotNull();
    }

    CliRun again = CliRun.in(folder, "snapshot", "twin", "--out", "s.zip");
    assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(again.err()).contains("TL-SNAPSHOT", "such a file");
  }

  @Test
  @Tag("full")
  void dataThatIsThereIsNotReplacedAndWhatIsNoSnapshotIsRefused() throws Exception {
    run("deploy", "twin");
    run("snapshot", "twin", "--out", "s.zip");
    run("destroy", "twin");
    CliRun used = CliRun.in(folder, "up", "twin", "--snapshot", "s.zip");
    assertThat(used.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(used.err()).contains("TL-SNAPSHOT-REFUSED", "not empty");

    Files.writeString(folder.resolve("no.zip"), "no ZIP");
    CliRun none = CliRun.in(folder, "up", "twin", "--data", "other", "--snapshot", "no.zip");
    assertThat(none.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("TL-SNAPSHOT-REFUSED");
    assertThat(folder.resolve("other")).doesNotExist();
  }
}
