package io.twinloom.aws.deploy;

import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.FunctionSpec.Runs;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Permission.Action;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topic;
import io.twinloom.topology.Topology;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a deployment does on AWS, by the layer that needs it: all that Terraform's provider calls to
 * make, look at, change and remove the things of a twin, and what Twinloom itself calls.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
 *     Service authorization reference</a>
 */
final class NeededPermissions {

  private static final Set<String> FUNCTIONS =
      needed(
          List.of(
              "aws_cloudwatch_log_group",
              "aws_iam_role",
              "aws_iam_role_policy",
              "aws_lambda_function",
              "aws_lambda_function_event_invoke_config",
              "aws_lambda_permission"),
          "cloudwatch:GetMetricData",
          "lambda:InvokeFunction",
          "logs:FilterLogEvents");

  /** What is to be replayed is sent, and what no function could handle is taken out. */
  private static final Set<String> QUEUES =
      needed(
          List.of("aws_lambda_event_source_mapping", "aws_sqs_queue", "aws_sqs_queue_policy"),
          "sqs:DeleteMessage",
          "sqs:ReceiveMessage",
          "sqs:SendMessage");

  private static final Set<String> URLS = needed(List.of("aws_lambda_function_url"));

  private static final Set<String> BUCKETS =
      needed(
          List.of(
              "aws_s3_bucket",
              "aws_s3_bucket_lifecycle_configuration",
              "aws_s3_bucket_ownership_controls",
              "aws_s3_bucket_policy",
              "aws_s3_bucket_public_access_block",
              "aws_s3_bucket_server_side_encryption_configuration",
              "aws_s3_object"),
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:ListBucket");

  private static final Set<String> TABLES =
      needed(
          List.of("aws_dynamodb_table"),
          "dynamodb:BatchGetItem",
          "dynamodb:BatchWriteItem",
          "dynamodb:DeleteItem",
          "dynamodb:DescribeTable",
          "dynamodb:PutItem",
          "dynamodb:Query");

  private static final Set<String> DEVICES =
      needed(
          List.of(
              "aws_iam_role",
              "aws_iam_role_policy",
              "aws_iot_certificate",
              "aws_iot_endpoint",
              "aws_iot_policy",
              "aws_iot_policy_attachment",
              "aws_iot_thing",
              "aws_iot_thing_principal_attachment",
              "aws_iot_topic_rule",
              "aws_lambda_permission"));

  private static final Set<String> SCHEDULES =
      needed(List.of("aws_scheduler_schedule", "aws_scheduler_schedule_group"));

  private static final Set<String> WORKFLOWS =
      needed(
          List.of("aws_iam_role", "aws_iam_role_policy", "aws_sfn_state_machine"),
          "states:ListExecutions",
          "states:StartExecution");

  /** That an object is being restored is noted in a tag of it. */
  private static final Set<String> ARCHIVE =
      Set.of("s3:GetObjectTagging", "s3:PutObjectTagging", "s3:RestoreObject");

  /** Entities and component types have no resource: Twinloom makes and reads them itself. */
  private static final Set<String> TWIN =
      needed(
          List.of(
              "aws_iam_role",
              "aws_iam_role_policy",
              "aws_s3_bucket_cors_configuration",
              "awscc_iottwinmaker_scene",
              "awscc_iottwinmaker_workspace"),
          "iottwinmaker:CreateComponentType",
          "iottwinmaker:CreateEntity",
          "iottwinmaker:DeleteComponentType",
          "iottwinmaker:DeleteEntity",
          "iottwinmaker:GetComponentType",
          "iottwinmaker:GetEntity",
          "iottwinmaker:GetPropertyValue",
          "iottwinmaker:GetPropertyValueHistory",
          "iottwinmaker:ListComponentTypes",
          "iottwinmaker:ListEntities",
          "iottwinmaker:UpdateComponentType",
          "iottwinmaker:UpdateEntity");

  private static final Set<String> ALARMS =
      needed(
          List.of(
              "aws_cloudwatch_metric_alarm",
              "aws_s3_bucket_notification",
              "aws_sns_topic",
              "aws_sns_topic_policy",
              "aws_sns_topic_subscription"));

  /** Grafana is set up by a service account of the workspace, which Twinloom itself makes. */
  private static final Set<String> VIEW =
      needed(
          List.of(
              "aws_grafana_role_association",
              "aws_grafana_workspace",
              "aws_iam_role",
              "aws_iam_role_policy",
              "aws_identitystore_user",
              "aws_ssoadmin_instances"),
          "grafana:CreateWorkspaceServiceAccount",
          "grafana:CreateWorkspaceServiceAccountToken",
          "grafana:DeleteWorkspaceServiceAccount",
          "grafana:DeleteWorkspaceServiceAccountToken",
          "grafana:DescribeWorkspace",
          "grafana:DescribeWorkspaceConfiguration",
          "grafana:ListVersions",
          "grafana:ListWorkspaceServiceAccounts",
          "grafana:UpdateWorkspaceConfiguration");

  private NeededPermissions() {}

  /**
   * @param types what Terraform makes
   * @param own what Twinloom calls itself
   */
  private static Set<String> needed(List<String> types, String... own) {
    Set<String> actions = ProviderActions.of(types);
    actions.addAll(List.of(own));
    return actions;
  }

  /** All actions of a twin, whichever layer needs them. */
  static Set<String> all(Project project, Topology topology) {
    Set<String> all = new TreeSet<>();
    of(project, topology).values().forEach(all::addAll);
    return all;
  }

  /** By layer, in alphabetical order; layers that need nothing on AWS are left out. */
  static Map<Layer, List<String>> of(Project project, Topology topology) {
    Map<Layer, Set<String>> needed = new EnumMap<>(Layer.class);
    for (DeployedFunction function : topology.functions()) {
      if (function.cloud() == KnownClouds.AWS) {
        FunctionSpec spec = FunctionSpec.of(function.kind());
        Set<String> layer = all(needed, function.layer());
        layer.addAll(spec.runs() == Runs.WORKFLOW ? WORKFLOWS : FUNCTIONS);
        // The packages of the functions, and their dead letters.
        layer.addAll(BUCKETS);
        if (project.features().integrateErrorHandling()) {
          layer.addAll(ALARMS);
        }
        if (function.exposed()) {
          layer.addAll(URLS);
        }
        if (spec.queued()) {
          layer.addAll(QUEUES);
        }
        if (isScheduled(topology, function)) {
          layer.addAll(SCHEDULES);
        }
        if (spec.keepsState() || keepsQueueState(topology, function)) {
          layer.addAll(TABLES);
        }
      }
    }
    for (Topic topic : topology.topics()) {
      if (topic.cloud() == KnownClouds.AWS) {
        all(needed, Layer.L1).addAll(DEVICES);
      }
    }
    for (Store store : topology.stores()) {
      if (store.cloud() == KnownClouds.AWS) {
        switch (store.kind()) {
          case HOT -> all(needed, Layer.L3_HOT).addAll(TABLES);
          case COLD -> all(needed, Layer.L3_COLD).addAll(BUCKETS);
          case ARCHIVE -> {
            all(needed, Layer.L3_ARCHIVE).addAll(BUCKETS);
            all(needed, Layer.L3_ARCHIVE).addAll(ARCHIVE);
          }
          case TWIN_GRAPH -> {
            all(needed, Layer.L4).addAll(TWIN);
            all(needed, Layer.L4).addAll(BUCKETS);
          }
        }
      }
    }
    if (project.legs().carriers(Layer.L5, project.placement()).contains(KnownClouds.AWS)) {
      all(needed, Layer.L5).addAll(VIEW);
    }
    Map<Layer, List<String>> sorted = new EnumMap<>(Layer.class);
    needed.forEach((layer, actions) -> sorted.put(layer, List.copyOf(actions)));
    return sorted;
  }

  private static boolean keepsQueueState(Topology topology, DeployedFunction function) {
    return topology.permissions().stream()
        .anyMatch(p -> p.id().equals(function.id()) && p.action() == Action.KEEP_RUNS);
  }

  private static boolean isScheduled(Topology topology, DeployedFunction function) {
    return topology.schedules().stream().anyMatch(s -> s.id().equals(function.id()));
  }

  private static Set<String> all(Map<Layer, Set<String>> needed, Layer layer) {
    return needed.computeIfAbsent(layer, l -> new TreeSet<>());
  }
}
