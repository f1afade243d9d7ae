package io.twinloom.aws.deploy;

import java.util.Set;

/**
 * What an action can be limited to in a policy, by the names that a twin's things have.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
 *     Service authorization reference</a>
 */
enum PolicyScope {
  FUNCTIONS,
  /** What ties a function to its queue has an id that AWS makes. */
  EVENT_SOURCES,
  QUEUES,
  ROLES,
  /** Handing a role to a service, which is limited to the services too. */
  PASSED_ROLES,
  LOGS,
  BUCKETS,
  TABLES,
  THINGS,
  THING_POLICIES,
  TOPIC_RULES,
  /** Actions on certificates, and on what these are attached to. */
  DEVICES,
  SCHEDULES,
  WORKFLOWS,
  TOPICS,
  ALARMS,
  TWIN,
  /** Workspaces of Grafana have ids that AWS makes: the account's are all that can be said. */
  DASHBOARDS,
  GRAFANA_LINKED_ROLE,
  /** What AWS does not let limit, since it is not about a thing or the thing is not named yet. */
  ANYTHING;

  private static final Set<String> UNLIMITED =
      Set.of(
          "cloudwatch:DescribeAlarms",
          "cloudwatch:GetMetricData",
          "grafana:CreateWorkspace",
          "grafana:ListVersions",
          "iot:CreateKeysAndCertificate",
          "iot:DescribeEndpoint",
          "iot:ListAttachedPolicies",
          "iot:ListTargetsForPolicy",
          "iottwinmaker:CreateWorkspace",
          "lambda:CreateEventSourceMapping",
          "logs:DescribeLogGroups",
          "sns:GetSubscriptionAttributes",
          "sns:SetSubscriptionAttributes",
          "sns:Unsubscribe",
          "states:ValidateStateMachineDefinition");

  static PolicyScope of(String action) {
    if (UNLIMITED.contains(action)) {
      return ANYTHING;
    }
    return switch (action) {
      case "iam:PassRole" -> PASSED_ROLES;
      case "iam:CreateServiceLinkedRole" -> GRAFANA_LINKED_ROLE;
      case "lambda:DeleteEventSourceMapping",
          "lambda:GetEventSourceMapping",
          "lambda:UpdateEventSourceMapping" ->
          EVENT_SOURCES;
      default ->
          switch (action.substring(0, action.indexOf(':'))) {
            case "lambda" -> FUNCTIONS;
            case "iam" -> ROLES;
            case "logs" -> LOGS;
            case "s3" -> BUCKETS;
            case "dynamodb" -> TABLES;
            case "iot" -> ofIot(action);
            case "scheduler" -> SCHEDULES;
            case "states" -> WORKFLOWS;
            case "sns" -> TOPICS;
            case "sqs" -> QUEUES;
            case "cloudwatch" -> ALARMS;
            case "iottwinmaker" -> TWIN;
            case "grafana" -> DASHBOARDS;
            default -> ANYTHING;
          };
    };
  }

  private static PolicyScope ofIot(String action) {
    if (action.endsWith("TopicRule")) {
      return TOPIC_RULES;
    }
    if (action.matches("iot:(Create|Delete|Get|List)Policy\\w*")) {
      return THING_POLICIES;
    }
    return action.matches("iot:((Create|Delete|Describe|Update)Thing|ListThing\\w*)")
        ? THINGS
        : DEVICES;
  }
}
