package io.twinloom.deployer.terraform;

import static io.twinloom.deployer.terraform.AwsRules.ACCOUNT;
import static io.twinloom.deployer.terraform.AwsRules.AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.terraform.Part.Made;
import io.twinloom.deployer.terraform.Part.Right;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What holds of everything beside functions and roles: what is open, kept, and there at all. */
final class AwsThings {

  private final AwsRules twin;
  private final Project project;
  private final Topology topology;
  private final Part part;

  private AwsThings(AwsRules twin) {
    this.twin = twin;
    this.project = twin.project;
    this.topology = twin.topology;
    this.part = twin.part;
  }

  /** Checks all of it. */
  static void check(AwsRules twin) {
    AwsThings things = new AwsThings(twin);
    things.endpointsHaveBothPermissionsAndNothingElseIsOpen();
    things.bucketsArePrivate();
    things.storesKeepWhatTheyGot();
    things.devicesReachTheirOwnOnly();
    things.servicesAreThereWhereTheirLayerIs();
    things.functionsThatAreHandedEventsHaveAQueue();
  }

  private void endpointsHaveBothPermissionsAndNothingElseIsOpen() {
    Set<String> exposed = new TreeSet<>();
    twin.lambdas().stream().filter(DeployedFunction::exposed).forEach(f -> exposed.add(f.name()));
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
        default -> throw new AssertionError(permission.block());
      }
    }
    assertThat(byUrl).isEqualTo(exposed);
    assertThat(throughUrl).isEqualTo(exposed);
  }

  private void bucketsArePrivate() {
    Set<String> wanted = new TreeSet<>(List.of("deployment", "dead-letters"));
    for (Store store : topology.stores()) {
      if (store.cloud() == KnownClouds.AWS && store.kind() != Store.Kind.HOT) {
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
    boolean hotIsHere = project.placement().l3Hot() == KnownClouds.AWS;
    assertThat(part.all("aws_dynamodb_table").stream().anyMatch(t -> t.block().equals("hot")))
        .isEqualTo(hotIsHere);
  }

  private void functionsThatAreHandedEventsHaveAQueue() {
    Set<String> queued = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (DeployedFunction f : twin.lambdas()) {
      if (twin.isQueued(f.name())) {
        queued.add(f.name());
        names.add(f.cloudName());
        Made queue = part.one("aws_sqs_queue", f.name());
        assertThat(queue.text("name")).isEqualTo(f.cloudName());
        int timeout = FunctionSpec.of(f.kind()).size().timeoutSeconds();
        assertThat(queue.values().get("visibility_timeout_seconds")).hasToString("" + 6 * timeout);
        assertThat(queue.text("redrive_policy"))
            .isEqualTo(
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:"
                    + AT
                    + "mill-dead-letters\",\"maxReceiveCount\":"
                    + Math.max(20, (21_600 + 6 * timeout - 1) / (6 * timeout))
                    + "}");
        Made mapping = part.one("aws_lambda_event_source_mapping", f.name());
        assertThat(mapping.text("event_source_arn")).isEqualTo("arn:aws:sqs:" + AT + f.cloudName());
        assertThat(mapping.text("function_name")).isEqualTo(f.cloudName());
        assertThat(mapping.values().get("function_response_types"))
            .hasToString("[\"ReportBatchItemFailures\"]");
        // Lambda wants to wait where it hands out more than ten messages.
        boolean first = f.kind() == FunctionKind.DISPATCHER;
        assertThat(mapping.values().get("batch_size")).hasToString(first ? "100" : "10");
        assertThat(mapping.values().get("maximum_batching_window_in_seconds"))
            .hasToString(first ? "1" : "0");
      }
    }
    assertThat(part.keys("aws_lambda_event_source_mapping")).isEqualTo(queued);
    if (!names.isEmpty()) {
      names.add("mill-dead-letters");
      queued.add("");
    }
    assertThat(part.keys("aws_sqs_queue")).isEqualTo(queued);
    for (Made queue : part.all("aws_sqs_queue")) {
      assertThat(queue.values().get("sqs_managed_sse_enabled")).isEqualTo(JsonBoolean.TRUE);
      assertThat(queue.values().get("message_retention_seconds")).hasToString("1209600");
    }
    assertThat(part.keys("aws_sqs_queue_policy")).isEqualTo(names);
    for (Made policy : part.all("aws_sqs_queue_policy")) {
      assertThat(policy.text("policy"))
          .contains("\"Effect\":\"Deny\"", "\"aws:SecureTransport\":\"false\"")
          .doesNotContain("Allow");
    }
  }

  private void devicesReachTheirOwnOnly() {
    Set<String> devices = new TreeSet<>();
    if (project.placement().l1() == KnownClouds.AWS) {
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
              assertThat(rule.block("sqs").get("use_base64")).isEqualTo(JsonBoolean.FALSE);
              assertThat(rule.block("lambda")).isEqualTo(JsonObject.EMPTY);
            });
  }

  private void servicesAreThereWhereTheirLayerIs() {
    boolean view = project.placement().l5().filter(KnownClouds.AWS::equals).isPresent();
    assertThat(part.all("aws_grafana_workspace")).hasSize(view ? 1 : 0);
    assertThat(part.all("aws_grafana_role_association")).hasSize(view ? 1 : 0);
    boolean both = view && project.placement().l4().filter(KnownClouds.AWS::equals).isPresent();
    List<Made> cors = part.all("aws_s3_bucket_cors_configuration");
    assertThat(cors).as("the scene's files are loaded by dashboards").hasSize(both ? 1 : 0);
    for (Made rules : cors) {
      assertThat(rules.block("cors_rule").get("allowed_methods")).hasToString("[\"GET\"]");
      // The workspace's address is known once it was made.
      assertThat(String.valueOf(rules.block("cors_rule").get("allowed_origins")))
          .doesNotContain("*");
    }
    boolean alarms = project.features().integrateErrorHandling();
    boolean queues = !part.all("aws_sqs_queue").isEmpty();
    int movers = project.placement().l3Hot() == KnownClouds.AWS ? 1 : 0;
    assertThat(part.all("aws_cloudwatch_metric_alarm"))
        .hasSize(alarms ? (queues ? 2 : 1) + movers : 0);
    assertThat(part.all("aws_sns_topic_subscription")).hasSize(alarms ? 1 : 0);
    for (Made topic : part.all("aws_sns_topic_policy")) {
      // Known only when the topic was made.
      if (!topic.text("policy").isEmpty()) {
        assertThat(topic.text("policy"))
            .contains("\"aws:SourceAccount\":\"" + ACCOUNT + "\"")
            .containsPattern("\"Service\":\"(s3|cloudwatch).amazonaws.com\"");
      }
    }
    boolean twin = project.placement().l4().filter(KnownClouds.AWS::equals).isPresent();
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
                  topology.twinReaders(KnownClouds.AWS).stream()
                      .map(DeployedFunction::cloudName)
                      .toList()));
    }
    assertThat(part.all("aws_s3_object").stream().filter(o -> o.block().equals("scene")))
        .hasSize(twin && project.features().needs3DModel() ? 2 : 0);
  }
}
