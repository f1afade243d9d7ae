package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.terraform.Part.Made;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.FunctionSpec.Runs;
import io.twinloom.model.function.Size;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Permission;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must hold of AWS's part of any twin, said anew from the topology and not read from the HCL:
 * every right is one of the topology's, and every one of the topology's is there.
 */
final class AwsRules {

  static final String ACCOUNT = "123456789012";
  static final String AT = "eu-central-1:" + ACCOUNT + ":";

  final Project project;
  final Topology topology;
  final Part part;
  final String suffix;

  private AwsRules(Project project, Part part) {
    this.project = project;
    this.topology = Topology.of(project);
    this.part = part;
    this.suffix =
        part.all("aws_s3_bucket").getFirst().text("bucket").replaceAll(".*-([0-9a-f]{8})$", "$1");
  }

  /** Checks all of it. */
  static void check(Project project, Part part) {
    AwsRules rules = new AwsRules(project, part);
    rules.functionsAreThoseOfTheTopology();
    rules.settingsAreThoseOfTheTopology();
    AwsRights.check(rules);
    AwsThings.check(rules);
  }

  List<DeployedFunction> lambdas() {
    return topology.functions().stream()
        .filter(f -> f.cloud() == KnownClouds.AWS && f.kind() != FunctionKind.WORKFLOW)
        .toList();
  }

  /** Of the user's code only actions are: they alone have records of what failed in the end. */
  static boolean isAsynchronous(DeployedFunction f) {
    return FunctionSpec.of(f.kind()).runs() != Runs.USER_CODE
        || f.kind() == FunctionKind.EVENT_ACTION;
  }

  /** Whether events wait for a function on a queue of its own. */
  boolean isQueued(String function) {
    return topology.function(function).filter(f -> FunctionSpec.of(f.kind()).queued()).isPresent();
  }

  /** The functions whose queues a function sends to: its own, and those that it hands events to. */
  Set<String> sendsTo(DeployedFunction f) {
    Set<String> queues = new TreeSet<>();
    if (isQueued(f.name())) {
      queues.add(f.name());
    }
    permissions(f).stream()
        .filter(p -> p.action() == Permission.Action.INVOKE && isQueued(p.target()))
        .forEach(p -> queues.add(p.target()));
    return queues;
  }

  List<DeployedFunction> workflows() {
    return topology.functions().stream()
        .filter(f -> f.cloud() == KnownClouds.AWS && f.kind() == FunctionKind.WORKFLOW)
        .toList();
  }

  private void functionsAreThoseOfTheTopology() {
    Set<String> names = new TreeSet<>(lambdas().stream().map(DeployedFunction::name).toList());
    for (String type : List.of("aws_lambda_function", "aws_cloudwatch_log_group")) {
      assertThat(part.keys(type)).as(part.name() + " " + type).isEqualTo(names);
    }
    Set<String> asynchronous = new TreeSet<>();
    for (DeployedFunction f : lambdas()) {
      Made made = part.one("aws_lambda_function", f.name());
      assertThat(made.text("function_name")).isEqualTo(f.cloudName());
      assertThat(made.block()).isEqualTo(f.exposed() ? "receiver" : "other");
      Size size = FunctionSpec.of(f.kind()).size();
      assertThat(made.values().get("timeout")).hasToString("" + size.timeoutSeconds());
      assertThat(made.values().get("memory_size")).hasToString("" + size.memoryMib());
      boolean ours = FunctionSpec.of(f.kind()).runs() != Runs.USER_CODE;
      assertThat(made.values().get("architectures"))
          .hasToString(ours ? "[\"arm64\"]" : "[\"x86_64\"]");
      JsonObject logging = made.block("logging_config");
      assertThat(logging.text("log_format")).contains(ours ? "JSON" : "Text");
      assertThat(logging.text("system_log_level"))
          .isEqualTo(ours ? Optional.of("WARN") : Optional.empty());
      if (isAsynchronous(f)) {
        asynchronous.add(f.name());
        JsonObject invoke = part.one("aws_lambda_function_event_invoke_config", f.name()).values();
        assertThat(invoke.get("maximum_retry_attempts")).hasToString("2");
        assertThat(invoke.toString()).contains("arn:aws:s3:::mill-dead-letters-" + suffix);
      }
    }
    assertThat(part.keys("aws_lambda_function_event_invoke_config")).isEqualTo(asynchronous);
    assertThat(part.keys("aws_sfn_state_machine"))
        .isEqualTo(new TreeSet<>(workflows().stream().map(DeployedFunction::name).toList()));
    Set<String> schedules = new TreeSet<>();
    topology.schedules().stream()
        .filter(s -> lambdas().stream().anyMatch(f -> f.name().equals(s.function())))
        .forEach(s -> schedules.add(s.name()));
    assertThat(part.keys("aws_scheduler_schedule")).isEqualTo(schedules);
  }

