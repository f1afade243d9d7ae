package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.terraform.Part.Made;
import io.twinloom.deployer.terraform.Part.Right;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.json.JsonArray;
import io.twinloom.model.json.JsonBoolean;
import io.twinloom.model.json.JsonObject;
import io.twinloom.model.json.JsonString;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Permission;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must hold of AWS's part of any twin, said anew from the topology and not read from the HCL:
 * every right is one of the topology's, and every one of the topology's is there.
 */
final class AwsRules {

  private static final String ACCOUNT = "123456789012";
  private static final String AT = "eu-central-1:" + ACCOUNT + ":";

  /**
   * Every wildcard in a role, and why it is there. An operation never has one.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
   *     Service Authorization Reference</a>
   */
  private static final Map<String, String> WILDCARDS =
      Map.ofEntries(
          Map.entry(
              "arn:aws:logs:[^*]*:log-group:/aws/lambda/[^*]+:log-stream:\\*",
              "Lambda chooses the names of a log's streams"),
          Map.entry(
              "arn:aws:s3:::[^*]+-dead-letters-[0-9a-f]{8}/(dead-letters|aws/lambda/async)/[^*/]+/\\*",
              "a dead letter has a name of its own, below its function's"),
          Map.entry(
              "arn:aws:s3:::[^*]+-dead-letters-[0-9a-f]{8}/iot-rule/\\*",
              "a dead letter has a name of its own, below the rule's"),
          Map.entry(
              "arn:aws:s3:::[^*]+-(cold|archive)-iot-data-[0-9a-f]{8}/(~parts//)?\\*",
              "the objects of a tier, and the parts kept aside there, are named by what they hold"),
          Map.entry(
              "arn:aws:s3:::[^*]+-twin-[0-9a-f]{8}/(DO_NOT_DELETE_WORKSPACE_)?\\*",
              "TwinMaker names its own files"),
          Map.entry(
              "arn:aws:iot:[^*]*:topic/dt/mill/\\*/commands",
              "any device of the twin may be sent a command"),
          Map.entry(
              "arn:aws:lambda:[^*]*:function:mill-\\*",
              "more names than a policy holds: the condition names the tag of their kind"),
          Map.entry(
              "arn:aws:iottwinmaker:[^*]*:workspace/[^*]+/\\*",
              "a workspace's entities are the user's, and made after it"),
          Map.entry("\\*", "the list of workspaces belongs to none of them (ListWorkspaces)"));

