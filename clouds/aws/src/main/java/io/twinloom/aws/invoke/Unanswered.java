package io.twinloom.aws.invoke;

import io.twinloom.aws.client.SdkFailure;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why a service did not do what it was asked, without its own text. */
final class Unanswered {

  private Unanswered() {}

  static String why(SdkException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      return service.awsErrorDetails().errorCode() + " (status " + service.statusCode() + ")";
    }
    return SdkFailure.reason(e);
  }
}
