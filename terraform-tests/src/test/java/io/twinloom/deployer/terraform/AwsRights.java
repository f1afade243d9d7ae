package io.twinloom.deployer.terraform;

import static io.twinloom.deployer.terraform.AwsRules.ACCOUNT;
import static io.twinloom.deployer.terraform.AwsRules.AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.terraform.Part.Made;
import io.twinloom.deployer.terraform.Part.Right;
import io.twinloom.json.JsonArray;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.FunctionSpec.Runs;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What each role may do: the topology's permissions, what every function may, and nothing else. */
final class AwsRights {

  /** What Managed Grafana asks CloudWatch for. */
  private static final List<String> METRICS =
      List.of("cloudwatch:GetMetricData", "cloudwatch:ListMetrics");

  /** Operations that AWS knows no resource of. */
  private static final Set<String> OF_NO_RESOURCE =
      Set.of("iottwinmaker:ListWorkspaces", METRICS.get(0), METRICS.get(1));

  /**
   * Every wildcard in a resource that a role names, and why it is there.
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

  private final AwsRules twin;
  private final Part part;

  private AwsRights(AwsRules twin) {
    this.twin = twin;
    this.part = twin.part;
  }

  /** Checks all of it. */
  static void check(AwsRules twin) {
    AwsRights rights = new AwsRights(twin);
    rights.rightsAreThoseOfTheTopology();
    rights.noWildcardWithoutReason();
    rights.rolesAreTakenByTheirServiceOnly();
    rights.dashboardsReadAsARoleThatTheyAloneTake();
  }

