package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.model.Connections.Connection;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twin with its measurements on AWS and its store on Google Cloud, deployed and removed. */
class CloudTargetTest {

  private static final String WRITER = "aws_l2_to_gcp_l3";

  @TempDir Path folder;

  private final RecordedClouds clouds = new RecordedClouds();
  private final List<String> said = new ArrayList<>();
  private final List<Duration> waited = new ArrayList<>();
  private Path project;

  @BeforeEach
  void write() {
    project = folder.resolve("hall");
    ProjectBuilder.of("hall")
        .on(Layer.L3_HOT, KnownClouds.GOOGLE)
        .on(Layer.L3_COLD, KnownClouds.GOOGLE)
        .on(Layer.L3_ARCHIVE, KnownClouds.GOOGLE)
        .without(Layer.L4)
        .writeTo(project);
    clouds.steps.put("twin-entities", "aws");
  }

  private PreparedProject prepared() {
    return Preparation.of(
            project, UserCodeChecker.of(folder.resolve("cache"), "", InstantSource.system()))
        .project()
        .orElseThrow();
  }

  private CloudTarget target(Confirmation confirmation) {
    Map<Provider, CloudSupport> accounts = new TreeMap<>();
    accounts.put(KnownClouds.AWS, clouds.support(KnownClouds.AWS));
    accounts.put(KnownClouds.GOOGLE, clouds.support(KnownClouds.GOOGLE));
    return target(accounts, confirmation);
  }

  private CloudTarget target(Map<Provider, CloudSupport> accounts, Confirmation confirmation) {
    return new CloudTarget(
        project,
        data(),
        this::prepared,
        TargetWiring.builder()
            .clouds(accounts)
            .variables(clouds.variables())
            .provisioner(clouds.provisioner())
            .confirmation(confirmation)
            .pause(waited::add)
            .clock(InstantSource.system())
            .random(new SecureRandom())
            .environment(Map.of())
            .build());
  }

  private Path data() {
    return project.resolve(".twinloom");
  }

  private void deploy() {
    target(changes -> true).deploy(prepared(), said::add);
  }

  private boolean destroy() {
    return target(changes -> true).destroy(true, said::add);
  }

  private Map<String, Connection> connections() {
    return new ConnectionStore(project.resolve(ConnectionStore.FILE)).read().byId();
  }

  private State state() {
    return new Journal(data().resolve("cloud/journal.json"), InstantSource.system())
        .last()
        .orElseThrow()
        .state();
  }

