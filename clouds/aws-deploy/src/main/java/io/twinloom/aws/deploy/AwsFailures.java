package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What AWS refuses, and what to do about it. AWS's own message is passed on only where it names
 * what is missing; it never holds a secret, but may be long.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">Common
 *     errors</a>
 */
final class AwsFailures {

  private static final Set<String> WRONG =
      Set.of(
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "SignatureDoesNotMatch",
          "AuthFailure",
          "InvalidAccessKeyId",
          "IncompleteSignature",
          "MissingAuthenticationToken");

  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired");

  private static final Set<String> DENIED =
      Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");

  private static final int MAX_MESSAGE = 400;

  private AwsFailures() {}

  /** Does something on AWS, and turns what it throws into what a user can fix. */
  static <T> T asking(String what, String where, Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      throw of(what, where, e);
    }
  }

  /**
   * @param what what could not be done, a sentence without a full stop
   */
  static TwinloomException of(String what, String where, SdkException e) {
    if (e instanceof AwsServiceException s && s.awsErrorDetails() != null) {
      return service(what, where, s);
    }
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("credentials")) {
      return new TwinloomException(
          DeployerError.CREDENTIALS_MISSING,
          "There are no credentials for AWS",
          CloudCredentials.FILE,
          "Log in ('aws sso login', 'aws configure'), set AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY, or write them into "
              + CloudCredentials.FILE
              + ".",
          e);
    }
    return new TwinloomException(
        DeployerError.CLOUD_UNREACHABLE,
        what + ": AWS does not answer",
        where,
        "See that this machine reaches the internet and that the region exists, and try again.",
        e);
  }

  private static TwinloomException service(String what, String where, AwsServiceException e) {
    String code = String.valueOf(e.awsErrorDetails().errorCode());
    if (WRONG.contains(code)) {
      return new TwinloomException(
          DeployerError.CREDENTIALS_WRONG,
          "AWS does not accept the credentials (" + code + ")",
          CloudCredentials.FILE,
          "See that key and secret belong together and are active, and that this machine's clock is"
              + " right.",
          e);
    }
    if (EXPIRED.contains(code)) {
      return new TwinloomException(
          DeployerError.CREDENTIALS_EXPIRED,
          "The credentials for AWS have expired",
          CloudCredentials.FILE,
          "Log in again ('aws sso login'), or renew aws_session_token.",
          e);
    }
    if (DENIED.contains(code)) {
      return new TwinloomException(
          DeployerError.CREDENTIALS_DENIED,
          what + ": " + message(e),
          where,
          "'twinloom check-credentials' lists the permissions that are missing.",
          e);
    }
    boolean throttled = e.isThrottlingException();
    return new TwinloomException(
        throttled ? DeployerError.CLOUD_THROTTLED : DeployerError.CLOUD_REFUSED,
        what + ": " + message(e),
        where,
        throttled
            ? "AWS is asked too often just now: try again in a minute."
            : "See what AWS says.",
        throttled || e.statusCode() >= 500,
        e);
  }

  private static String message(AwsServiceException e) {
    String message = String.valueOf(e.awsErrorDetails().errorMessage());
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + " ...";
  }
}