  private void rightsAreThoseOfTheTopology() {
    Map<String, List<Right>> roles = new TreeMap<>();
    for (DeployedFunction f : twin.lambdas()) {
      List<Right> rights = new ArrayList<>();
      String dead = "arn:aws:s3:::mill-dead-letters-" + twin.suffix;
      String log = "arn:aws:logs:" + AT + "log-group:/aws/lambda/" + f.cloudName();
      rights.add(new Right("logs:CreateLogStream", log + ":log-stream:*", ""));
      rights.add(new Right("logs:PutLogEvents", log + ":log-stream:*", ""));
      if (FunctionSpec.of(f.kind()).runs() != Runs.USER_CODE) {
        rights.add(new Right("s3:PutObject", dead + "/dead-letters/" + f.cloudName() + "/*", ""));
      }
      if (AwsRules.isAsynchronous(f)) {
        String records = dead + "/aws/lambda/async/" + f.cloudName() + "/*";
        rights.add(new Right("s3:PutObject", records, ""));
        rights.add(new Right("s3:ListBucket", dead, ""));
      }
      if (FunctionSpec.of(f.kind()).queued()) {
        String own = queue(f.cloudName());
        for (String operation : List.of("DeleteMessage", "GetQueueAttributes", "ReceiveMessage")) {
          rights.add(new Right("sqs:" + operation, own, ""));
        }
        rights.add(new Right("sqs:SendMessage", own, ""));
      }
      twin.permissions(f).forEach(p -> rights.addAll(meant(p)));
      roles.put(f.name(), rights);
    }
    for (DeployedFunction f : twin.workflows()) {
      List<Right> rights = new ArrayList<>();
      rights.add(
          new Right(
              "s3:PutObject",
              "arn:aws:s3:::mill-dead-letters-"
                  + twin.suffix
                  + "/dead-letters/"
                  + f.cloudName()
                  + "/*",
              ""));
      twin.permissions(f).forEach(p -> rights.addAll(meant(p)));
      roles.put(f.name(), rights);
    }
    for (Made policy : blocks("aws_iam_role_policy", "rule")) {
      assertThat(Part.rights(policy.text("policy")))
          .containsExactlyInAnyOrder(
              new Right("sqs:SendMessage", queue("mill-dispatcher"), ""),
              new Right(
                  "s3:PutObject",
                  "arn:aws:s3:::mill-dead-letters-" + twin.suffix + "/iot-rule/*",
                  ""));
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
        assertThat(policy.block()).isIn("rule", "scheduler", "twin", "view", "dashboard");
      }
    }
    assertThat(given).isEqualTo(roles.keySet());
  }

  private void noWildcardWithoutReason() {
    for (Made policy : part.all("aws_iam_role_policy")) {
      for (Right right : Part.rights(policy.text("policy"))) {
        assertThat(right.operation().matches("[a-z0-9-]+:[A-Za-z]+"))
            .as(policy.key() + " may " + right)
            .isNotEqualTo(isDocumentedByPattern(policy, right));
        assertThat(
                !right.resource().contains("*")
                    || WILDCARDS.keySet().stream().anyMatch(right.resource()::matches))
            .as(policy.key() + " may " + right)
            .isTrue();
        assertThat(right.resource().equals("*"))
            .isEqualTo(OF_NO_RESOURCE.contains(right.operation()));
      }
    }
  }

  /**
   * The one operation with a wildcard: what TwinMaker asks of its own bucket AWS documents no
   * otherwise.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/guide/twinmaker-gs-service-role.html">
   *     Create and manage a service role for AWS IoT TwinMaker</a>
   */
  private static boolean isDocumentedByPattern(Made policy, Right right) {
    return policy.block().equals("twin")
        && right.operation().equals("s3:GetBucket*")
        && !right.resource().contains("*");
  }

  /**
   * What reads the twin for dashboards is taken by their role, which beside that may read metrics
   * alone.
   */
  private void dashboardsReadAsARoleThatTheyAloneTake() {
    boolean both =
        !part.all("aws_grafana_workspace").isEmpty() && !blocks("aws_iam_role", "twin").isEmpty();
    List<Made> readers = blocks("aws_iam_role", "dashboard");
    assertThat(readers).hasSize(both ? 1 : 0);
    assertThat(blocks("aws_iam_role_policy", "dashboard")).hasSize(both ? 1 : 0);
    if (both) {
      String role = "arn:aws:iam::" + ACCOUNT + ":role/mill.";
      assertThat(readers.getFirst().text("assume_role_policy"))
          .contains("\"Principal\":{\"AWS\":\"" + role + "view\"}")
          .contains("\"Action\":\"sts:AssumeRole\"");
    }
    for (Made taking : blocks("aws_iam_role_policy", "view")) {
      List<Right> rights = new ArrayList<>();
      METRICS.forEach(operation -> rights.add(new Right(operation, "*", "")));
      if (both) {
        rights.add(
            new Right("sts:AssumeRole", "arn:aws:iam::" + ACCOUNT + ":role/mill.dashboard", ""));
      }
      assertThat(Part.rights(taking.text("policy"))).containsExactlyInAnyOrderElementsOf(rights);
    }
    assertThat(blocks("aws_iam_role_policy", "view"))
        .hasSameSizeAs(part.all("aws_grafana_workspace"));
  }

  private List<Made> blocks(String type, String block) {
    return part.all(type).stream().filter(made -> made.block().equals(block)).toList();
  }

  private void rolesAreTakenByTheirServiceOnly() {
    for (Made role : part.all("aws_iam_role")) {
      if (role.block().equals("dashboard")) {
        continue;
      }
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

  /** What a permission is on AWS. */
  private List<Right> meant(Permission p) {
    String function =
        twin.topology.function(p.target()).map(DeployedFunction::cloudName).orElse(p.target());
    String place =
        twin.topology.stores().stream()
            .filter(s -> s.name().equals(p.target()))
            .map(twin::store)
            .findFirst()
            .orElse("");
    String table = "arn:aws:dynamodb:" + AT + "table/" + place;
    String bucket = "arn:aws:s3:::" + place;
    return switch (p.action()) {
      case INVOKE ->
          List.of(
              twin.isQueued(p.target())
                  ? new Right("sqs:SendMessage", queue(function), "")
                  : new Right(
                      "lambda:InvokeFunction",
                      "arn:aws:lambda:" + AT + "function:" + function,
                      ""));
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
      case RESTORE_OBJECTS ->
          List.of(
              new Right("s3:PutObjectTagging", bucket + "/*", ""),
              new Right("s3:RestoreObject", bucket + "/*", ""));
      case SEND_COMMANDS ->
          List.of(new Right("iot:Publish", "arn:aws:iot:" + AT + "topic/dt/mill/*/commands", ""));
      case KEEP_PLANS -> state("plan#*", "GetItem", "Query", "PutItem", "DeleteItem");
      case KEEP_ANSWERS -> state("answer#*", "GetItem", "PutItem");
      case KEEP_CIRCUITS -> state("circuit#*", "GetItem", "PutItem", "DeleteItem");
      case KEEP_RUNS -> state("run#*", "GetItem", "PutItem", "DeleteItem");
      case NOTE_DEVICES -> state("seen#*", "PutItem");
      case FIND_DEVICES -> state("seen#*", "GetItem");
      case READ_GRAPH, WRITE_GRAPH -> throw new AssertionError("TwinMaker is not pushed to");
    };
  }

  private static String queue(String name) {
    return "arn:aws:sqs:" + AT + name;
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
}