  private void settingsAreThoseOfTheTopology() {
    Map<FunctionId, FunctionSettings.Parts> parts =
        FunctionSettings.apart(project, topology, Twins.tokens(topology));
    for (DeployedFunction f : lambdas()) {
      FunctionSettings.Parts own = parts.get(f.id());
      JsonObject environment =
          part.one("aws_lambda_function", f.name())
              .block("environment")
              .object("variables")
              .orElse(JsonObject.EMPTY);
      Map<String, String> wanted = new TreeMap<>(own.open());
      own.secrets().forEach(wanted::put);
      wanted.put("TWINLOOM_FUNCTION_NAME", f.name());
      wanted.put("TWINLOOM_FUNCTION_KIND", f.kind().id());
      if (f.userCode().isEmpty() && f.kind() != FunctionKind.EVENT_ACTION) {
        wanted.put("DEAD_LETTER_S3_BUCKET_NAME", "mill-dead-letters-" + suffix);
        wanted.put(
            "DIGITAL_TWIN_INFO", "file:/var/task/" + FunctionSettings.twinInfoFile(project, f));
      }
      for (Permission p : permissions(f)) {
        switch (p.action()) {
          case KEEP_PLANS, KEEP_ANSWERS, KEEP_CIRCUITS, KEEP_RUNS ->
              wanted.put("STATE_DYNAMODB_TABLE_NAME", "mill-state");
          case RUN_WORKFLOW ->
              wanted.put(
                  "LAMBDA_CHAIN_STEP_FUNCTION_ARN",
                  "arn:aws:states:" + AT + "stateMachine:mill-workflow");
          default -> storeVariable(p, wanted);
        }
      }
      if (!sendsTo(f).isEmpty()) {
        wanted.put("SQS_QUEUES_URL", "https://sqs.eu-central-1.amazonaws.com/" + ACCOUNT + "/");
        wanted.put("SQS_QUEUED_FUNCTIONS", String.join(",", sendsTo(f)));
      }
      if (isQueued(f.name())) {
        wanted.put("PUT_OFF_LIMIT_SECONDS", "21600");
      }
      boolean twinIsHere = project.placement().l4().filter(KnownClouds.AWS::equals).isPresent();
      if (f.kind() == FunctionKind.EVENT_CHECKER && twinIsHere) {
        wanted.put("TWINMAKER_WORKSPACE_NAME", "mill-twin-graph");
      }
      own.addresses()
          .forEach(
              (variable, c) -> wanted.put(variable, "https://x.example/" + c.receiver().name()));
      Map<String, String> given = new TreeMap<>();
      environment
          .members()
          .forEach(
              (name, value) -> given.put(name, value instanceof JsonString t ? t.value() : ""));
      assertThat(given).as(part.name() + " " + f.name()).isEqualTo(wanted);
    }
  }

  private void storeVariable(Permission p, Map<String, String> wanted) {
    topology.stores().stream()
        .filter(s -> s.name().equals(p.target()))
        .forEach(
            s -> {
              switch (s.kind()) {
                case HOT -> wanted.put("DYNAMODB_TABLE_NAME", store(s));
                case COLD -> wanted.put("COLD_S3_BUCKET_NAME", store(s));
                case ARCHIVE -> wanted.put("ARCHIVE_S3_BUCKET_NAME", store(s));
                case TWIN_GRAPH -> {}
              }
            });
  }

  String store(Store store) {
    return switch (store.kind()) {
      case HOT, TWIN_GRAPH -> store.cloudName();
      case COLD, ARCHIVE -> store.cloudName() + "-" + suffix;
    };
  }

  List<Permission> permissions(DeployedFunction f) {
    return topology.permissions().stream().filter(p -> p.function().equals(f.name())).toList();
  }
}
