package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.Json;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Features;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Plans the shapes that AWS's part can take, and checks each plan by {@link AwsRules}. By default a
 * pairwise sample; {@code -Dtwinloom.shapes=all} plans every one of them, which takes long.
 */
@Tag("full")
class ShapesTest {

  /** Many shapes in one run of Terraform, each a module call: a run costs seconds by itself. */
  private static final int AT_ONCE = 12;

  @Test
  void everyShapeIsPlannedWithTheRightsOfItsTopologyAndNoOther() throws Exception {
    TfCheck.environment();
    List<Shapes.Choice> choices = Shapes.choices(KnownClouds.AZURE);
    boolean all = Shapes.all();
    List<Project> projects =
        all
            ? List.copyOf(Shapes.distinct(choices).values())
            : Shapes.pairwise(choices).stream().map(Shapes.Choice::project).toList();
    Path folder = TfCheck.emptyFolder("shapes");
    int planned = 0;
    for (int from = 0; from < projects.size(); from += AT_ONCE) {
      long began = System.nanoTime();
      List<Project> some = projects.subList(from, Math.min(from + AT_ONCE, projects.size()));
      Map<String, Part> parts = plan(some, folder);
      for (int i = 0; i < some.size(); i++) {
        Part part = parts.get("s" + i);
        assertThat(part).as("s" + i + " " + some.get(i).placement()).isNotNull();
        AwsRules.check(some.get(i), part);
        planned++;
      }
      if (all) {
        System.out.printf(
            "%d of %d shapes, %d s%n",
            planned, projects.size(), (System.nanoTime() - began) / 1_000_000_000);
      }
    }
    assertThat(planned).isEqualTo(projects.size()).isGreaterThan(10);
  }

  @Test
  void aRightThatTheTopologyDoesNotNameWouldBeFound() throws Exception {
    TfCheck.environment();
    Path folder = TfCheck.emptyFolder("too-much");
    Project project = Twins.twin("zzaazzz", Features.NONE);
    AwsRules.check(project, plan(List.of(project), folder).get("s0"));
    Path roles = folder.resolve("aws").resolve("roles.tf");
    String hcl = Files.readString(roles);
    assertThat(hcl).contains("\"dynamodb:PutItem\"] }");
    Files.writeString(
        roles,
        hcl.replace("\"dynamodb:PutItem\"] }", "\"dynamodb:PutItem\", \"dynamodb:Scan\"] }"));
    TfCheck.in(folder).plan();
    Part part = Part.of(TfCheck.show(folder, "twinloom.tfplan")).get("s0");
    assertThatThrownBy(() -> AwsRules.check(project, part))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("dynamodb:Scan");
  }

  /**
   * The values of a twin on TwinMaker are in the hot store on AWS; those of another one are not.
   */
  @Test
  void whatCopiesATwinsValuesHasTheRightsOfItsTopologyAndNoOther() throws Exception {
    TfCheck.environment();
    List<Project> moving =
        List.of(
            copying("aaaaaaa", KnownClouds.AZURE),
            copying("aaaaaza", KnownClouds.GOOGLE),
            copying("aazaaaa", KnownClouds.GOOGLE));
    Map<String, Part> parts = plan(moving, TfCheck.emptyFolder("twin-copier"));
    for (int i = 0; i < moving.size(); i++) {
      Part part = Optional.ofNullable(parts.get("s" + i)).orElseThrow();
      AwsRules.check(moving.get(i), part);
      boolean here =
          part.all("aws_lambda_function").stream()
              .anyMatch(function -> function.key().equals("mill-twin-copier"));
      assertThat(here).as("on AWS only where the values are").isEqualTo(i == 0);
    }
  }

  private static Project copying(String placement, Provider to) {
    Project project = Twins.twin(placement, Features.NONE);
    Provider from = project.placement().l4().orElseThrow();
    StoreLegs legs =
        StoreLegs.NONE
            .with(new StoreLegs.Leg(to, StoreLegs.Use.JOINING, false))
            .copying(Optional.of(new StoreLegs.Copy(from, to, true)));
    return project.withLegs(project.placement(), Legs.NONE.with(Layer.L4, legs));
  }

  /** SQS refuses a higher one: the deployment would fail in its midst. */
  @Test
  void noQueueHandsAMessageOutMoreOftenThanSqsCounts() throws Exception {
    TfCheck.environment();
    Path folder = TfCheck.emptyFolder("longest-put-off");
    Project project = Twins.twin("aaaaazz", Features.NONE);
    List<Integer> most =
        plan(
                List.of(project),
                folder,
                JsonObject.builder().put("put_off_limit_seconds", 604_800).build())
            .get("s0")
            .all("aws_sqs_queue")
            .stream()
            .map(queue -> queue.text("redrive_policy"))
            .filter(policy -> !policy.isEmpty())
            .map(policy -> Json.parseObject(policy.getBytes(StandardCharsets.UTF_8)))
            .map(policy -> Integer.valueOf(String.valueOf(policy.get("maxReceiveCount"))))
            .toList();
    assertThat(most).contains(1_000).allSatisfy(count -> assertThat(count).isBetween(1, 1_000));
  }

