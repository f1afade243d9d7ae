package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins what each layer needs: a new kind of thing has to add its permissions here. */
class NeededPermissionsTest {

  @TempDir Path folder;

  private static Map<Layer, List<String>> needed(Project project) {
    return NeededPermissions.of(project, Topology.of(project));
  }

  private Project wholly() {
    return ProjectBuilder.of("hall")
        .on(Layer.L5, KnownClouds.AWS)
        .file(
            "config_user.json",
            "{\"admin_email\": \"a@example.org\", \"admin_first_name\": \"A\","
                + " \"admin_last_name\": \"B\"}")
        .readFrom(folder.resolve("hall"));
  }

  /** L2 and the hot store are on other clouds: AWS has receivers for both of them. */
  private Project apart() {
    return ProjectBuilder.of("hall")
        .on(Layer.L1, KnownClouds.GOOGLE)
        .on(Layer.L3_HOT, KnownClouds.AZURE)
        .readFrom(folder.resolve("apart"));
  }

  @Test
  void everyLayerOfATwinThatIsWhollyOnAwsHasItsServices() {
    Map<Layer, List<String>> needed = needed(wholly());
    assertThat(services(needed.get(Layer.L1)))
        .containsExactlyInAnyOrder(
            "cloudwatch", "dynamodb", "iam", "iot", "lambda", "logs", "s3", "sqs");
    assertThat(services(needed.get(Layer.L2)))
        .containsExactlyInAnyOrder("cloudwatch", "dynamodb", "iam", "lambda", "logs", "s3", "sqs");
    assertThat(services(needed.get(Layer.L3_HOT)))
        .containsExactlyInAnyOrder(
            "cloudwatch", "dynamodb", "iam", "lambda", "logs", "s3", "scheduler");
    assertThat(services(needed.get(Layer.L3_COLD)))
        .containsExactlyInAnyOrder(
            "cloudwatch", "dynamodb", "iam", "lambda", "logs", "s3", "scheduler");
    assertThat(services(needed.get(Layer.L3_ARCHIVE)))
        .containsExactlyInAnyOrder("cloudwatch", "iam", "lambda", "logs", "s3");
    assertThat(services(needed.get(Layer.L4)))
        .containsExactlyInAnyOrder(
            "cloudformation", "cloudwatch", "iam", "iottwinmaker", "lambda", "logs", "s3");
    assertThat(services(needed.get(Layer.L5)))
        .containsExactlyInAnyOrder(
            "grafana", "iam", "identitystore", "organizations", "sso", "sso-directory");
  }

  @Test
  void functionUrlsNeedTheirOwnPermissionsWhereThereAreAny() {
    List<String> urls =
        List.of(
            "lambda:CreateFunctionUrlConfig",
            "lambda:DeleteFunctionUrlConfig",
            "lambda:GetFunctionUrlConfig",
            "lambda:UpdateFunctionUrlConfig");
    assertThat(needed(apart()).get(Layer.L2)).containsAll(urls);
    needed(wholly())
        .forEach(
            (layer, actions) ->
                assertThat(actions).as(layer.title()).doesNotContainAnyElementsOf(urls));
  }

  @Test
  void everyLayerWithFunctionsMayWriteTheirPolicies() {
    needed(wholly())
        .forEach(
            (layer, actions) ->
                assertThat(actions)
                    .as(layer.title())
                    .contains("iam:PutRolePolicy", "iam:PassRole"));
  }

  @Test
  void anArchiveMayBeAskedToRestore() {
    assertThat(needed(wholly()).get(Layer.L3_ARCHIVE)).contains("s3:RestoreObject");
  }

  @Test
  void alarmsNeedTheirPermissionsWhereTheyAreWanted() {
    Project alarmed =
        ProjectBuilder.of("hall")
            .feature("integrateErrorHandling")
            .readFrom(folder.resolve("alarmed"));
    assertThat(services(needed(alarmed).get(Layer.L2))).contains("sns");
    assertThat(services(needed(wholly()).get(Layer.L2))).doesNotContain("sns");
  }

  @Test
  void noPermissionIsAWildcard() {
    needed(wholly())
        .values()
        .forEach(
            actions ->
                assertThat(actions)
                    .allMatch(action -> action.matches("[a-z0-9-]+:[A-Z][A-Za-z0-9]+"))
                    .doesNotHaveDuplicates()
                    .isSorted());
  }

  private static Set<String> services(List<String> actions) {
    Set<String> services = new TreeSet<>();
    actions.forEach(action -> services.add(action.substring(0, action.indexOf(':'))));
    return services;
  }
}
