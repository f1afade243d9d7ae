package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.CloudAccount.Identity;
import io.twinloom.deployer.terraform.SceneFile;
import io.twinloom.deployer.terraform.Terraform;
import io.twinloom.deployer.terraform.TerraformFiles;
import io.twinloom.deployer.terraform.TerraformFolder;
import io.twinloom.deployer.terraform.TerraformParts;
import io.twinloom.deployer.terraform.TerraformVariables;
import io.twinloom.deployer.terraform.TerraformVariablesBuilder;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.bundle.FunctionPackage;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.testkit.terraform.OfflineTerraform;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever Terraform makes on AWS, the deployer's permissions are enough for it, and its names fit.
 */
class ProviderActionsTest {

  private static final Path HCL = Path.of("..", "..", "terraform", "aws");
  private static final Pattern BLOCK =
      Pattern.compile("^(?:resource|data) \"(\\w+)\"", Pattern.MULTILINE);

  /** They ask who one is and where, which needs no permission. */
  private static final Set<String> FREE =
      Set.of("aws_caller_identity", "aws_partition", "aws_region");

  private static final String CODE = "def process(event):\n    return event\n";
  private static final String ACCOUNT = "123456789012";
  private static final String AT = "eu-central-1:" + ACCOUNT + ":";

  @TempDir Path folder;