  private final Project project;
  private final Topology topology;
  private final Part part;
  private final String suffix;

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
    rules.rightsAreThoseOfTheTopology();
    rules.noWildcardWithoutReason();
    rules.rolesAreTakenByTheirServiceOnly();
    rules.endpointsHaveBothPermissionsAndNothingElseIsOpen();
    rules.bucketsArePrivate();
    rules.storesKeepWhatTheyGot();
    rules.devicesReachTheirOwnOnly();
    rules.servicesAreThereWhereTheirLayerIs();
  }

  private List<DeployedFunction> lambdas() {
    return topology.functions().stream()
        .filter(f -> f.cloud() == Provider.AWS && f.kind() != FunctionKind.WORKFLOW)
        .toList();
  }

  private List<DeployedFunction> workflows() {
    return topology.functions().stream()
        .filter(f -> f.cloud() == Provider.AWS && f.kind() == FunctionKind.WORKFLOW)
        .toList();
  }

  private void functionsAreThoseOfTheTopology() {
    Set<String> names = new TreeSet<>(lambdas().stream().map(DeployedFunction::name).toList());
    for (String type :
        List.of(
            "aws_lambda_function",
            "aws_cloudwatch_log_group",
            "aws_lambda_function_event_invoke_config")) {
      assertThat(part.keys(type)).as(part.name() + " " + type).isEqualTo(names);
    }
    for (DeployedFunction f : lambdas()) {
      Made made = part.one("aws_lambda_function", f.name());
      assertThat(made.text("function_name")).isEqualTo(f.cloudName());
      assertThat(made.block()).isEqualTo(f.exposed() ? "receiver" : "other");
      JsonObject invoke = part.one("aws_lambda_function_event_invoke_config", f.name()).values();
      assertThat(invoke.get("maximum_retry_attempts")).hasToString("2");
      assertThat(invoke.toString()).contains("arn:aws:s3:::mill-dead-letters-" + suffix);
    }
    assertThat(part.keys("aws_sfn_state_machine"))
        .isEqualTo(new TreeSet<>(workflows().stream().map(DeployedFunction::name).toList()));
    Set<String> schedules = new TreeSet<>();
    topology.schedules().stream()
        .filter(s -> lambdas().stream().anyMatch(f -> f.name().equals(s.function())))
        .forEach(s -> schedules.add(s.name()));
    assertThat(part.keys("aws_scheduler_schedule")).isEqualTo(schedules);
  }

  private void settingsAreThoseOfTheTopology() {
    Map<String, FunctionSettings.Parts> parts =
        FunctionSettings.apart(project, topology, Twins.tokens(topology));
    for (DeployedFunction f : lambdas()) {
      FunctionSettings.Parts own = parts.get(f.name());
      JsonObject environment =
          part.one("aws_lambda_function", f.name())
              .block("environment")
              .object("variables")
              .orElse(JsonObject.EMPTY);
      Map<String, String> wanted = new TreeMap<>(own.open());
      own.secrets().forEach(wanted::put);
      wanted.put("TWINLOOM_FUNCTION_NAME", f.name());
      wanted.put("TWINLOOM_FUNCTION_KIND", f.kind().id());
      wanted.put("DEAD_LETTER_S3_BUCKET_NAME", "mill-dead-letters-" + suffix);
      if (f.userCode().isEmpty() && f.kind() != FunctionKind.EVENT_ACTION) {
        wanted.put("DIGITAL_TWIN_INFO", "file:/var/task/digital_twin_info.json");
      }
      for (Permission p : permissions(f)) {
        switch (p.action()) {
          case KEEP_PLANS, KEEP_ANSWERS -> wanted.put("STATE_DYNAMODB_TABLE_NAME", "mill-state");
          case RUN_WORKFLOW ->
              wanted.put(
                  "LAMBDA_CHAIN_STEP_FUNCTION_ARN",
                  "arn:aws:states:" + AT + "stateMachine:mill-workflow");
          default -> storeVariable(p, wanted);
        }
      }
      boolean twinIsHere = project.placement().l4().filter(Provider.AWS::equals).isPresent();
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

  private String store(Store store) {
    return switch (store.kind()) {
      case HOT, TWIN_GRAPH -> store.cloudName();
      case COLD, ARCHIVE -> store.cloudName() + "-" + suffix;
    };
  }

  private List<Permission> permissions(DeployedFunction f) {
    return topology.permissions().stream().filter(p -> p.function().equals(f.name())).toList();
  }

  private void rightsAreThoseOfTheTopology() {
    Map<String, List<Right>> roles = new TreeMap<>();
    for (DeployedFunction f : lambdas()) {
      List<Right> rights = new ArrayList<>();
      String dead = "arn:aws:s3:::mill-dead-letters-" + suffix;
      String log = "arn:aws:logs:" + AT + "log-group:/aws/lambda/" + f.cloudName();
      rights.add(new Right("logs:CreateLogStream", log + ":log-stream:*", ""));
      rights.add(new Right("logs:PutLogEvents", log + ":log-stream:*", ""));
      rights.add(new Right("s3:PutObject", dead + "/dead-letters/" + f.cloudName() + "/*", ""));
      rights.add(new Right("s3:PutObject", dead + "/aws/lambda/async/" + f.cloudName() + "/*", ""));
      rights.add(new Right("s3:ListBucket", dead, ""));
      permissions(f).forEach(p -> rights.addAll(meant(p)));
      roles.put(f.name(), rights);
    }
    for (DeployedFunction f : workflows()) {
      List<Right> rights = new ArrayList<>();
      rights.add(
          new Right(
              "s3:PutObject",
              "arn:aws:s3:::mill-dead-letters-" + suffix + "/dead-letters/" + f.cloudName() + "/*",
              ""));
      permissions(f).forEach(p -> rights.addAll(meant(p)));
      roles.put(f.name(), rights);
    }
    Set<String> given = new TreeSet<>();
    for (Made policy : part.all("aws_iam_role_policy")) {
      if (roles.containsKey(policy.key())) {
        given.add(policy.key());
        assertThat(Part.rights(policy.text("policy")))
            .as(part.name() + " " + policy.key())
            .hasSameElementsAs(roles.get(policy.key()));
        assertThat(policy.text("policy").length()).isLessThanOrEqualTo(10_240);
      } else {
        assertThat(policy.block()).isIn("rule", "scheduler", "twin", "view");
      }
    }
    assertThat(given).isEqualTo(roles.keySet());
  }

  /** What a permission is on AWS. */
  private List<Right> meant(Permission p) {
    String function =
        topology.function(p.target()).map(DeployedFunction::cloudName).orElse(p.target());
    String place =
        topology.stores().stream()
            .filter(s -> s.name().equals(p.target()))
            .map(this::store)
            .findFirst()
            .orElse("");
    String table = "arn:aws:dynamodb:" + AT + "table/" + place;
    String bucket = "arn:aws:s3:::" + place;
    return switch (p.action()) {
      case INVOKE ->
          List.of(
              new Right(
                  "lambda:InvokeFunction", "arn:aws:lambda:" + AT + "function:" + function, ""));
      case RUN_WORKFLOW ->
          List.of(
              new Right(
                  "states:StartExecution",
                  "arn:aws:states:" + AT + "stateMachine:" + function,
                  ""));
      case READ_ITEMS -> List.of(new Right("dynamodb:Query", table, ""));
      case WRITE_ITEMS -> List.of(new Right("dynamodb:PutItem", table, ""));
      case DELETE_ITEMS -> List.of(new Right("dynamodb:DeleteItem", table, ""));
      case LIST_OBJECTS -> List.of(new Right("s3:ListBucket", bucket, ""));
      case READ_OBJECTS ->
          List.of(
              new Right("s3:ListBucket", bucket, ""),
              new Right("s3:GetObject", bucket + "/*", ""),
              new Right("s3:GetObjectTagging", bucket + "/*", ""));
      case WRITE_OBJECTS ->
          List.of(
              new Right("s3:PutObject", bucket + "/*", ""),
              new Right("s3:AbortMultipartUpload", bucket + "/*", ""),
              new Right("s3:DeleteObject", bucket + "/~parts//*", ""));
      case DELETE_OBJECTS -> List.of(new Right("s3:DeleteObject", bucket + "/*", ""));
      case SEND_COMMANDS ->
          List.of(new Right("iot:Publish", "arn:aws:iot:" + AT + "topic/dt/mill/*/commands", ""));
      case KEEP_PLANS -> state("plan#*", "GetItem", "Query", "PutItem", "DeleteItem");
      case KEEP_ANSWERS -> state("answer#*", "GetItem", "PutItem");
      case READ_GRAPH, WRITE_GRAPH -> throw new AssertionError("TwinMaker is not pushed to");
    };
  }

  private static List<Right> state(String rows, String... operations) {
    String condition =
        "{\"ForAllValues:StringLike\":{\"dynamodb:LeadingKeys\":[\"" + rows + "\"]}}";
    List<Right> rights = new ArrayList<>();
    for (String operation : operations) {
      rights.add(
          new Right(
              "dynamodb:" + operation, "arn:aws:dynamodb:" + AT + "table/mill-state", condition));
    }
    return rights;
  }

  private void noWildcardWithoutReason() {
    for (Made policy : part.all("aws_iam_role_policy")) {
      for (Right right : Part.rights(policy.text("policy"))) {
        assertThat(right.operation()).matches("[a-z0-9-]+:[A-Za-z]+");
        assertThat(
                !right.resource().contains("*")
                    || WILDCARDS.keySet().stream().anyMatch(right.resource()::matches))
            .as(policy.key() + " may " + right)
            .isTrue();
        assertThat(right.resource().equals("*"))
            .isEqualTo(right.operation().equals("iottwinmaker:ListWorkspaces"));
      }
    }
  }

  private void rolesAreTakenByTheirServiceOnly() {
    for (Made role : part.all("aws_iam_role")) {
      String service =
          switch (role.block()) {
            case "receiver", "other" -> "lambda";
            case "workflow" -> "states";
            case "rule" -> "iot";
            case "scheduler" -> "scheduler";
            case "twin" -> "iottwinmaker";
            case "view" -> "grafana";
            default -> throw new AssertionError(role.block());
          };
      String trust = role.text("assume_role_policy");
      assertThat(trust)
          .contains("\"Principal\":{\"Service\":\"" + service + ".amazonaws.com\"}")
          .contains("\"Action\":\"sts:AssumeRole\"");
      assertThat(Part.parse(trust).array("Statement").map(JsonArray::size)).contains(1);
      if (!service.equals("lambda") && !service.equals("iottwinmaker")) {
        assertThat(trust).contains("\"aws:SourceAccount\":\"" + ACCOUNT + "\"");
      }
    }
  }

  private void endpointsHaveBothPermissionsAndNothingElseIsOpen() {
    Set<String> exposed = new TreeSet<>();
    lambdas().stream().filter(DeployedFunction::exposed).forEach(f -> exposed.add(f.name()));
    assertThat(part.keys("aws_lambda_function_url")).as(part.name()).isEqualTo(exposed);
    Set<String> byUrl = new TreeSet<>();
    Set<String> throughUrl = new TreeSet<>();
    for (Made permission : part.all("aws_lambda_permission")) {
      switch (permission.block()) {
        case "url" -> {
          byUrl.add(permission.key());
          assertThat(permission.text("action")).isEqualTo("lambda:InvokeFunctionUrl");
          assertThat(permission.text("function_url_auth_type")).isEqualTo("NONE");
        }
        case "through_url" -> {
          throughUrl.add(permission.key());
          assertThat(permission.text("action")).isEqualTo("lambda:InvokeFunction");
          assertThat(permission.values().get("invoked_via_function_url"))
              .isEqualTo(JsonBoolean.TRUE);
        }
        case "rule" -> {
          assertThat(permission.text("principal")).isEqualTo("iot.amazonaws.com");
          assertThat(permission.text("source_account")).isEqualTo(ACCOUNT);
        }
        default -> throw new AssertionError(permission.block());
      }
    }
    assertThat(byUrl).isEqualTo(exposed);
    assertThat(throughUrl).isEqualTo(exposed);
  }

  private void bucketsArePrivate() {
    Set<String> wanted = new TreeSet<>(List.of("deployment", "dead-letters"));
    for (Store store : topology.stores()) {
      if (store.cloud() == Provider.AWS && store.kind() != Store.Kind.HOT) {
        wanted.add(
            switch (store.kind()) {
              case COLD -> "cold";
              case ARCHIVE -> "archive";
              default -> "twin";
            });
      }
    }
    for (String type :
        List.of(
            "aws_s3_bucket",
            "aws_s3_bucket_public_access_block",
            "aws_s3_bucket_ownership_controls",
            "aws_s3_bucket_server_side_encryption_configuration",
            "aws_s3_bucket_lifecycle_configuration",
            "aws_s3_bucket_policy")) {
      assertThat(part.keys(type)).as(part.name() + " " + type).isEqualTo(wanted);
    }
    for (Made block : part.all("aws_s3_bucket_public_access_block")) {
      for (String switchName :
          List.of(
              "block_public_acls",
              "block_public_policy",
              "ignore_public_acls",
              "restrict_public_buckets")) {
        assertThat(block.values().get(switchName)).isEqualTo(JsonBoolean.TRUE);
      }
    }
    for (Made policy : part.all("aws_s3_bucket_policy")) {
      assertThat(policy.text("policy"))
          .contains("\"Effect\":\"Deny\"", "\"aws:SecureTransport\":\"false\"")
          .doesNotContain("Allow");
    }
    for (Made bucket : part.all("aws_s3_bucket")) {
      assertThat(bucket.text("bucket")).matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
    }
  }

  private void storesKeepWhatTheyGot() {
    for (Made table : part.all("aws_dynamodb_table")) {
      assertThat(table.text("billing_mode")).isEqualTo("PAY_PER_REQUEST");
      assertThat(table.block("point_in_time_recovery").get("enabled")).isEqualTo(JsonBoolean.TRUE);
      assertThat(table.block("ttl").get("enabled"))
          .isEqualTo(JsonBoolean.of(table.block().equals("state")));
    }
    boolean hotIsHere = project.placement().l3Hot() == Provider.AWS;
    assertThat(part.all("aws_dynamodb_table").stream().anyMatch(t -> t.block().equals("hot")))
        .isEqualTo(hotIsHere);
  }

  private void devicesReachTheirOwnOnly() {
    Set<String> devices = new TreeSet<>();
    if (project.placement().l1() == Provider.AWS) {
      project.devices().forEach(d -> devices.add(d.id()));
    }
    for (String type :
        List.of(
            "aws_iot_thing",
            "aws_iot_certificate",
            "aws_iot_policy",
            "aws_iot_policy_attachment",
            "aws_iot_thing_principal_attachment")) {
      assertThat(part.keys(type)).as(part.name() + " " + type).isEqualTo(devices);
    }
    for (String device : devices) {
      Made policy = part.one("aws_iot_policy", device);
      String thing = part.one("aws_iot_thing", device).text("name");
      String at = "arn:aws:iot:" + AT;
      assertThat(Part.rights(policy.text("policy")))
          .containsExactlyInAnyOrder(
              new Right("iot:Connect", at + "client/" + thing, ""),
              new Right("iot:Publish", at + "topic/dt/mill/" + device + "/telemetry", ""),
              new Right("iot:Subscribe", at + "topicfilter/dt/mill/" + device + "/commands", ""),
              new Right("iot:Receive", at + "topic/dt/mill/" + device + "/commands", ""));
    }
    assertThat(part.all("aws_iot_topic_rule")).hasSize(devices.isEmpty() ? 0 : 1);
    part.all("aws_iot_topic_rule")
        .forEach(
            rule -> {
              assertThat(rule.text("name")).matches("[a-zA-Z0-9_]+");
              assertThat(rule.text("sql")).endsWith("FROM 'dt/mill/+/telemetry'");
              assertThat(rule.block("error_action")).isNotEqualTo(JsonObject.EMPTY);
            });
  }

  private void servicesAreThereWhereTheirLayerIs() {
    boolean view = project.placement().l5().filter(Provider.AWS::equals).isPresent();
    assertThat(part.all("aws_grafana_workspace")).hasSize(view ? 1 : 0);
    assertThat(part.all("aws_grafana_role_association")).hasSize(view ? 1 : 0);
    boolean alarms = project.features().integrateErrorHandling();
    assertThat(part.all("aws_cloudwatch_metric_alarm")).hasSize(alarms ? 1 : 0);
    assertThat(part.all("aws_sns_topic_subscription")).hasSize(alarms ? 1 : 0);
    boolean twin = project.placement().l4().filter(Provider.AWS::equals).isPresent();
    List<Made> roles =
        part.all("aws_iam_role_policy").stream().filter(p -> p.block().equals("twin")).toList();
    assertThat(roles).hasSize(twin ? 1 : 0);
    for (Made role : roles) {
      Set<String> callable = new TreeSet<>();
      for (Right right : Part.rights(role.text("policy"))) {
        if (right.operation().equals("lambda:InvokeFunction")) {
          callable.add(right.resource().replaceAll(".*:", ""));
        }
      }
      assertThat(callable)
          .isEqualTo(
              new TreeSet<>(
                  topology.twinReaders().stream().map(DeployedFunction::cloudName).toList()));
    }
    assertThat(part.all("aws_s3_object").stream().filter(o -> o.block().equals("scene")))
        .hasSize(twin && project.features().needs3DModel() ? 2 : 0);
  }
}
