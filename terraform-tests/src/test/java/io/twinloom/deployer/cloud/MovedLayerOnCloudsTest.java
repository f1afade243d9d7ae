package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.cloud.StandInTerraform.Applied;
import io.twinloom.deployer.cloud.StandInTerraform.Killed;
import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.terraform.OfflineTerraform;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Layers 1 and 2 move from AWS to a second cloud, with the real Terraform. */
@Tag("full")
class MovedLayerOnCloudsTest {

  /** The rows of the state table that say when a device was seen, in a role's policy. */
  private static final String SEEN_ROWS = "seen#*";

  static MillOnClouds deployed(String name, Layer layer) {
    MillOnClouds mill = new MillOnClouds(OfflineTerraform.emptyFolder(name));
    mill.with(layer, KnownClouds.AWS).deploy();
    mill.terraform.applied.clear();
    mill.waits.clear();
    mill.asked.clear();
    return mill.with(layer, KnownClouds.GOOGLE);
  }

  private static List<String> removed(Applied applied) {
    return applied.changes().changes().stream()
        .filter(c -> c.action() == Action.REMOVE || c.action() == Action.REPLACE)
        .map(Change::address)
        .filter(address -> !address.contains("aws_s3_object.project"))
        .toList();
  }

  /** The phases whose applies have removed anything. */
  static List<String> removing(MillOnClouds mill) {
    return mill.terraform.applied.stream()
        .filter(one -> !removed(one).isEmpty())
        .map(Applied::phase)
        .distinct()
        .toList();
  }

  /** What the applies of a phase have removed. */
  static List<String> removedIn(MillOnClouds mill, String phase) {
    return mill.terraform.applied.stream()
        .filter(one -> one.phase().equals(phase))
        .flatMap(one -> removed(one).stream())
        .toList();
  }

  private static List<String> phases(MillOnClouds mill) {
    return mill.terraform.applied.stream().map(Applied::phase).distinct().toList();
  }

