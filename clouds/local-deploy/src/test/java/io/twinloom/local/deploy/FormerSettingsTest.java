package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.ProjectCopies;
import io.twinloom.deployer.change.ChangeError;
import io.twinloom.deployer.change.SteppedSettings;
import io.twinloom.json.JsonBoolean;
import io.twinloom.local.LocalOptions;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twin starts with the settings of the version that ran before until it has settled. */
class FormerSettingsTest {

  @TempDir Path folder;
  private LocalDataFolder data;
  private ProjectCopies copies;
  private PreparedProject plain;
  private PreparedProject compressing;
  private final LocalWiring wiring =
      new LocalWiring(
          running -> {
            throw new IllegalStateException("no server is mounted here");
          },
          InstantSource.system(),
          new SecureRandom(),
          Map.of(),
          progress -> {});

  @BeforeEach
  void prepare() {
    data = new LocalDataFolder(folder.resolve("data"));
    data.make();
    copies = data.copies(Map.of(), InstantSource.system());
    plain = version("plain", false);
    compressing = version("compressing", true);
  }

  private PreparedProject version(String name, boolean compresses) {
    return version(name, compresses, KnownClouds.AWS);
  }

  private PreparedProject version(String name, boolean compresses, Provider hot) {
    Path place =
        ProjectBuilder.of("hall")
            .on(Layer.L3_HOT, hot)
            .device("s1", "t")
            .config("compress_chunks", JsonBoolean.of(compresses))
            .writeTo(folder.resolve(name));
    PreparedProject prepared =
        Preparation.of(
                place, UserCodeChecker.of(folder.resolve("cache"), "", InstantSource.system()))
            .project()
            .orElseThrow();
    return copies.keep(prepared);
  }

  /** Starts a version; nothing settles by itself, since nothing goes on. */
  private LiveTwin start(PreparedProject version) {
    return start(version, data);
  }

  private LiveTwin start(PreparedProject version, LocalDataFolder from) {
    LiveTwin twin =
        LiveTwin.start(
            version,
            from,
            wiring,
            new Journal(from.journal(), InstantSource.system()),
            new LocalRun(
                LocalOptions.defaults(from.path()), RunOptions.NONE, List.of(), List.of()));
    twin.write();
    return twin;
  }

  private void runBefore(PreparedProject... versions) {
    for (PreparedProject version : versions) {
      start(version).close();
    }
  }

  private static boolean compresses(LiveTwin twin) {
    return twin.project().project().config().compressChunks();
  }

  private Path file() {
    return data.path().resolve("former-settings.json");
  }

  @Test
  @DisplayName("one that is stopped before it has settled starts with the former settings again")
  void theFormerSettingsHoldOverStartsUntilItHasSettled() {
    runBefore(plain, compressing);
    assertThat(data.formerSettings().read()).contains(SteppedSettings.of(plain));

    try (LiveTwin twin = start(compressing)) {
      assertThat(compresses(twin)).isFalse();
      twin.beginWhatIsDue();
      assertThat(compresses(twin)).isTrue();
      assertThat(file()).doesNotExist();
    }
    try (LiveTwin twin = start(compressing)) {
      assertThat(compresses(twin)).isTrue();
    }
  }

  @Test
  @DisplayName(
      "a third version starts with the settings of the first, where the second never had its own")
  void aVersionThatNeverHadItsSettingsIsNotTheFormerOne() {
    runBefore(plain, compressing);

    try (LiveTwin twin = start(version("debug", true))) {
      assertThat(compresses(twin)).isFalse();
    }
    try (LiveTwin twin = start(plain)) {
      assertThat(compresses(twin)).isFalse();
      assertThat(file()).as("its own settings").doesNotExist();
    }
  }

  @Test
  @DisplayName("a start that fails before anything is written down forgets nothing")
  void aStartThatFailsForgetsNothing() {
    runBefore(plain, compressing);

    var unused = data.formerSettings().starting(plain, copies.find(compressing.digest()));

    assertThat(data.formerSettings().read()).contains(SteppedSettings.of(plain));
  }