  @Test
  @DisplayName("the deployer's account lacks a permission")
  void everyTypeOfTheHclHasARowAndNoRowIsLeftOver() throws IOException {
    Set<String> types = new TreeSet<>();
    try (Stream<Path> files = Files.walk(HCL)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tf")).toList()) {
        Matcher blocks = BLOCK.matcher(Files.readString(file));
        while (blocks.find()) {
          types.add(blocks.group(1));
        }
      }
    }
    types.removeAll(FREE);
    assertThat(ProviderActions.types()).isEqualTo(types);
  }

  @Test
  void everyActionIsNamedWholeAndOnce() {
    for (String type : ProviderActions.types()) {
      assertThat(ProviderActions.of(List.of(type)))
          .as(type)
          .isNotEmpty()
          .allMatch(action -> action.matches("[a-z0-9-]+:[A-Z][A-Za-z0-9]+"));
    }
  }

  @Test
  @Tag("full")
  void ofATwinWhollyOnAwsEveryThingIsAllowed() throws Exception {
    JsonObject chain =
        json(
            """
            {"condition": "hall.s\u00e4ge.1.temperature > DOUBLE(80)",
             "action": {"type": "workflow", "functionName": "first", "functionNameB": "second"}}
            """);
    ProjectBuilder builder =
        ProjectBuilder.of("hall")
            .device("s\u00e4ge.1", "temperature")
            .pythonProcessor("s\u00e4ge.1", CODE)
            .rule("hall.s\u00e4ge.1.temperature > DOUBLE(70)", "alarm", CODE)
            .rule(chain)
            .file("event_actions/first/process.py", CODE)
            .file("event_actions/second/process.py", CODE)
            .on(Layer.L5, KnownClouds.AWS)
            .file(
                "config_user.json",
                "{\"admin_email\": \"a@example.org\", \"admin_first_name\": \"A\","
                    + " \"admin_last_name\": \"B\"}");
    for (String feature :
        List.of(
            "triggerNotificationWorkflow", "returnFeedbackToDevice", "integrateErrorHandling")) {
      builder.feature(feature);
    }
    check("whole", builder.readFrom(folder.resolve("whole")));
  }

  @Test
  @Tag("full")
  void ofATwinWithReceiversEveryThingIsAllowedAlsoWhereItsNameHasToBeCleaned() throws Exception {
    check(
        "apart",
        ProjectBuilder.of("_My--Hall-whose-name-has-forty-letters-_")
            .on(Layer.L1, KnownClouds.GOOGLE)
            .on(Layer.L3_HOT, KnownClouds.AZURE)
            .without(Layer.L4)
            .readFrom(folder.resolve("apart")));
  }

  @Test
  @Tag("full")
  void ofATwinWithItsDevicesAloneEveryThingIsAllowed() throws Exception {
    ProjectBuilder builder = ProjectBuilder.of("_My--Hall").device("s\u00e4ge.1", "temperature");
    for (Layer layer : List.of(Layer.L2, Layer.L3_HOT, Layer.L3_COLD, Layer.L3_ARCHIVE)) {
      builder.on(layer, KnownClouds.AZURE);
    }
    check("devices", builder.without(Layer.L4).readFrom(folder.resolve("devices")));
  }

  private void check(String name, Project project) throws Exception {
    Topology topology = Topology.of(project);
    List<JsonObject> planned = planned(name, project, topology);
    Set<String> types = new TreeSet<>();
    planned.forEach(thing -> types.add(thing.text("type").orElse("")));
    assertThat(types).hasSizeGreaterThan(10);
    assertThat(NeededPermissions.all(project, topology))
        .containsAll(ProviderActions.of(List.copyOf(types)));
    TwinArns arns =
        new TwinArns(
            project,
            topology,
            Optional.of(new Identity(ACCOUNT, "arn:aws:iam::1:user/x", "eu-central-1")),
            "eu-central-1");
    for (JsonObject thing : planned) {
      named(thing)
          .ifPresent(
              n ->
                  assertThat(arns.of(n.scope()))
                      .as(n.arn())
                      .anyMatch(pattern -> fits(pattern, n.arn())));
    }
  }

  static boolean fits(String pattern, String arn) {
    return arn.matches(
        Stream.of(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(java.util.stream.Collectors.joining(".*")));
  }

  private record Named(PolicyScope scope, String arn) {}

  private static Optional<Named> named(JsonObject thing) {
    JsonObject values = thing.object("values").orElse(JsonObject.EMPTY);
    String name = values.text("name").orElse("");
    return switch (thing.text("type").orElse("")) {
      case "aws_lambda_function" ->
          scoped(
              PolicyScope.FUNCTIONS,
              "lambda:" + AT + "function:" + values.text("function_name").orElse(""));
      case "aws_iam_role" -> scoped(PolicyScope.PASSED_ROLES, "iam::" + ACCOUNT + ":role/" + name);
      case "aws_cloudwatch_log_group" ->
          scoped(PolicyScope.LOGS, "logs:" + AT + "log-group:" + name + ":log-stream:x");
      case "aws_s3_bucket" ->
          scoped(PolicyScope.BUCKETS, "s3:::" + values.text("bucket").orElse("") + "/a/key");
      case "aws_sqs_queue" -> scoped(PolicyScope.QUEUES, "sqs:" + AT + name);
      case "aws_dynamodb_table" -> scoped(PolicyScope.TABLES, "dynamodb:" + AT + "table/" + name);
      case "aws_iot_thing" -> scoped(PolicyScope.THINGS, "iot:" + AT + "thing/" + name);
      case "aws_iot_policy" -> scoped(PolicyScope.THING_POLICIES, "iot:" + AT + "policy/" + name);
      case "aws_iot_topic_rule" -> scoped(PolicyScope.TOPIC_RULES, "iot:" + AT + "rule/" + name);
      case "aws_scheduler_schedule_group" ->
          scoped(PolicyScope.SCHEDULES, "scheduler:" + AT + "schedule-group/" + name);
      case "aws_scheduler_schedule" ->
          scoped(
              PolicyScope.SCHEDULES,
              "scheduler:" + AT + "schedule/" + values.text("group_name").orElse("") + "/" + name);
      case "aws_sfn_state_machine" ->
          scoped(PolicyScope.WORKFLOWS, "states:" + AT + "stateMachine:" + name);
      case "aws_sns_topic" -> scoped(PolicyScope.TOPICS, "sns:" + AT + name);
      case "aws_cloudwatch_metric_alarm" ->
          scoped(
              PolicyScope.ALARMS,
              "cloudwatch:" + AT + "alarm:" + values.text("alarm_name").orElse(""));
      case "awscc_iottwinmaker_workspace" ->
          scoped(
              PolicyScope.TWIN,
              "iottwinmaker:"
                  + AT
                  + "workspace/"
                  + values.text("workspace_id").orElse("")
                  + "/entity/x");
      default -> Optional.empty();
    };
  }

  private static Optional<Named> scoped(PolicyScope scope, String rest) {
    return Optional.of(new Named(scope, "arn:aws:" + rest));
  }

  private List<JsonObject> planned(String name, Project project, Topology topology)
      throws Exception {
    Map<String, String> environment = OfflineTerraform.environment();
    Path working = OfflineTerraform.emptyFolder("permissions-" + name).resolve("terraform");
    new TerraformFiles(working)
        .write(project.placement(), variables(project, topology, working), Optional.empty());
    Terraform terraform =
        Terraform.find(environment, TerraformParts.of(List.of(AwsTerraform.PART)));
    TerraformFolder at = terraform.in(working, Map.of(), Set.of(), Progress.SILENT);
    at.init();
    assertThat(at.plan().isEmpty()).isFalse();
    ProcessBuilder show =
        new ProcessBuilder(terraform.executable().toString(), "show", "-json", "twinloom.tfplan")
            .directory(working.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    show.environment().putAll(environment);
    Process process = show.start();
    JsonObject shown = Json.parseObject(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).isZero();
    List<JsonObject> all = new ArrayList<>();
    resources(
        shown.object("planned_values").orElseThrow().object("root_module").orElseThrow(), all);
    return all;
  }

  private static void resources(JsonObject module, List<JsonObject> all) {
    for (JsonValue thing : module.array("resources").orElse(JsonArray.EMPTY)) {
      if (thing instanceof JsonObject o && o.text("mode").orElse("").equals("managed")) {
        all.add(o);
      }
    }
    for (JsonValue inner : module.array("child_modules").orElse(JsonArray.EMPTY)) {
      resources((JsonObject) inner, all);
    }
  }

  private static TerraformVariables variables(Project project, Topology topology, Path folder) {
    Map<String, FunctionPackage> packages = new LinkedHashMap<>();
    for (DeployedFunction f : topology.functions()) {
      boolean isUsers = f.userCode().isPresent() || f.kind() == FunctionKind.EVENT_ACTION;
      String name = isUsers ? f.name() : FunctionPackage.SYSTEM;
      packages.put(
          f.cloud().id() + "/" + name,
          new FunctionPackage(
              name, f.cloud(), Path.of("/p.zip"), "0123456789abcdef".repeat(4), "java21", "h"));
    }
    Map<String, String> tokens = new LinkedHashMap<>();
    Map<FunctionId, URI> elsewhere = new LinkedHashMap<>();
    topology
        .connections()
        .forEach(
            c -> {
              tokens.put(c.id(), "a-token-of-a-connection-" + c.id());
              if (c.to() != KnownClouds.AWS) {
                elsewhere.put(c.receiver().id(), URI.create("https://x.example/y"));
              }
            });
    return TerraformVariablesBuilder.project(project, topology, folder)
        .packages(List.copyOf(packages.values()))
        .tokens(tokens)
        .regions(Map.of("aws", "eu-central-1"))
        .remoteEndpoints(elsewhere)
        .scene(
            KnownClouds.AWS,
            List.of(new SceneFile("scene.json", Path.of("/scene.json"), "ab".repeat(32))))
        .make();
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
