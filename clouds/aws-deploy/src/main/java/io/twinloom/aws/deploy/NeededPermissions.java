package io.twinloom.aws.deploy;

import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.FunctionSpec.Runs;
import io.twinloom.topology.DeployedFunction;
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

  private static final List<String> FUNCTIONS =
      List.of(
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:DeleteRolePolicy",
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:ListAttachedRolePolicies",
          "iam:ListInstanceProfilesForRole",
          "iam:ListRolePolicies",
          "iam:PassRole",
          "iam:PutRolePolicy",
          "iam:TagRole",
          "lambda:AddPermission",
          "lambda:CreateFunction",
          "lambda:DeleteFunction",
          "lambda:DeleteFunctionEventInvokeConfig",
          "lambda:GetFunction",
          "lambda:GetFunctionCodeSigningConfig",
          "lambda:GetFunctionConfiguration",
          "lambda:GetFunctionEventInvokeConfig",
          "lambda:GetPolicy",
          "lambda:InvokeFunction",
          "lambda:ListVersionsByFunction",
          "lambda:PutFunctionEventInvokeConfig",
          "lambda:RemovePermission",
          "lambda:TagResource",
          "lambda:UpdateFunctionCode",
          "lambda:UpdateFunctionConfiguration",
          "logs:CreateLogGroup",
          "logs:DeleteLogGroup",
          "logs:DescribeLogGroups",
          "logs:FilterLogEvents",
          "logs:ListTagsForResource",
          "logs:PutRetentionPolicy",
          "logs:TagResource",
          "cloudwatch:GetMetricData");

  private static final List<String> URLS =
      List.of(
          "lambda:CreateFunctionUrlConfig",
          "lambda:DeleteFunctionUrlConfig",
          "lambda:GetFunctionUrlConfig",
          "lambda:UpdateFunctionUrlConfig");

  private static final List<String> BUCKETS =
      List.of(
          "s3:CreateBucket",
          "s3:DeleteBucket",
          "s3:DeleteBucketPolicy",
          "s3:DeleteObject",
          "s3:DeleteObjectVersion",
          "s3:GetBucketAcl",
          "s3:GetBucketCORS",
          "s3:GetBucketLogging",
          "s3:GetBucketNotification",
          "s3:GetBucketObjectLockConfiguration",
          "s3:GetBucketOwnershipControls",
          "s3:GetBucketPolicy",
          "s3:GetBucketPublicAccessBlock",
          "s3:GetBucketRequestPayment",
          "s3:GetBucketTagging",
          "s3:GetBucketVersioning",
          "s3:GetBucketWebsite",
          "s3:GetAccelerateConfiguration",
          "s3:GetEncryptionConfiguration",
          "s3:GetLifecycleConfiguration",
          "s3:GetObject",
          "s3:GetObjectTagging",
          "s3:GetReplicationConfiguration",
          "s3:ListBucket",
          "s3:ListBucketVersions",
          "s3:PutBucketOwnershipControls",
          "s3:PutBucketPolicy",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutBucketTagging",
          "s3:PutBucketVersioning",
          "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration",
          "s3:PutObject");

  private static final List<String> TABLES =
      List.of(
          "dynamodb:CreateTable",
          "dynamodb:DeleteItem",
          "dynamodb:DeleteTable",
          "dynamodb:DescribeContinuousBackups",
          "dynamodb:DescribeTable",
          "dynamodb:DescribeTimeToLive",
          "dynamodb:ListTagsOfResource",
          "dynamodb:Query",
          "dynamodb:TagResource",
          "dynamodb:UpdateContinuousBackups",
          "dynamodb:UpdateTable",
          "dynamodb:UpdateTimeToLive");

  private static final List<String> DEVICES =
      List.of(
          "iot:AttachPolicy",
          "iot:AttachThingPrincipal",
          "iot:CreateKeysAndCertificate",
          "iot:CreatePolicy",
          "iot:CreatePolicyVersion",
          "iot:CreateThing",
          "iot:CreateTopicRule",
          "iot:DeleteCertificate",
          "iot:DeletePolicy",
          "iot:DeletePolicyVersion",
          "iot:DeleteThing",
          "iot:DeleteTopicRule",
          "iot:DescribeCertificate",
          "iot:DescribeEndpoint",
          "iot:DescribeThing",
          "iot:DetachPolicy",
          "iot:DetachThingPrincipal",
          "iot:GetPolicy",
          "iot:GetTopicRule",
          "iot:ListAttachedPolicies",
          "iot:ListPolicyVersions",
          "iot:ListTagsForResource",
          "iot:ListTargetsForPolicy",
          "iot:ListThingPrincipals",
          "iot:ReplaceTopicRule",
          "iot:TagResource",
          "iot:UpdateCertificate");

  private static final List<String> SCHEDULES =
      List.of(
          "scheduler:CreateSchedule",
          "scheduler:CreateScheduleGroup",
          "scheduler:DeleteSchedule",
          "scheduler:DeleteScheduleGroup",
          "scheduler:GetSchedule",
          "scheduler:GetScheduleGroup",
          "scheduler:ListTagsForResource",
          "scheduler:TagResource",
          "scheduler:UpdateSchedule");

  private static final List<String> WORKFLOWS =
      List.of(
          "states:CreateStateMachine",
          "states:DeleteStateMachine",
          "states:DescribeStateMachine",
          "states:ListStateMachineVersions",
          "states:ListTagsForResource",
          "states:TagResource",
          "states:UpdateStateMachine",
          "states:ValidateStateMachineDefinition");

  private static final List<String> ARCHIVE = List.of("s3:RestoreObject");

  private static final List<String> TWIN =
      List.of(
          "cloudformation:CreateResource",
          "cloudformation:DeleteResource",
          "cloudformation:GetResource",
          "cloudformation:GetResourceRequestStatus",
          "cloudformation:UpdateResource",
          "iottwinmaker:CreateComponentType",
          "iottwinmaker:CreateEntity",
          "iottwinmaker:CreateScene",
          "iottwinmaker:CreateWorkspace",
          "iottwinmaker:DeleteComponentType",
          "iottwinmaker:DeleteEntity",
          "iottwinmaker:DeleteScene",
          "iottwinmaker:DeleteWorkspace",
          "iottwinmaker:GetComponentType",
          "iottwinmaker:GetEntity",
          "iottwinmaker:GetPropertyValue",
          "iottwinmaker:GetPropertyValueHistory",
          "iottwinmaker:GetScene",
          "iottwinmaker:GetWorkspace",
          "iottwinmaker:ListComponentTypes",
          "iottwinmaker:ListEntities",
          "iottwinmaker:ListTagsForResource",
          "iottwinmaker:TagResource",
          "iottwinmaker:UpdateComponentType",
          "iottwinmaker:UpdateEntity",
          "iottwinmaker:UpdateScene",
          "iottwinmaker:UpdateWorkspace");

  private static final List<String> ALARMS =
      List.of(
          "cloudwatch:DeleteAlarms",
          "cloudwatch:DescribeAlarms",
          "cloudwatch:ListTagsForResource",
          "cloudwatch:PutMetricAlarm",
          "cloudwatch:TagResource",
          "s3:PutBucketNotification",
          "sns:CreateTopic",
          "sns:DeleteTopic",
          "sns:GetSubscriptionAttributes",
          "sns:GetTopicAttributes",
          "sns:ListTagsForResource",
          "sns:SetTopicAttributes",
          "sns:Subscribe",
          "sns:TagResource",
          "sns:Unsubscribe");

  private static final List<String> VIEW =
      List.of(
          "grafana:AssociateLicense",
          "grafana:CreateWorkspace",
          "grafana:DeleteWorkspace",
          "grafana:DescribeWorkspace",
          "grafana:DescribeWorkspaceAuthentication",
          "grafana:DescribeWorkspaceConfiguration",
          "grafana:ListPermissions",
          "grafana:ListTagsForResource",
          "grafana:TagResource",
          "grafana:UpdatePermissions",
          "grafana:UpdateWorkspace",
          "grafana:UpdateWorkspaceAuthentication",
          "grafana:UpdateWorkspaceConfiguration",
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:DeleteRolePolicy",
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:PassRole",
          "iam:PutRolePolicy",
          "identitystore:DescribeUser",
          "identitystore:GetUserId",
          "sso:CreateManagedApplicationInstance",
          "sso:DeleteManagedApplicationInstance",
          "sso:DescribeRegisteredRegions",
          "sso:ListInstances");

  private NeededPermissions() {}

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
        if (isScheduled(topology, function)) {
          layer.addAll(SCHEDULES);
        }
        if (spec.keepsState()) {
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
    if (project.placement().l5().filter(l5 -> l5 == KnownClouds.AWS).isPresent()) {
      all(needed, Layer.L5).addAll(VIEW);
    }
    Map<Layer, List<String>> sorted = new EnumMap<>(Layer.class);
    needed.forEach((layer, actions) -> sorted.put(layer, List.copyOf(actions)));
    return sorted;
  }

  private static boolean isScheduled(Topology topology, DeployedFunction function) {
    return topology.schedules().stream().anyMatch(s -> s.function().equals(function.name()));
  }

  private static Set<String> all(Map<Layer, Set<String>> needed, Layer layer) {
    return needed.computeIfAbsent(layer, l -> new TreeSet<>());
  }
}
