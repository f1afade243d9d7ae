package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.Journal.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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
