package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Change.Standing;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.Phase;
import io.twinloom.model.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot has the state that belongs to its stores, and every version that this names. */
class SnapshotStateTest {

  @TempDir Path folder;
  private LocalDataFolder data;

  @BeforeEach
  void prepare() throws IOException {
    data = new LocalDataFolder(folder.resolve("data"));
    data.make();
    for (String digest : List.of("before", "after", "waiting", "other")) {
      Path copy = Files.createDirectories(data.projects().resolve(digest));
      Files.writeString(copy.resolve("config.json"), digest);
    }
  }

  private static DeployedState deployed(Optional<Change> change) {
    DeployedState first = DeployedState.first("after", ChangedTwin.LAYOUT.placement());
    return new DeployedState(
        first.generation(), first.project(), first.layers(), first.retired(), first.code(), change);
  }

  private List<String> versions(LocalDataFolder of) throws IOException {
    try (Stream<Path> all = Files.list(of.projects())) {
      return all.map(copy -> copy.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void itHasTheVersionsThatAChangeMayGoBackToAndForWhichEventsWait() throws IOException {
    data.write(
        deployed(
            Optional.of(
                new Change(
                    "c",
                    "before",
                    "after",
                    Map.of(),
                    Set.of(),
                    List.of(new Phase(Phase.Kind.EXPAND, Layer.L2, ChangedTwin.LAYOUT)),
                    0,
                    new Standing(Step.ENTERING, "", Instant.EPOCH)))));
    data.former().add("waiting");

    LocalSnapshots.write(data.path(), folder.resolve("s.zip"), false);
    LocalDataFolder restored = new LocalDataFolder(folder.resolve("restored"));
    LocalSnapshots.restore(restored.path(), folder.resolve("s.zip"));

    assertThat(versions(restored)).containsExactly("after", "before", "waiting");
    assertThat(restored.former().digests()).containsExactly("waiting");
    assertThat(restored.deployed()).isEqualTo(data.deployed());
  }

  @Test
  void aStateThatChangesWhileTheStoresAreOpenedIsReadAgainWithThem() throws IOException {
    data.write(deployed(Optional.empty()));
    StateFiles now = StateFiles.of(data.path());
    Deque<StateFiles> read = new ArrayDeque<>(List.of(new StateFiles(Map.of()), now, now));
    List<Duration> pauses = new ArrayList<>();

    new Snapshot(data, pauses::add, () -> read.size() > 1 ? read.poll() : now)
        .write(folder.resolve("s.zip"), false);

    assertThat(pauses).hasSize(1);
    LocalDataFolder restored = new LocalDataFolder(folder.resolve("restored"));
    LocalSnapshots.restore(restored.path(), folder.resolve("s.zip"));
    assertThat(restored.deployed()).isEqualTo(data.deployed());
  }
}
