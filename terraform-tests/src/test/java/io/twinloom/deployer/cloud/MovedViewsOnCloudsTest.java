package io.twinloom.deployer.cloud;

import static io.twinloom.deployer.cloud.MovedLayerOnCloudsTest.deployed;
import static io.twinloom.deployer.cloud.MovedLayerOnCloudsTest.isAsTheProjectSays;
import static io.twinloom.deployer.cloud.MovedLayerOnCloudsTest.removedIn;
import static io.twinloom.deployer.cloud.MovedLayerOnCloudsTest.removing;
import static io.twinloom.deployer.cloud.MovedLayerOnCloudsTest.takenBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.terraform.OfflineTerraform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The twin service and the view move from AWS to a second cloud, with the real Terraform. */
@Tag("full")
class MovedViewsOnCloudsTest {

  @Test
  void bothViewsAreThereUntilTheOldOneIsRetired() {
    MillOnClouds mill = deployed("moved-l5", Layer.L5);
    mill.deployKilled(mill.order(), MillOnClouds.BEHIND);

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
    ChangeOrder anything = mill.order();
    List<String> killedIn = mill.deployKilled(anything, MillOnClouds.BEHIND);
    assertThat(mill.refused.orElseThrow()).hasMessageContaining("bucket twin");
    assertThat(killedIn)
        .as("as the machine that was killed knows: one phase behind")
        .contains("expand", "switch-writes", "copy", "verify", "switch-reads");
    assertThat(removing(mill))
        .as("what copied goes as soon as it has; files are kept as long as nobody names them")
        .containsExactly("5");
    assertThat(removedIn(mill, "5"))
        .allMatch(address -> address.contains("twin-copier"))
        .anyMatch(address -> address.contains("aws_iam_role_policy.other"));
    assertThat(mill.refused.orElseThrow().code()).isEqualTo("TL-CLOUD-UNPLANNED");
    assertThat(mill.refused.orElseThrow().fix()).contains("--delete-data=aws:mill-twin");
    assertThat(mill.clouds.operations.get(KnownClouds.AWS).done)
        .filteredOn(done -> done.startsWith("call mill-twin-copier"))
        .as("copied, and again once nothing is under way that began before both were kept up")
        .anyMatch(done -> !done.contains("verify") && done.contains("-L4"))
        .anyMatch(done -> done.contains("verify"));
    assertThat(mill.clouds.operations.get(KnownClouds.GOOGLE).done)
        .as("the data goes from cloud to cloud")
        .noneMatch(done -> done.startsWith("call "));
    assertThat(mill.standing())
        .contains(
            "module.aws_twin.awscc_iottwinmaker_workspace.twin[0]",
            "module.google.terraform_data.graph[0]",
            "module.google.terraform_data.receiver[\"mill-twin-updater\"]");

    ChangeOrder named =
        ChangeOrder.make(mill.prepared().digest(), Map.of(), Set.of("aws:mill-twin"));
    mill.refused = Optional.empty();
    mill.deployKilled(named, MillOnClouds.BEHIND);
    assertThat(mill.refused).as("what each apply has done stays done").isEmpty();
    assertThat(removing(mill)).containsExactly("5", "7");
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
