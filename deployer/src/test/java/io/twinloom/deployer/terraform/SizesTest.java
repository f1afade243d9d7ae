package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Features;
import io.twinloom.model.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans twins of few and of many devices. */
class SizesTest {

  @Test
  void twinsOfOneTenAndAThousandDevicesArePlannedWithAndWithoutEvents() throws Exception {
    TfCheck.environment();
    List<Project> twins = new ArrayList<>();
    for (Features features : List.of(Features.NONE, Twins.EVENTS)) {
      for (int devices : List.of(1, 10, 1000)) {
        twins.add(Twins.twin(Twins.placement("aaaaaaa"), features, true, devices));
      }
    }
    // A minute of planning for every thousand devices: CI does it, and whoever asks for it.
    if (!Shapes.all() && !"1".equals(System.getenv("TWINLOOM_REQUIRE_TOOLS"))) {
      twins.removeIf(twin -> twin.devices().size() == 1000);
    }
    Map<String, Part> parts = ShapesTest.plan(twins, TfCheck.emptyFolder("sizes"));
    for (int i = 0; i < twins.size(); i++) {
      AwsRules.check(twins.get(i), parts.get("s" + i));
    }
  }

  @Test
  void theWrapperOfManyProcessorsMayInvokeTheseByTheirTag() throws Exception {
    TfCheck.environment();
    Path folder = TfCheck.emptyFolder("many");
    Part part = ShapesTest.plan(List.of(Twins.withCodeForEach(60)), folder).get("s0");
    String policy = part.one("aws_iam_role_policy", "mill-processor").text("policy");
    String functions = "arn:aws:lambda:eu-central-1:123456789012:function:mill-";
    assertThat(policy.length()).isLessThan(10_240);
    assertThat(Part.rights(policy))
        .filteredOn(right -> right.operation().equals("lambda:InvokeFunction"))
        .containsExactlyInAnyOrder(
            new Part.Right("lambda:InvokeFunction", functions + "persister", ""),
            new Part.Right(
                "lambda:InvokeFunction",
                functions + "*",
                "{\"StringEquals\":{\"aws:ResourceTag/twinloom:kind\":\"user-processor\","
                    + "\"aws:ResourceTag/twinloom:twin\":\"mill\"}}"));
    assertThat(part.one("aws_lambda_function", "mill-drill-7-processor").values().get("tags"))
        .hasToString("{\"twinloom:kind\":\"user-processor\"}");
  }
}