  @Test
  @DisplayName("nothing starts with settings that cannot be read: a chunk may be on its way")
  void aFileThatCannotBeReadIsAnError() throws IOException {
    runBefore(plain, compressing);
    Files.writeString(file(), "{\"compressChunks\": 1}");

    assertThatThrownBy(() -> start(compressing))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo(LocalDeployError.LOCAL_STATE.code());
              assertThat(e.where()).isEqualTo(file().toString());
            });
  }

  @Test
  @DisplayName("a twin made from a snapshot starts with the former settings, too")
  void aSnapshotHasThem() throws IOException {
    runBefore(plain, compressing);
    Path snapshot = folder.resolve("snapshot.zip");
    LocalSnapshots.write(data.path(), snapshot, true);
    LocalDataFolder restored = new LocalDataFolder(folder.resolve("restored"));

    LocalSnapshots.restore(restored.path(), snapshot);

    PreparedProject copy =
        restored.copies(Map.of(), InstantSource.system()).find(compressing.digest()).orElseThrow();
    try (LiveTwin twin = start(copy, restored)) {
      assertThat(compresses(twin)).isFalse();
    }
  }

  @Test
  @DisplayName(
      "a snapshot that is made while it settles has the settings of the instant of its stores")
  void aSnapshotIsOfOneInstant() throws IOException {
    runBefore(plain, compressing);
    Path store = data.path().resolve("aws.db");
    note(store, "before");
    List<Duration> pauses = new ArrayList<>();
    AtomicInteger reads = new AtomicInteger();

    new Snapshot(
            data,
            pauses::add,
            () -> {
              StateFiles now = StateFiles.of(data.path());
              switch (reads.incrementAndGet()) {
                case 1 -> {
                  data.formerSettings().clear();
                  note(store, "settled");
                }
                case 4 -> note(store, "after the instant");
                default -> {
                  // The second look differs, the third is that of the next attempt.
                }
              }
              return now;
            })
        .write(folder.resolve("snapshot.zip"), false);

    assertThat(pauses).hasSize(1);
    LocalDataFolder restored = new LocalDataFolder(folder.resolve("restored"));
    LocalSnapshots.restore(restored.path(), folder.resolve("snapshot.zip"));
    assertThat(restored.formerSettings().read()).isEmpty();
    assertThat(notes(restored.path().resolve("aws.db"))).containsExactly("before", "settled");
  }

  private static void note(Path store, String text) throws IOException {
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = database.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS note(text TEXT)");
      statement.execute("INSERT INTO note VALUES ('" + text + "')");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static List<String> notes(Path store) throws IOException {
    List<String> notes = new ArrayList<>();
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT text FROM note")) {
      while (rows.next()) {
        notes.add(rows.getString(1));
      }
      return notes;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Test
  @DisplayName("what keeps it from settling, other than something under way, is said")
  void whatFailsWhileItSettlesIsSaid() throws IOException {
    runBefore(plain);
    try (LiveTwin twin = start(compressing)) {
      Path connections = data.path().resolve("config_inter_cloud.json");
      Files.deleteIfExists(connections);
      Files.writeString(connections, "{");

      twin.beginWhatIsDue();

      assertThat(compresses(twin)).isFalse();
      assertThat(twin.clouds().warnings())
          .anyMatch(w -> w.contains("is tried again") && w.contains("config_inter_cloud.json"));
      Files.delete(connections);
      twin.beginWhatIsDue();
      assertThat(compresses(twin)).isTrue();
    }
  }

  @Test
  @DisplayName("a pause is answered while a version is exchanged")
  void aPauseDoesNotWaitForAnExchange() {
    try (LiveTwin twin = start(plain)) {
      synchronized (twin) {
        CompletableFuture<Void> pausing = CompletableFuture.runAsync(twin::pause);

        assertThatThrownBy(() -> pausing.get(1, TimeUnit.MINUTES))
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfSatisfying(
                TwinloomException.class,
                e -> assertThat(e.code()).isEqualTo(ChangeError.CHANGE_NONE.code()));
      }
    }
  }

  @Test
  @DisplayName("a layer that has moved before the twin settles stays where it has moved to")
  void settlesInTheLayoutThatItIsIn() {
    runBefore(plain);
    PreparedProject moving = version("moving", true, KnownClouds.GOOGLE);
    try (LiveTwin twin = start(moving)) {
      assertThat(twin.openChange()).isPresent();
      twin.goOn();

      await().until(() -> twin.openChange().isEmpty() && compresses(twin));

      assertThat(twin.project().project().placement().of(Layer.L3_HOT))
          .contains(KnownClouds.GOOGLE);
    }
    try (LiveTwin twin = start(moving)) {
      assertThat(compresses(twin)).isTrue();
      assertThat(twin.project().project().placement().of(Layer.L3_HOT))
          .contains(KnownClouds.GOOGLE);
    }
  }
}
