package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.LockFile;
import io.twinloom.deployer.Progress;
import io.twinloom.model.Connections.Connection;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deployment to clouds makes, keeps and refuses, also after one that was cut off. */
class CloudTargetTest {

  private static final String WRITER = "aws_l2_to_gcp_l3";

  @TempDir Path folder;
  private HallOnClouds hall;

  @BeforeEach
  void write() {
    hall = new HallOnClouds(folder);
  }

  @Test
  void aDeploymentWritesDownTheAddressAndTokenOfEveryConnection() {
    hall.deploy();
    assertThat(hall.connections().get(WRITER).url())
        .isEqualTo(URI.create("https://hall-hot-writer.example.org"));
    assertThat(hall.connections().get(WRITER).token()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(hall.clouds.tokensApplied.getLast())
        .containsEntry(WRITER, hall.connections().get(WRITER).token());
    assertThat(hall.state()).isEqualTo(State.DEPLOYED);
  }

  @Test
  @DisplayName("an existing project brings placeholder tokens")
  void aPlaceholderOfTheProjectIsReplacedByATokenOfOurs() throws IOException {
    Files.writeString(
        hall.project.resolve(ConnectionStore.FILE),
        """
        {"connections": {"%s": {"provider": "google", "function": "writer",
          "url": "https://example.net/x", "token": "generated-secure-token"}}}
        """
            .formatted(WRITER));
    hall.deploy();

    assertThat(hall.connections().get(WRITER).function()).isEqualTo("hot-writer");
    assertThat(hall.connections().get(WRITER).token())
        .hasSizeGreaterThanOrEqualTo(32)
        .doesNotContain("generated");
  }

  @Test
  void everyCloudIsAskedWhoOneIsBeforeAnythingIsMade() {
    hall.deploy();
    assertThat(hall.clouds.done)
        .containsExactly("identify aws", "identify google", "plan", "apply", "make twin-entities");
  }

  @Test
  void whatIsSecretIsReadableByItsOwnerAlone() throws IOException {
    hall.deploy();
    try (Stream<Path> all = Files.walk(hall.data().resolve("cloud"))) {
      assertThat(all.filter(Files::isRegularFile))
          .filteredOn(file -> !file.endsWith("lock") && !file.endsWith("terraform.tfvars.json"))
          .filteredOn(file -> !isOfACopy(file))
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
    Path key = hall.data().resolve("cloud/devices/aws/hall-sensor-1/private.key");
    assertThat(key).hasContent("the private key");
    assertThat(hall.data().resolve("cloud/devices.json").toFile())
        .content()
        .contains("iot.example.org")
        .doesNotContain("the private key");
    assertThat(hall.data().resolve("cloud/outputs.json").toFile())
        .content()
        .doesNotContain("the private key");
  }

  /** Copies of the project and of its code are without secrets, in folders of their owner. */
  private boolean isOfACopy(Path file) {
    Path inside = hall.data().resolve("cloud").relativize(file);
    return inside.startsWith("projects") || inside.startsWith("code");
  }

  @Test
  void deployingAgainChangesNothingAndAsksNothing() {
    hall.deploy();
    Map<String, Connection> before = hall.connections();
    hall.target(
            changes -> {
              throw new AssertionError("there is nothing to agree to");
            })
        .deploy(hall.prepared(), Progress.SILENT);
    assertThat(hall.connections()).isEqualTo(before);
    assertThat(hall.clouds.done.stream().filter("apply"::equals)).hasSize(1);
  }

  @Test
  void whoeverDoesNotAgreeChangesNothing() {
    assertThatThrownBy(() -> hall.target(changes -> false).deploy(hall.prepared(), Progress.SILENT))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-CLOUD-DECLINED"));
    assertThat(hall.clouds.anythingStands()).isFalse();
    assertThat(hall.target(changes -> true).deployed()).isEmpty();
  }

  @Test
  void aDeploymentThatWasCutOffGoesOnWithTheTokensItsFunctionsHave() {
    hall.deploy();
    String token = hall.connections().get(WRITER).token();
    ConnectionStore store = new ConnectionStore(hall.project.resolve(ConnectionStore.FILE));
    store.forget(List.of(WRITER));
    hall.clouds.done.clear();
    hall.deploy();
    assertThat(hall.connections().get(WRITER).token()).isEqualTo(token);
  }

  @Test
  void afterAFailureOfTheApplyTheTwinIsPartlyDeployedAndDeployingAgainEndsIt() {
    hall.clouds.failing = Optional.of("apply");
    Throwable failure = catchThrowable(hall::deploy);
    assertThat(failure).hasMessageContaining("apply failed");
    assertThat(hall.state()).isEqualTo(State.DEPLOYING);
    assertThat(hall.target(changes -> true).deployed()).isEmpty();
    assertThat(hall.target(changes -> true).absent("hall").what()).contains("partly deployed");
    assertThat(hall.target(changes -> true).warnings()).hasSize(1);
    hall.deploy();
    assertThat(hall.state()).isEqualTo(State.DEPLOYED);
    assertThat(hall.said).anyMatch(step -> step.contains("interrupted"));
  }

  @Test
  void aTwinIsNeverSplitOverTwoAccounts() {
    hall.deploy();
    hall.clouds.account = "222222222222";
    hall.clouds.done.clear();
    assertThatThrownBy(hall::deploy)
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-CLOUD-OTHER-ACCOUNT");
              assertThat(e.what()).contains("111111111111", "222222222222");
            });
    assertThat(hall.clouds.done).doesNotContain("plan", "apply");
  }

  @Test
  void aTwinIsNeverSplitOverTwoRegions() {
    hall.deploy();
    hall.clouds.region = "eu-west-1";
    assertThatThrownBy(hall::deploy)
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-CLOUD-OTHER-REGION"));
  }

  @Test
  void aCloudThatCannotBeDeployedToIsRefusedBeforeAnythingIsMade() {
    Map<Provider, CloudSupport> awsOnly =
        Map.of(KnownClouds.AWS, hall.clouds.support(KnownClouds.AWS));
    assertThatThrownBy(
            () -> hall.target(awsOnly, changes -> true).deploy(hall.prepared(), Progress.SILENT))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-CLOUD-NOT-THERE");
              assertThat(e.what()).contains("google");
            });
    assertThat(hall.clouds.done).isEmpty();
  }

  @Test
  void aStepThatTheProjectNeedsNoMoreIsUndoneBeforeTheApply() {
    hall.deploy();
    hall.clouds.steps.clear();
    hall.clouds.steps.put("another", "google");
    hall.clouds.done.clear();
    ConnectionStore store = new ConnectionStore(hall.project.resolve(ConnectionStore.FILE));
    Connection c = hall.connections().get(WRITER);
    store.save(WRITER, new Connection(c.provider(), c.function(), c.url(), "n".repeat(40)));
    hall.deploy();
    assertThat(hall.clouds.done)
        .containsExactly(
            "identify aws",
            "identify google",
            "plan",
            "undo twin-entities",
            "apply",
            "make another");
  }

  @Test
  void aSecondDeploymentOfTheSameTwinAtTheSameTimeIsRefused() throws Exception {
    hall.deploy();
    CloudDataFolder held = new CloudDataFolder(hall.data(), hall.project);
    try (LockFile lock = DeploymentLock.take(held)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(hall::deploy)
          .isInstanceOfSatisfying(
              TwinloomException.class,
              e -> {
                assertThat(e.code()).isEqualTo("TL-CLOUD-HELD");
                assertThat(e.what())
                    .contains(
                        "process " + ProcessHandle.current().pid(),
                        System.getProperty("user.name"));
              });
    }
  }
}
