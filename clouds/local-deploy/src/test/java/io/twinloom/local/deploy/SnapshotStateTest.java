package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Change.Standing;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.Phase;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot has every version that its state names, and says what is wrong with the data. */
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
  void whatIsWrongWithTheDataIsSaidOfTheData() throws IOException {
    refused("TL-LOCAL-NO-COPY");
    data.write(deployed(Optional.empty()));
    Path copy = data.projects().resolve("after");
    Files.move(copy, data.projects().resolve("elsewhere"));
    refused("TL-LOCAL-NO-COPY");
    Files.writeString(data.path().resolve("deployed.json"), "{");
    assertThat(refused("TL-LOCAL-STATE"))
        .isEqualTo(data.path().resolve("deployed.json").toString());
  }

  private String refused(String code) throws IOException {
    Path file = folder.resolve("s.zip");
    TwinloomException refusal =
        catchThrowableOfType(
            TwinloomException.class, () -> LocalSnapshots.write(data.path(), file, true));
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(file).doesNotExist();
    try (Stream<Path> all = Files.list(data.path())) {
      assertThat(all.filter(left -> left.toString().endsWith(".making"))).isEmpty();
    }
    return refusal.where();
  }
}
