package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.cloud.CloudTarget.Removed;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the removal of a twin from its clouds undoes and keeps, also after one that was cut off. */
class CloudRemovalTest {

  @TempDir Path folder;
  private HallOnClouds hall;

  @BeforeEach
  void write() {
    hall = new HallOnClouds(folder);
  }

  @Test
  void afterAFailureOfTheApplyDestroyingLeavesNothing() {
    hall.clouds.failing = Optional.of("apply");
    Throwable failure = catchThrowable(hall::deploy);
    assertThat(failure).isNotNull();
    assertThat(hall.destroy()).isTrue();
    assertThat(hall.clouds.anythingStands()).isFalse();
  }

  @Test
  void aStepThatFailedHalfWayIsUndoneToo() {
    hall.clouds.failing = Optional.of("make twin-entities");
    Throwable failure = catchThrowable(hall::deploy);
    assertThat(failure).isNotNull();
    hall.destroy();
    assertThat(hall.clouds.done).contains("undo twin-entities");
    assertThat(hall.clouds.anythingStands()).isFalse();
  }

  @Test
  void stepsAreUndoneBeforeWhatTheyStandOn() {
    hall.deploy();
    hall.clouds.done.clear();
    hall.destroy();
    assertThat(hall.clouds.done)
        .containsExactly(
            "identify aws", "identify google", "plan destroy", "undo twin-entities", "destroy");
  }

  @Test
  void aRemovalThatWasCutOffIsBroughtToItsEndByDestroyingAgain() {
    hall.deploy();
    hall.clouds.failing = Optional.of("destroy");
    Throwable failure = catchThrowable(hall::destroy);
    assertThat(failure).isNotNull();
    assertThat(hall.state()).isEqualTo(State.ENDING);
    assertThat(hall.destroy()).isTrue();
    assertThat(hall.clouds.anythingStands()).isFalse();
    assertThat(hall.state()).isEqualTo(State.ENDED);
  }

  @Test
  void destroyingForgetsTheTwinsConnectionsAndSecretsAndNothingElse() throws IOException {
    Files.writeString(
        hall.project.resolve(ConnectionStore.FILE),
        """
        {"connections": {"theirs": {"provider": "aws", "function": "hot-writer",
          "url": "https://theirs.example.org", "token": "0123456789012345678901234567890123"}},
         "note": "of the user"}
        """);
    hall.deploy();
    hall.destroy();
    assertThat(hall.connections()).containsOnlyKeys("theirs");
    assertThat(hall.project.resolve(ConnectionStore.FILE).toFile())
        .content()
        .contains("of the user");
    try (Stream<Path> left = Files.list(hall.data().resolve("cloud"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("journal.json", "lock");
    }
  }

  private static StoredData data(String cloud, String name) {
    return new StoredData(cloud, name, "table " + name, "module." + cloud + "." + name);
  }

  @Test
  @DisplayName("a twin is removed from its clouds without its data")
  void whatHoldsDataStaysAndIsListedUntilItMayGo() {
    hall.deploy();
    hall.clouds.data.addAll(List.of(data("google", "hall-hot-iot-data"), data("google", "cold")));
    Removed removed = hall.destroy(DataRemoval.NONE);
    assertThat(removed.removed()).isTrue();
    assertThat(removed.kept())
        .extracting(StoredData::id)
        .containsExactly("google:hall-hot-iot-data", "google:cold");
    assertThat(hall.said).anyMatch(line -> line.contains("google:hall-hot-iot-data"));
    assertThat(hall.state()).isEqualTo(State.KEPT);
    assertThat(hall.target(changes -> true).deployed()).isEmpty();

    hall.clouds.done.clear();
    assertThat(hall.destroy(DataRemoval.NONE).removed()).as("nothing more can go").isFalse();
    assertThat(hall.clouds.done).doesNotContain("destroy");

    assertThat(hall.destroy(DataRemoval.of(Set.of("google:cold"))).kept())
        .extracting(StoredData::id)
        .containsExactly("google:hall-hot-iot-data");
    assertThat(hall.destroy(DataRemoval.ALL).kept()).isEmpty();
    assertThat(hall.clouds.data).isEmpty();
    assertThat(hall.state()).isEqualTo(State.ENDED);
  }

  @Test
  void aTwinWhoseDataWasKeptCanBeDeployedAgain() {
    hall.deploy();
    hall.clouds.data.add(data("google", "hall-hot-iot-data"));
    hall.destroy(DataRemoval.NONE);
    hall.deploy();
    assertThat(hall.state()).isEqualTo(State.DEPLOYED);
    assertThat(hall.clouds.data).hasSize(1);
  }

  @Test
  void aStoreThatIsNotThereIsNamedWithThoseThatAre() {
    hall.deploy();
    hall.clouds.data.add(data("google", "hall-hot-iot-data"));
    assertThatThrownBy(() -> hall.destroy(DataRemoval.of(Set.of("aws:nothing"))))
        .hasMessageContaining("aws:nothing")
        .extracting(e -> ((TwinloomException) e).fix())
        .asString()
        .contains("google:hall-hot-iot-data");
    assertThat(hall.clouds.anythingStands()).isTrue();
  }

  @Test
  void whoIsAskedLearnsWhichDataGoes() {
    hall.deploy();
    hall.clouds.data.add(data("google", "hall-hot-iot-data"));
    List<StoredData> asked = new ArrayList<>();
    Throwable declined =
        catchThrowable(
            () ->
                hall.target(
                        changes -> {
                          asked.addAll(changes.lost());
                          return false;
                        })
                    .destroy(DataRemoval.ALL, step -> {}));
    assertThat(declined).hasMessageContaining("Nothing was removed");
    assertThat(asked).extracting(StoredData::id).containsExactly("google:hall-hot-iot-data");
  }

  @Test
  void destroyingTwiceDoesNothingTheSecondTime() {
    hall.deploy();
    assertThat(hall.destroy()).isTrue();
    hall.clouds.done.clear();
    assertThat(hall.destroy()).isFalse();
    assertThat(hall.clouds.done).isEmpty();
  }

  @Test
  void destroyingWhatWasNeverDeployedDoesNothing() {
    assertThat(hall.destroy()).isFalse();
  }
}
