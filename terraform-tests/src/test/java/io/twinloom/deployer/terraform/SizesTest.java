package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Features;
import io.twinloom.model.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plans twins of few and of many devices. */
class SizesTest {

  @Test
  void twinsOfOneAndTenDevicesArePlannedWithAndWithoutEvents() throws Exception {
    planned("sizes", 1, 10);
  }

  @Test
  @Tag("full")
  void twinsOfAThousandDevicesArePlannedWithAndWithoutEvents() throws Exception {
    planned("thousand", 1000);
  }

  @Test
  @Tag("full")
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
            new Part.Right(
                "lambda:InvokeFunction",
                functions + "*",
                "{\"StringEquals\":{\"aws:ResourceTag/twinloom:kind\":\"user-processor\","
                    + "\"aws:ResourceTag/twinloom:twin\":\"mill\"}}"));
    assertThat(part.one("aws_lambda_function", "mill-drill-7-processor").values().get("tags"))
        .hasToString("{\"twinloom:kind\":\"user-processor\"}");
  }

  private static void planned(String folder, int... sizes) throws Exception {
    TfCheck.environment();
    List<Project> twins = new ArrayList<>();
    for (Features features : List.of(Features.NONE, Twins.EVENTS)) {
      for (int devices : sizes) {
        twins.add(Twins.twin(Twins.placement("aaaaaaa"), features, true, devices));
      }
    }
    Map<String, Part> parts = ShapesTest.plan(twins, TfCheck.emptyFolder(folder));
    for (int i = 0; i < twins.size(); i++) {
      AwsRules.check(twins.get(i), parts.get("s" + i));
    }
  }
}
