package io.twinloom.aws.invoke;

import io.twinloom.aws.client.SdkFailure;
import io.twinloom.functions.port.InvocationException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why a service did not do what it was asked, without its own text. */
final class Unanswered {

  private Unanswered() {}

  /**
   * What a function that was not invoked fails with: it is invoked again later where the service is
   * the reason. What the service refuses counts as an attempt, since it may be refused for good.
   *
   * @param what as the beginning of a sentence, such as {@code Lambda did not take the event}
   */
  static InvocationException failure(String what, String function, SdkException e) {
    String text = what + ": " + why(e);
    return SdkFailure.isOfService(e)
        ? InvocationException.unavailable(
            text,
            function,
            "The event is tried again by itself; see the cause in the log if this lasts.",
            e)
        : InvocationException.failed(
            text,
            function,
            "See that the function may be invoked by this twin's functions, and deploy again; then"
                + " replay the dead letter.",
            e);
  }

  static String why(SdkException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      return service.awsErrorDetails().errorCode() + " (status " + service.statusCode() + ")";
    }
    return SdkFailure.reason(e);
  }
}