  @Test
  void withXRayTwinloomsOwnFunctionsMaySendSegmentsAndNothingElseIsNew() throws Exception {
    TfCheck.environment();
    Project project = Twins.twin("aaaaaaa", Features.NONE);
    Part without = plan(List.of(project), TfCheck.emptyFolder("without-xray")).get("s0");
    JsonObject settings = JsonObject.builder().put("xray", true).put("trace_sampling", 7).build();
    Part with = plan(List.of(project), TfCheck.emptyFolder("with-xray"), settings).get("s0");
    int traced = 0;
    for (Part.Made function : with.all("aws_lambda_function")) {
      boolean ours = function.values().get("architectures").toString().contains("arm64");
      Set<Part.Right> more = new HashSet<>(rights(with, function.key()));
      more.removeAll(rights(without, function.key()));
      assertThat(more)
          .as(function.key())
          .isEqualTo(
              ours
                  ? Set.of(
                      new Part.Right("xray:PutTelemetryRecords", "*", ""),
                      new Part.Right("xray:PutTraceSegments", "*", ""))
                  : Set.of());
      assertThat(rights(with, function.key())).containsAll(rights(without, function.key()));
      assertThat(function.block("tracing_config").text("mode").isPresent()).isEqualTo(ours);
      assertThat(without.one("aws_lambda_function", function.key()).block("tracing_config"))
          .isEqualTo(JsonObject.EMPTY);
      assertThat(
              function
                  .block("environment")
                  .object("variables")
                  .flatMap(v -> v.text("TRACE_SAMPLING")))
          .isEqualTo(ours ? Optional.of("7") : Optional.empty());
      traced += ours ? 1 : 0;
    }
    assertThat(traced).isGreaterThan(5).isLessThan(with.all("aws_lambda_function").size());
  }

  private static Set<Part.Right> rights(Part part, String function) {
    return Set.copyOf(Part.rights(part.one("aws_iam_role_policy", function).text("policy")));
  }

  @Test
  void whatTheOtherCloudsAreMakesNoDifferenceToAwsPart() {
    if (Shapes.all()) {
      assertThat(Shapes.distinct(Shapes.choices(KnownClouds.AZURE, KnownClouds.GOOGLE)).keySet())
          .isEqualTo(Shapes.distinct(Shapes.choices(KnownClouds.AZURE)).keySet());
    }
  }

  /** The parts of the modules {@code s0}, {@code s1}, …, one for each project. */
  static Map<String, Part> plan(List<Project> projects, Path folder) throws Exception {
    return plan(projects, folder, JsonObject.EMPTY);
  }

  /**
   * @param settings what a project sets of the deployment
   */
  private static Map<String, Part> plan(List<Project> projects, Path folder, JsonObject settings)
      throws Exception {
    for (String file : TerraformFiles.carried()) {
      if (file.startsWith("aws")) {
        Path target = folder.resolve(file);
        if (!file.contains("/")) {
          continue;
        }
        Files.createDirectories(target.getParent());
        Files.write(target, TerraformFiles.source(file));
      }
    }
    Files.writeString(folder.resolve("main.tf.json"), Json.text(root(projects, folder, settings)));
    TerraformFolder terraform = TfCheck.in(folder);
    terraform.init();
    terraform.plan();
    return Part.of(TfCheck.show(folder, "twinloom.tfplan"));
  }

  private static JsonObject ofAws(JsonObject variables, String name) {
    return variables.object(name).flatMap(all -> all.object("aws")).orElse(JsonObject.EMPTY);
  }

  private static JsonObject root(List<Project> projects, Path folder, JsonObject settings) {
    JsonObject.Builder modules = JsonObject.builder();
    for (int i = 0; i < projects.size(); i++) {
      TerraformVariables v = Twins.variables(projects.get(i), folder);
      JsonObject.Builder call = JsonObject.builder().put("source", "./aws");
      for (String name : List.of("twin", "mode", "packages", "workflow_definitions", "alarms")) {
        call.put(name, v.open().get(name));
      }
      for (String name : List.of("functions", "stores", "schedules")) {
        call.put(name, ofAws(v.open(), name));
      }
      for (String name : List.of("channel", "twin_service", "view")) {
        JsonValue here = v.open().object(name + "s").orElseThrow().get("aws");
        call.put(name, here == null ? JsonNull.NULL : here);
      }
      call.put("scene", ofAws(v.open(), "scenes"));
      call.put("bucket_names", v.open().object("bucket_names").orElseThrow().get("aws"))
          .put("endpoints", v.open().get("remote_endpoints"))
          .put("known_endpoints", v.open().get("known_endpoints"))
          .put("unprotected", v.open().get("unprotected"))
          .put("projects", v.open().get("projects"))
          .put("secrets", ofAws(v.secret(), "secrets"))
          .put("log_retention_days", 30)
          .put("batch_window_seconds", 1)
          .put("put_off_limit_seconds", 21_600)
          .put("mover_runs", 1)
          .put("trace_sampling", JsonNull.NULL)
          .put("xray", false);
      settings.members().forEach(call::put);
      modules.put("s" + i, call.build());
      modules.put(
          "s" + i + "_twin",
          JsonObject.builder()
              .put("source", "./aws/twin")
              .put("twin", "mill")
              .put("tags", JsonObject.EMPTY)
              .put("workspace", "${module.s" + i + ".twin_workspace}")
              .build());
    }
    JsonObject region = JsonObject.builder().put("region", "eu-central-1").build();
    return JsonObject.builder()
        .put("provider", JsonObject.builder().put("aws", region).put("awscc", region).build())
        .put("module", modules.build())
        .build();
  }
}
