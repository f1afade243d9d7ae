package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.LockFile;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDataFolderTest {

  @TempDir Path folder;

  @Test
  void aProjectFolderHoldsItsOwnData() {
    assertThat(LocalDataFolder.of(folder)).isEqualTo(folder.resolve(".twinloom"));
  }

  @Test
  void theDataOfAZipIsBesideIt() throws Exception {
    Path zip = Files.createFile(folder.resolve("farm.ZIP"));

    assertThat(LocalDataFolder.of(zip)).isEqualTo(folder.resolve("farm.twinloom"));
  }

  @Test
  void theFolderIsItsOwnersOnly() throws Exception {
    data().make();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().path())))
        .isEqualTo("rwx------");
  }

  @Test
  void theOptionsOfATwinAreKeptWithTheDigestsOfTheirFiles() throws Exception {
    data().make();
    assertThat(data().runOptions()).isEqualTo(RunOptions.NONE);
    Path users = Files.writeString(folder.resolve("users"), "anna:1\n");
    RunOptions options =
        RunOptions.of(
            Map.of("--mqtt-users", users.toString(), "--port-base", "41880"),
            List.of("--mqtt-users", "--mqtt-cert"));

    data().write(options);

    assertThat(data().runOptions()).isEqualTo(options);
    assertThat(options.digests()).containsOnlyKeys("--mqtt-users");
    assertThat(Files.readString(data().path().resolve("options.json"))).doesNotContain("anna");
  }

  @Test
  void theEndpointsOfALivingProcessAreFound() {
    data().make();
    data().write(endpoints(ProcessId.ofThis()));

    assertThat(data().running()).contains(endpoints(ProcessId.ofThis()));
  }

  @Test
  void theEndpointsFileHasTheShapeThatOthersReadItBy() throws Exception {
    data().make();
    data().write(endpoints(ProcessId.ofThis()));

    JsonObject json = Json.parseObject(Files.readAllBytes(data().path().resolve("endpoints.json")));
    assertThat(String.valueOf(json.get("pid")))
        .isEqualTo(String.valueOf(ProcessHandle.current().pid()));
    assertThat(json.text("api")).contains("http://127.0.0.1:4000");
    assertThat(json.object("clouds").orElseThrow().object("aws").orElseThrow().toString())
        .isEqualTo("{\"http\":\"http://127.0.0.1:4001\",\"mqtt\":\"tcp://127.0.0.1:4002\"}");
  }

  @Test
  void whatAKilledProcessLeftBehindDoesNotCountAsRunning() {
    data().make();
    data().write(endpoints(new ProcessId(endedPid(), Optional.of(Instant.EPOCH))));

    assertThat(data().running()).isEmpty();
    assertThat(data().written()).isPresent();
  }

  @Test
  void aLaterProcessWithTheSameNumberIsNotTakenForTheTwin() {
    data().make();
    Instant earlier = ProcessHandle.current().info().startInstant().orElseThrow().minusSeconds(60);
    data().write(endpoints(new ProcessId(ProcessHandle.current().pid(), Optional.of(earlier))));

    assertThat(data().running()).isEmpty();
  }

  @Test
  void aDamagedEndpointsFileCountsAsNone() throws Exception {
    data().make();
    Files.writeString(data().path().resolve("endpoints.json"), "{\"pid\": 12, \"api\": ");

    assertThat(data().written()).isEmpty();
  }

  @Test
  void aSecondHolderIsToldWhoHoldsTheFolder() {
    data().make();
    try (LockFile held = DataLock.take(data())) {
      assertThatThrownBy(() -> DataLock.take(data()))
          .isInstanceOfSatisfying(
              TwinloomException.class,
              e -> {
                assertThat(e.code()).isEqualTo("TL-LOCAL-HELD");
                assertThat(e.what()).contains("process " + ProcessHandle.current().pid());
              });
      assertThat(held).isNotNull();
    }
  }

  @Test
  void aFolderWhoseLockWasReleasedCanBeLockedAgain() {
    data().make();
    DataLock.take(data()).close();

    DataLock.take(data()).close();
    assertThat(data().path().resolve("lock")).exists();
  }

  @Test
  void aFolderThatHoldsNoTwinIsNotDeleted() throws Exception {
    data().make();
    Files.writeString(data().path().resolve("photos.txt"), "dear to someone");

    assertThatThrownBy(() -> data().delete())
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-LOCAL-NOT-DATA"));
    assertThat(data().path().resolve("photos.txt")).exists();
  }

  @Test
  void aTwinsDataIsDeletedWhole() throws Exception {
    data().make();
    new Journal(data().journal(), Instant::now).enter(Journal.State.ENDED, "digest");
    Files.createDirectories(data().path().resolve("aws"));
    Files.writeString(data().path().resolve("aws/hot.db"), "x");

    data().delete();

    assertThat(data().path()).doesNotExist();
  }

  private LocalDataFolder data() {
    return new LocalDataFolder(folder.resolve("data"));
  }

  private static long endedPid() {
    try {
      Process ended = new ProcessBuilder("true").start();
      ended.waitFor();
      return ended.pid();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Endpoints endpoints(ProcessId process) {
    return new Endpoints(
        process,
        "farm",
        URI.create("http://127.0.0.1:4000"),
        KnownClouds.AWS,
        Map.of(
            KnownClouds.AWS,
            new LocalClouds.Endpoint(
                URI.create("http://127.0.0.1:4001"), URI.create("tcp://127.0.0.1:4002"))));
  }
}