  static void isAsTheProjectSays(MillOnClouds mill) {
    mill.terraform.killedAfterwards = Optional.empty();
    assertThat(mill.state().change()).isEmpty();
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.terraform.applied).as("it is as the project says").isEmpty();
  }

  /** Moves a layer, and takes that back in a phase: what is on AWS stays, and it alone. */
  static MillOnClouds takenBack(String name, Layer layer, String phase, String staying) {
    MillOnClouds mill = deployed(name, layer);
    mill.deployKilledInPhase(mill.order(), phase);
    mill.cancel();
    assertThat(mill.standing())
        .contains(staying)
        .noneMatch(address -> address.contains("module.google"));
    return mill;
  }

  @Test
  void layerTwoIsOnBothCloudsUntilNothingWaitsOnTheOldOne() {
    MillOnClouds mill = deployed("moved-l2", Layer.L2);
    Deque<String> waiting = new ArrayDeque<>(List.of("3 messages for mill-persister"));
    List<String> asked = new ArrayList<>();
    List<String> standing = new ArrayList<>();
    RecordedOperations aws = mill.clouds.operations.get(KnownClouds.AWS);
    aws.waits =
        functions -> {
          functions.stream().map(DeployedFunction::name).forEach(asked::add);
          return Optional.ofNullable(waiting.poll()).map(List::of).orElse(List.of());
        };
    mill.whileWaiting = () -> mill.change().flatMap(c -> c.waitingFor()).ifPresent(standing::add);
    mill.deploy();

    assertThat(phases(mill)).containsExactly("null", "1", "2", "3", "4", "5", "6");
    assertThat(removing(mill)).as("only what ends the move removes anything").containsExactly("6");
    assertThat(asked)
        .contains("mill-processor", "mill-persister", "mill-event-checker", "mill-alarm")
        .doesNotContain("mill-dispatcher", "mill-connector");
    assertThat(standing).contains("3 messages for mill-persister on aws");
    assertThat(standing.stream().filter(why -> why.contains("nothing waits")).count())
        .as("each of the two drains sees nothing four times in turn")
        .isEqualTo(6);
    assertThat(mill.standing())
        .contains(
            "module.aws.aws_lambda_function.other[\"mill-connector\"]",
            "module.google.terraform_data.receiver[\"mill-ingestion\"]",
            "module.google.terraform_data.other[\"mill-alarm\"]",
            "module.aws.aws_dynamodb_table.hot[\"mill-hot-iot-data\"]")
        .noneMatch(address -> address.matches("module\\.aws\\..*mill-(persister|alarm).*"));
    isAsTheProjectSays(mill);
  }

  @Test
  void aMoveOfLayerTwoThatIsKilledAroundEveryApplyComesToTheSameEnd() {
    MillOnClouds mill = deployed("killed-l2", Layer.L2);
    assertThat(mill.deployKilled(mill.order(), MillOnClouds.EVERYWHERE))
        .contains("expand", "switch-writes", "drain", "fence", "contract");
    assertThat(removing(mill)).containsExactly("6");
    isAsTheProjectSays(mill);
  }

  @Test
  void aMoveOfLayerTwoThatIsTakenBackEndsWhereItBegan() {
    MillOnClouds mill = deployed("back-l2", Layer.L2);
    List<String> before = mill.standing();
    mill.deployKilledInPhase(mill.order(), "4");
    mill.cancel();
    assertThat(mill.state().layers().get(Layer.L2).current()).isEqualTo(KnownClouds.AWS);
    assertThat(mill.standing())
        .filteredOn(address -> !address.contains("aws_s3_object"))
        .containsExactlyInAnyOrderElementsOf(
            before.stream().filter(address -> !address.contains("aws_s3_object")).toList());
    isAsTheProjectSays(mill.with(Layer.L2, KnownClouds.AWS));
  }

  @Test
  void devicesAreLetInOnBothCloudsUntilTheOldEndpointIsRetired() {
    MillOnClouds mill = deployed("moved-l1", Layer.L1);
    assertThat(mill.deviceFiles()).allMatch(file -> file.startsWith("aws/")).isNotEmpty();
    assertThat(mill.terraformState()).doesNotContain(SEEN_ROWS);
    mill.deployKilledInPhase(mill.order(), "1");
    mill.whileWaiting =
        () -> assertThat(mill.deviceFiles()).anyMatch(file -> file.startsWith("google/"));
    mill.deploy();

    assertThat(removing(mill)).as("the old endpoint stays").isEmpty();
    assertThat(
            mill.folder()
                .terraform()
                .resolve(".terraform/providers/registry.terraform.io/hashicorp"))
        .as("the stand-ins that run already were used, and none was installed")
        .doesNotExist();
    assertThat(phases(mill)).containsExactly("null", "1", "2");
    assertThat(mill.standing())
        .contains(
            "module.aws.aws_iot_thing.device[\"sensor-1\"]",
            "module.aws.aws_iot_topic_rule.telemetry[0]",
            "module.aws.aws_lambda_function.other[\"mill-dispatcher\"]",
            "module.google.terraform_data.device[\"sensor-1\"]",
            "module.google.terraform_data.other[\"mill-connector\"]");
    assertThat(mill.deviceFiles())
        .anyMatch(file -> file.startsWith("aws/"))
        .anyMatch(file -> file.startsWith("google/"));
    assertThat(mill.terraformState())
        .as("the right to note which devices were seen")
        .contains(SEEN_ROWS);
    assertThat(mill.target().deviceAccess(mill.prepared().project()).orElseThrow().get("sensor-1"))
        .as("what is sent from here goes to the new one")
        .asString()
        .contains("google.example");
    isAsTheProjectSays(mill);

    RecordedOperations aws = mill.clouds.operations.get(KnownClouds.AWS);
    aws.lastEvents.put("mill-dispatcher", "2026-03-01T00:00:00Z");
    endpointIsInUse(mill, "last at 2026-03-01T00:00:00Z");
    aws.seen.put("sensor-1", Instant.now().minus(Duration.ofDays(6)));
    endpointIsInUse(
        mill, "1 device has used the former endpoint on aws within seven days: sensor-1");
    assertThat(mill.status().lastSeen().get(KnownClouds.AWS)).containsOnlyKeys("sensor-1");

    mill.waits.clear();
    mill.whileWaiting = () -> {};
    mill.terraform.killedAfterwards = Optional.of(true);
    assertThatThrownBy(() -> mill.retire(Layer.L1, true)).isInstanceOf(Killed.class);
    mill.deployKilled(mill.order(), MillOnClouds.BEHIND);
    assertThat(removing(mill)).as("fence, drain, contract").containsExactly("3");
    assertThat(mill.waits)
        .as("a device that is not let in any more may be connected for minutes")
        .contains(Duration.ofMinutes(5));
    assertThat(mill.standing())
        .noneMatch(
            address ->
                address.contains("aws_iot")
                    || address.contains("dispatcher\"]") && address.contains("module.aws"));
    assertThat(mill.deviceFiles()).allMatch(file -> file.startsWith("google/")).isNotEmpty();
    assertThat(mill.terraformState()).doesNotContain(SEEN_ROWS);
    isAsTheProjectSays(mill);
  }

  private static void endpointIsInUse(MillOnClouds mill, String how) {
    assertThatThrownBy(() -> mill.retire(Layer.L1, false))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-LAYER-IN-USE");
              assertThat(e.what()).contains("aws", how);
            });
  }

  @Test
  void aMoveOfLayerOneThatIsTakenBackEndsWhereItBegan() {
    MillOnClouds mill =
        takenBack("back-l1", Layer.L1, "1", "module.aws.aws_iot_thing.device[\"sensor-1\"]");
    assertThat(mill.deviceFiles()).allMatch(file -> file.startsWith("aws/")).isNotEmpty();
    isAsTheProjectSays(mill.with(Layer.L1, KnownClouds.AWS));
  }
}
