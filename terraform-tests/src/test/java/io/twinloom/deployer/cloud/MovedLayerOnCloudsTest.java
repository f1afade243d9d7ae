package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.cloud.StandInTerraform.Applied;
import io.twinloom.deployer.cloud.StandInTerraform.Killed;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.terraform.OfflineTerraform;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Layers without a store move from AWS to a second cloud, with the real Terraform. */
@Tag("full")
class MovedLayerOnCloudsTest {

  /** The rows of the state table that say when a device was seen, in a role's policy. */
  private static final String SEEN_ROWS = "seen#*";

  private static MillOnClouds deployed(String name, Layer layer) {
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
  private static List<String> removing(MillOnClouds mill) {
    return mill.terraform.applied.stream()
        .filter(one -> !removed(one).isEmpty())
        .map(Applied::phase)
        .distinct()
        .toList();
  }

  private static List<String> phases(MillOnClouds mill) {
    return mill.terraform.applied.stream().map(Applied::phase).distinct().toList();
  }

  private static void isAsTheProjectSays(MillOnClouds mill) {
    mill.terraform.killedAfterwards = Optional.empty();
    assertThat(mill.state().change()).isEmpty();
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.terraform.applied).as("it is as the project says").isEmpty();
  }

  /** Moves a layer, and takes that back in a phase: what is on AWS stays, and it alone. */
  private static MillOnClouds takenBack(String name, Layer layer, String phase, String staying) {
    MillOnClouds mill = deployed(name, layer);
    mill.deployKilledInPhase(phase);
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
    assertThat(mill.deployKilledEverywhere())
        .contains("expand", "switch-writes", "drain", "fence", "contract");
    assertThat(removing(mill)).containsExactly("6");
    isAsTheProjectSays(mill);
  }

  @Test
  void aMoveOfLayerTwoThatIsTakenBackEndsWhereItBegan() {
    MillOnClouds mill = deployed("back-l2", Layer.L2);
    List<String> before = mill.standing();
    mill.deployKilledInPhase("4");
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
    mill.deployKilledInPhase("1");
    mill.whileWaiting =
        () -> assertThat(mill.deviceFiles()).anyMatch(file -> file.startsWith("google/"));
    mill.deploy();

    assertThat(removing(mill)).as("the old endpoint stays").isEmpty();
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
    assertThatThrownBy(() -> mill.retire(Layer.L1, false))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-LAYER-IN-USE");
              assertThat(e.what()).contains("aws", "2026-03-01T00:00:00Z");
            });

    mill.waits.clear();
    mill.whileWaiting = () -> {};
    mill.terraform.killedAfterwards = Optional.of(true);
    assertThatThrownBy(() -> mill.retire(Layer.L1, true)).isInstanceOf(Killed.class);
    mill.deployKilledAfterEachApply();
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

  @Test
  void aMoveOfLayerOneThatIsTakenBackEndsWhereItBegan() {
    MillOnClouds mill =
        takenBack("back-l1", Layer.L1, "1", "module.aws.aws_iot_thing.device[\"sensor-1\"]");
    assertThat(mill.deviceFiles()).allMatch(file -> file.startsWith("aws/")).isNotEmpty();
    isAsTheProjectSays(mill.with(Layer.L1, KnownClouds.AWS));
  }

  @Test
  void bothViewsAreThereUntilTheOldOneIsRetired() {
    MillOnClouds mill = deployed("moved-l5", Layer.L5);
    mill.deployKilledAfterEachApply();

    assertThat(removing(mill)).as("the old view stays").isEmpty();
    assertThat(mill.standing())
        .contains(
            "module.aws.aws_grafana_workspace.view[0]",
            "module.google.terraform_data.view[0]",
            "module.aws.aws_lambda_function_url.receiver[\"mill-hot-reader\"]");
    assertThat(mill.state().layers().get(Layer.L5).previous()).hasSize(1);
    isAsTheProjectSays(mill);

    mill.retire(Layer.L5, false);
    assertThat(removing(mill)).containsExactly("1");
    assertThat(mill.standing())
        .contains("module.google.terraform_data.view[0]")
        .noneMatch(address -> address.contains("grafana"));
    isAsTheProjectSays(mill);
  }

  @Test
  void theNewTwinServiceHasTheNewestValuesBeforeItIsRead() {
    MillOnClouds mill = deployed("moved-l4", Layer.L4);
    ChangeOrder anything = ChangeOrder.of(mill.prepared().digest());
    List<String> killedIn = mill.deployKilledAfterEachApply(anything);
    assertThat(mill.refused.orElseThrow()).hasMessageContaining("bucket twin");
    assertThat(killedIn)
        .as("as the machine that was killed knows: one phase behind")
        .contains("expand", "switch-writes", "copy", "verify", "switch-reads");
    assertThat(removing(mill)).as("its files are kept as long as nobody names them").isEmpty();
    assertThat(mill.refused.orElseThrow().code()).isEqualTo("TL-CLOUD-UNPLANNED");
    assertThat(mill.refused.orElseThrow().fix()).contains("--delete-data=aws:mill-twin");
    assertThat(mill.clouds.operations.get(KnownClouds.GOOGLE).done)
        .filteredOn(done -> done.startsWith("call mill-twin-updater"))
        .as("copied, and again once nothing is under way that began before both were kept up")
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(done -> done.contains(MillOnClouds.ITEM));
    assertThat(mill.standing())
        .contains(
            "module.aws_twin.awscc_iottwinmaker_workspace.twin[0]",
            "module.google.terraform_data.graph[0]",
            "module.google.terraform_data.receiver[\"mill-twin-updater\"]");

    ChangeOrder named =
        ChangeOrder.make(mill.prepared().digest(), Map.of(), Set.of("aws:mill-twin"));
    mill.refused = Optional.empty();
    mill.deployKilledAfterEachApply(named);
    assertThat(mill.refused).as("what each apply has done stays done").isEmpty();
    assertThat(removing(mill)).containsExactly("7");
    assertThat(mill.standing()).noneMatch(address -> address.contains("twinmaker"));
    isAsTheProjectSays(mill);
  }

  @Test
  void anotherMachineEndsTheRemovalOfATwinServiceThatStoppedHalfway() {
    MillOnClouds mill = deployed("halfway-l4", Layer.L4);
    ChangeOrder named =
        ChangeOrder.make(mill.prepared().digest(), Map.of(), Set.of("aws:mill-twin"));
    mill.terraform.failing = Optional.of("awscc_iottwinmaker_workspace");
    assertThatThrownBy(() -> mill.deploy(named)).hasMessageContaining("TwinMaker is busy");

    mill.terraform.failing = Optional.empty();
    mill.onMachineWithState(OfflineTerraform.emptyFolder("halfway-l4-other"));
    mill.with(Layer.L4, KnownClouds.GOOGLE).deploy();
    assertThat(mill.standing())
        .contains("module.google.terraform_data.graph[0]")
        .noneMatch(address -> address.contains("twinmaker"));
    isAsTheProjectSays(mill);
  }

  @Test
  void aMoveOfLayerFourThatIsTakenBackEndsWhereItBegan() {
    MillOnClouds mill =
        takenBack("back-l4", Layer.L4, "3", "module.aws_twin.awscc_iottwinmaker_workspace.twin[0]");
    isAsTheProjectSays(mill.with(Layer.L4, KnownClouds.AWS));
  }
}