  @Test
  void aDeploymentWritesDownTheAddressAndTokenOfEveryConnection() {
    deploy();
    assertThat(connections().get(WRITER).url())
        .isEqualTo(URI.create("https://hall-hot-writer.example.org"));
    assertThat(connections().get(WRITER).token()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(clouds.tokensApplied.getLast())
        .containsEntry(WRITER, connections().get(WRITER).token());
    assertThat(state()).isEqualTo(State.DEPLOYED);
  }

  @Test
  @DisplayName("an existing project brings placeholder tokens")
  void aPlaceholderOfTheProjectIsReplacedByATokenOfOurs() throws IOException {
    Files.writeString(
        project.resolve(ConnectionStore.FILE),
        """
        {"connections": {"%s": {"provider": "google", "function": "writer",
          "url": "https://example.net/x", "token": "generated-secure-token"}}}
        """
            .formatted(WRITER));
    deploy();

    assertThat(connections().get(WRITER).function()).isEqualTo("hot-writer");
    assertThat(connections().get(WRITER).token())
        .hasSizeGreaterThanOrEqualTo(32)
        .doesNotContain("generated");
  }

  @Test
  void everyCloudIsAskedWhoOneIsBeforeAnythingIsMade() {
    deploy();
    assertThat(clouds.done)
        .containsExactly("identify aws", "identify google", "plan", "apply", "make twin-entities");
  }

  @Test
  void whatIsSecretIsReadableByItsOwnerAlone() throws IOException {
    deploy();
    try (Stream<Path> all = Files.walk(data().resolve("cloud"))) {
      assertThat(all.filter(Files::isRegularFile))
          .filteredOn(file -> !file.endsWith("lock") && !file.endsWith("terraform.tfvars.json"))
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
    Path key = data().resolve("cloud/devices/hall-sensor-1/private.key");
    assertThat(key).hasContent("the private key");
    assertThat(data().resolve("cloud/devices.json").toFile())
        .content()
        .contains("iot.example.org")
        .doesNotContain("the private key");
    assertThat(data().resolve("cloud/outputs.json").toFile())
        .content()
        .doesNotContain("the private key");
  }

  @Test
  void deployingAgainChangesNothingAndAsksNothing() {
    deploy();
    Map<String, Connection> before = connections();
    target(
            changes -> {
              throw new AssertionError("there is nothing to agree to");
            })
        .deploy(prepared(), Progress.SILENT);
    assertThat(connections()).isEqualTo(before);
    assertThat(clouds.done.stream().filter("apply"::equals)).hasSize(1);
  }

  @Test
  void whoeverDoesNotAgreeChangesNothing() {
    assertThatThrownBy(() -> target(changes -> false).deploy(prepared(), Progress.SILENT))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-CLOUD-DECLINED"));
    assertThat(clouds.anythingStands()).isFalse();
    assertThat(target(changes -> true).deployed()).isEmpty();
  }

  @Test
  void aDeploymentThatWasCutOffGoesOnWithTheTokensItsFunctionsHave() {
    deploy();
    String token = connections().get(WRITER).token();
    ConnectionStore store = new ConnectionStore(project.resolve(ConnectionStore.FILE));
    store.forget(List.of(WRITER));
    clouds.done.clear();
    deploy();
    assertThat(connections().get(WRITER).token()).isEqualTo(token);
  }

  @Test
  void afterAFailureOfTheApplyTheTwinIsPartlyDeployedAndDeployingAgainEndsIt() {
    clouds.failing = Optional.of("apply");
    Throwable failure = catchThrowable(this::deploy);
    assertThat(failure).hasMessageContaining("apply failed");
    assertThat(state()).isEqualTo(State.DEPLOYING);
    assertThat(target(changes -> true).deployed()).isEmpty();
    assertThat(target(changes -> true).absent("hall").what()).contains("partly deployed");
    assertThat(target(changes -> true).warnings()).hasSize(1);
    deploy();
    assertThat(state()).isEqualTo(State.DEPLOYED);
    assertThat(said).anyMatch(step -> step.contains("interrupted"));
  }

  @Test
  void afterAFailureOfTheApplyDestroyingLeavesNothing() {
    clouds.failing = Optional.of("apply");
    Throwable failure = catchThrowable(this::deploy);
    assertThat(failure).isNotNull();
    assertThat(destroy()).isTrue();
    assertThat(clouds.anythingStands()).isFalse();
  }

  @Test
  void aStepThatFailedHalfWayIsUndoneToo() {
    clouds.failing = Optional.of("make twin-entities");
    Throwable failure = catchThrowable(this::deploy);
    assertThat(failure).isNotNull();
    destroy();
    assertThat(clouds.done).contains("undo twin-entities");
    assertThat(clouds.anythingStands()).isFalse();
  }

  @Test
  void stepsAreUndoneBeforeWhatTheyStandOn() {
    deploy();
    clouds.done.clear();
    destroy();
    assertThat(clouds.done)
        .containsExactly(
            "identify aws", "identify google", "plan destroy", "undo twin-entities", "destroy");
  }

  @Test
  void aRemovalThatWasCutOffIsBroughtToItsEndByDestroyingAgain() {
    deploy();
    clouds.failing = Optional.of("destroy");
    Throwable failure = catchThrowable(this::destroy);
    assertThat(failure).isNotNull();
    assertThat(state()).isEqualTo(State.ENDING);
    assertThat(destroy()).isTrue();
    assertThat(clouds.anythingStands()).isFalse();
    assertThat(state()).isEqualTo(State.ENDED);
  }

  @Test
  void destroyingForgetsTheTwinsConnectionsAndSecretsAndNothingElse() throws IOException {
    Files.writeString(
        project.resolve(ConnectionStore.FILE),
        """
        {"connections": {"theirs": {"provider": "aws", "function": "hot-writer",
          "url": "https://theirs.example.org", "token": "0123456789012345678901234567890123"}},
         "note": "of the user"}
        """);
    deploy();
    destroy();
    assertThat(connections()).containsOnlyKeys("theirs");
    assertThat(project.resolve(ConnectionStore.FILE).toFile()).content().contains("of the user");
    try (Stream<Path> left = Files.list(data().resolve("cloud"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("journal.json", "lock");
    }
  }

  @Test
  void destroyingTwiceDoesNothingTheSecondTime() {
    deploy();
    assertThat(destroy()).isTrue();
    clouds.done.clear();
    assertThat(destroy()).isFalse();
    assertThat(clouds.done).isEmpty();
  }

  @Test
  void destroyingWhatWasNeverDeployedDoesNothing() {
    assertThat(destroy()).isFalse();
  }

  @Test
  void aTwinIsNeverSplitOverTwoAccounts() {
    deploy();
    clouds.account = "222222222222";
    clouds.done.clear();
    assertThatThrownBy(this::deploy)
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-CLOUD-OTHER-ACCOUNT");
              assertThat(e.what()).contains("111111111111", "222222222222");
            });
    assertThat(clouds.done).doesNotContain("plan", "apply");
  }

  @Test
  void aTwinIsNeverSplitOverTwoRegions() {
    deploy();
    clouds.region = "eu-west-1";
    assertThatThrownBy(this::deploy)
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-CLOUD-OTHER-REGION"));
  }

  @Test
  void aCloudThatCannotBeDeployedToIsRefusedBeforeAnythingIsMade() {
    Map<Provider, CloudSupport> awsOnly = Map.of(KnownClouds.AWS, clouds.support(KnownClouds.AWS));
    assertThatThrownBy(() -> target(awsOnly, changes -> true).deploy(prepared(), Progress.SILENT))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-CLOUD-NOT-THERE");
              assertThat(e.what()).contains("google");
            });
    assertThat(clouds.done).isEmpty();
  }

  @Test
  void aStepThatTheProjectNeedsNoMoreIsUndoneBeforeTheApply() {
    deploy();
    clouds.steps.clear();
    clouds.steps.put("another", "google");
    clouds.done.clear();
    ConnectionStore store = new ConnectionStore(project.resolve(ConnectionStore.FILE));
    Connection c = connections().get(WRITER);
    store.save(WRITER, new Connection(c.provider(), c.function(), c.url(), "n".repeat(40)));
    deploy();
    assertThat(clouds.done)
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
    deploy();
    CloudDataFolder held = new CloudDataFolder(data(), project);
    try (DeploymentLock lock = DeploymentLock.take(held)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(this::deploy)
          .isInstanceOfSatisfying(
              TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-CLOUD-HELD"));
    }
  }
}
