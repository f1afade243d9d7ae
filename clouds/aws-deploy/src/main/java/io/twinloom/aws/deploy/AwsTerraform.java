package io.twinloom.aws.deploy;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.FailureCause;
import io.twinloom.deployer.terraform.TerraformPart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What has to be known of {@code terraform/aws}. The words of failures are those of the services'
 * error codes.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">Common
 *     errors</a>
 */
final class AwsTerraform {

  private static final Pattern ACTION =
      Pattern.compile("not authorized to perform: ([\\w:-]+[\\w])");

  /**
   * How services say that a role cannot be taken, or has no rights, which a new one has not at
   * once: Lambda, its on-failure destinations, Step Functions, EventBridge Scheduler, IoT,
   * TwinMaker, and IAM where one role trusts another. Where the deployer itself may not take the
   * role of a profile, STS says so, and the words are the same.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency">
   *     Changes that I make are not always immediately visible</a>
   */
  private static final String ROLE_PENDING =
      "\\A(?s:(?!.*operation error STS:).*)(?:"
          + "role defined for the function cannot be assumed"
          + "|execution role does not have permissions to call"
          + "|authorized to assume the provided role"
          + "|Scheduler to assume the role"
          + "|(?:unable|not authorized) to perform: sts:AssumeRole"
          + "|(?i:unable to assume|could not assume|cannot assume|failed to assume)(?: the)?(?: \\w+)? role"
          + "|Invalid principal in policy)";

  private static final List<FailureCause> CAUSES =
      List.of(
          new FailureCause(
              DeployerError.CREDENTIALS_EXPIRED,
              "ExpiredToken|token included in the request is expired|RequestExpired|SSO session has expired"
                  + "|token has expired",
              "The credentials have expired: ",
              "Get new credentials (for AWS: sign in again, or renew aws_session_token) and deploy again; "
                  + "what was made is kept.",
              true),
          new FailureCause(
              DeployerError.CREDENTIALS_MISSING,
              "No valid credential sources|failed to refresh cached credentials|no EC2 IMDS role"
                  + "|failed to retrieve credentials|no credentials",
              "There are no credentials: ",
              "Give them in the environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE) "
                  + "or in config_credentials.json.",
              false),
          new FailureCause(
              DeployerError.CREDENTIALS_WRONG,
              "InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidAccessKeyId|AuthFailure"
                  + "|IncompleteSignature",
              "The cloud does not accept the credentials: ",
              "See that key and secret belong together, are active, and have no blank at their ends.",
              false),
          new FailureCause(
              DeployerError.CLOUD_THROTTLED,
              "Throttl|Rate exceeded|TooManyRequests|RequestLimitExceeded|SlowDown|ServiceUnavailable",
              "The cloud throttles calls: ",
              "Wait some minutes and deploy again; what was made is kept.",
              true),
          new FailureCause(
              DeployerError.CLOUD_ROLE_PENDING,
              ROLE_PENDING,
              "A service of AWS cannot take its new role: ",
              "Deploy again: what was made is kept. A new role is known everywhere after some seconds, for"
                  + " which Twinloom has waited; where it stays so, a service control policy or a"
                  + " permissions boundary keeps the service from it, not the credentials.",
              true),
          new FailureCause(
                  DeployerError.CLOUD_DENIED,
                  "AccessDenied|UnauthorizedOperation|is not authorized to perform|AuthorizationError"
                      + "|NotAuthorized|explicit deny",
                  "The credentials may not do this: ",
                  "Grant it (check-credentials lists all that is needed, by layer) and deploy again.",
                  false)
              .withPermission(ACTION),
          new FailureCause(
              DeployerError.VIEW_ADMIN_UNKNOWN,
              "IAM Identity Center|identitystore|IdentityStore",
              "Nobody can be let into the dashboards: ",
              "Switch IAM Identity Center on and make a user there whose name is admin_email of "
                  + "config_user.json, or set layer_5_provider to none.",
              false),
          new FailureCause(
              DeployerError.NAME_TAKEN,
              "AlreadyExists|AlreadyOwnedByYou|already exist|already owned|name taken|is already in use"
                  + "|Table already|ResourceInUseException|BucketNotAvailable",
              "Something of that name is there already, and not of this deployment: ",
              "Name the twin otherwise (digital_twin_name), remove what has the name, or restore the state "
                  + "that knows it.",
              false),
          new FailureCause(
              DeployerError.CLOUD_QUOTA,
              "LimitExceeded|QuotaExceeded|TooManyBuckets|CodeStorageExceeded|TooManyEntities|quota"
                  + "|exceeded the (maximum|limit)|ResourceLimit",
              "A quota of the account is reached: ",
              "Have it raised (AWS console, Service Quotas) or remove what is not needed, and deploy again;"
                  + " what was made is kept.",
              true),
          new FailureCause(
              DeployerError.CLOUD_REGION,
              "[Ii]nvalid AWS Region|InvalidRegion|not (supported|available) in (this|the) [Rr]egion"
                  + "|OptInRequired|PermanentRedirect|AuthorizationHeaderMalformed|unknown region"
                  + "|endpoint rule error|no such host",
              "The region is wrong, or lacks the service: ",
              "Set aws_region (or AWS_REGION) to a region of your account that has all services of the "
                  + "layers there; docs/deploying-to-aws.md lists them.",
              false));

  static final TerraformPart PART =
      new TerraformPart(
          Set.of("aws_dynamodb_table", "aws_s3_bucket"),
          Map.ofEntries(
              Map.entry("aws_lambda_function", "function"),
              Map.entry("aws_dynamodb_table", "table"),
              Map.entry("aws_s3_bucket", "bucket"),
              Map.entry("aws_sqs_queue", "queue"),
              Map.entry("aws_iot_topic_rule", "topic rule"),
              Map.entry("aws_sfn_state_machine", "workflow"),
              Map.entry("awscc_iottwinmaker_workspace", "TwinMaker workspace"),
              Map.entry("awscc_iottwinmaker_scene", "TwinMaker scene"),
              Map.entry("aws_grafana_workspace", "Grafana workspace"),
              Map.entry("aws_cloudwatch_metric_alarm", "alarm")),
          Set.of("aws_s3_object"),
          CAUSES);

  private AwsTerraform() {}
}
