package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A state machine of the user's own is the user's code. */
@Tag("full")
class OwnWorkflowTest {

  private static final String DEFINITION =
      "{\"StartAt\": \"End\", \"States\": {\"End\": {\"Type\": \"Succeed\"}}}";

  @Test
  void itMayInvokeTheRulesFunctionsAndWriteNoDeadLetters() {
    Project project = Twins.twin("zazzzzz", Twins.EVENTS);
    Topology topology = Topology.of(project);
    Path folder = TfCheck.emptyFolder("own-workflow").resolve("terraform");
    TerraformVariables variables =
        TerraformVariablesBuilder.project(project, topology, folder)
            .packages(Twins.packages(topology))
            .tokens(Twins.tokens(topology))
            .regions(Map.of("aws", "eu-central-1"))
            .remoteEndpoints(Twins.elsewhere(topology))
            .workflow(KnownClouds.AWS, DEFINITION)
            .make();
    new TerraformFiles(folder).write(project.placement(), variables, Optional.empty());
    TerraformFolder terraform = TfCheck.in(folder);
    terraform.init();
    terraform.plan();

    Part part = Part.of(TfCheck.show(folder, "twinloom.tfplan")).get("aws");

    assertThat(part.one("aws_sfn_state_machine", "mill-workflow").text("definition"))
        .isEqualTo(DEFINITION);
    assertThat(Part.rights(part.one("aws_iam_role_policy", "mill-workflow").text("policy")))
        .extracting(Part.Right::operation)
        .containsOnly("lambda:InvokeFunction");
  }
}
