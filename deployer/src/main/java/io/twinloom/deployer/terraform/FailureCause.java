package io.twinloom.deployer.terraform;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.error.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a cloud refuses, as far as its words tell; the first that fits counts. The words are those of
 * the services' error codes.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">AWS: common
 *     errors</a>
 */
enum FailureCause {
  EXPIRED(
      DeployerError.CREDENTIALS_EXPIRED,
      "ExpiredToken|token included in the request is expired|RequestExpired|SSO session has expired"
          + "|token has expired",
      "The credentials have expired: ",
      "Get new credentials (for AWS: sign in again, or renew aws_session_token) and deploy again; "
          + "what was made is kept.",
      true),
  NO_CREDENTIALS(
      DeployerError.CREDENTIALS_MISSING,
      "No valid credential sources|failed to refresh cached credentials|no EC2 IMDS role"
          + "|failed to retrieve credentials|no credentials",
      "There are no credentials: ",
      "Give them in the environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE) "
          + "or in config_credentials.json.",
      false),
  BAD_CREDENTIALS(
      DeployerError.CREDENTIALS_WRONG,
      "InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidAccessKeyId|AuthFailure"
          + "|IncompleteSignature",
      "The cloud does not accept the credentials: ",
      "See that key and secret belong together, are active, and have no blank at their ends.",
      false),
  THROTTLED(
      DeployerError.CLOUD_THROTTLED,
      "Throttl|Rate exceeded|TooManyRequests|RequestLimitExceeded|SlowDown|ServiceUnavailable",
      "The cloud takes no more calls for the moment: ",
      "Wait some minutes and deploy again; what was made is kept.",
      true),
  DENIED(
      DeployerError.CLOUD_DENIED,
      "AccessDenied|UnauthorizedOperation|is not authorized to perform|AuthorizationError"
          + "|NotAuthorized|explicit deny",
      "The credentials may not do this: ",
      "Grant it (check-credentials lists all that is needed, by layer) and deploy again.",
      false),
  NO_VIEW_ADMIN(
      DeployerError.VIEW_ADMIN_UNKNOWN,
      "IAM Identity Center|identitystore|IdentityStore",
      "Nobody can be let into the dashboards: ",
      "Switch IAM Identity Center on and make a user there whose name is admin_email of "
          + "config_user.json, or set layer_5_provider to none.",
      false),
  NAME_TAKEN(
      DeployerError.NAME_TAKEN,
      "AlreadyExists|AlreadyOwnedByYou|already exist|already owned|name taken|is already in use"
          + "|Table already|ResourceInUseException|BucketNotAvailable",
      "Something of that name is there already, and not of this deployment: ",
      "Name the twin otherwise (digital_twin_name), remove what has the name, or restore the state "
          + "that knows it.",
      false),
  QUOTA(
      DeployerError.CLOUD_QUOTA,
      "LimitExceeded|QuotaExceeded|TooManyBuckets|CodeStorageExceeded|TooManyEntities|quota"
          + "|exceeded the (maximum|limit)|ResourceLimit",
      "A quota of the account is reached: ",
      "Have it raised (AWS console, Service Quotas) or remove what is not needed, and deploy again;"
          + " what was made is kept.",
      true),
  REGION(
      DeployerError.CLOUD_REGION,
      "[Ii]nvalid AWS Region|InvalidRegion|not (supported|available) in (this|the) [Rr]egion"
          + "|OptInRequired|PermanentRedirect|AuthorizationHeaderMalformed|unknown region"
          + "|endpoint rule error|no such host",
      "The region is wrong, or lacks the service: ",
      "Set aws_region (or AWS_REGION) to a region of your account that has all services of the "
          + "layers there; docs/deploying-to-aws.md lists them.",
      false),
  LOCKED(
      DeployerError.STATE_LOCKED,
      "state lock|Lock Info|already locked|LockException",
      "Another deployment holds the state: ",
      "Wait until it has ended. If none runs any more, release it: terraform force-unlock with the "
          + "id that stands here, in .twinloom/cloud/terraform.",
      true),
  BACKEND(
      DeployerError.STATE_BACKEND,
      "[Bb]ackend (configuration|initialization|type)|Backend|NoSuchBucket|state snapshot",
      "The place of the state cannot be used: ",
      "See terraform_backend.json. Where the state is to move, run terraform init -migrate-state in"
          + " .twinloom/cloud/terraform.",
      false),
  PROVIDERS(
      DeployerError.TERRAFORM_PROVIDERS,
      "[Ff]ailed to (query available|install) provider|registry\\.|Could not (retrieve|connect)"
          + "|Inconsistent dependency lock",
      "Terraform cannot get its providers: ",
      "See that registry.terraform.io (or your mirror) can be reached, and deploy again.",
      true),
  NETWORK(
      DeployerError.CLOUD_UNREACHABLE,
      "dial tcp|connection (refused|reset)|TLS handshake|i/o timeout|context deadline exceeded",
      "The cloud cannot be reached: ",
      "See to the network (proxy, firewall, DNS) and deploy again; what was made is kept.",
      true),
  CYCLE(
      DeployerError.TERRAFORM_CYCLE,
      "^Cycle",
      "The HCL has a cycle, which is a defect of Twinloom: ",
      "Report it with config_providers.json.",
      false),
  OTHER(
      DeployerError.TERRAFORM_FAILED,
      "(?!)",
      "",
      "Fix what it says and deploy again; what was made is " + "kept.",
      false);

  private static final Pattern ACTION =
      Pattern.compile("not authorized to perform: ([\\w:-]+[\\w])");

  private final ErrorCode error;
  private final Pattern words;
  private final String what;
  private final String fix;
  private final boolean retryable;

  FailureCause(ErrorCode error, String words, String what, String fix, boolean retryable) {
    this.error = error;
    this.words = Pattern.compile(words);
    this.what = what;
    this.fix = fix;
    this.retryable = retryable;
  }

  static FailureCause of(Diagnostic diagnostic) {
    for (FailureCause cause : values()) {
      if (cause.words.matcher(diagnostic.text()).find()) {
        return cause;
      }
    }
    return OTHER;
  }

  ErrorCode error() {
    return error;
  }

  /** The beginning of what happened; the cloud's own words follow. */
  String what() {
    return what;
  }

  /** What to do about it; of a missing permission, which one. */
  String fix(String text) {
    Matcher action = ACTION.matcher(text);
    return this == DENIED && action.find() ? "Grant " + action.group(1) + ". " + fix : fix;
  }

  boolean isRetryable() {
    return retryable;
  }
}
