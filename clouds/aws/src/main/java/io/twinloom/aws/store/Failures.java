package io.twinloom.aws.store;

import io.twinloom.aws.client.SdkFailure;
import io.twinloom.functions.port.StoreException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the SDK fails with, as what a port fails with: without the service's own text. */
final class Failures {

  private Failures() {}

  /**
   * A store that did not do what it was asked.
   *
   * @param what as the beginning of a sentence, such as {@code The item was not written}
   * @param where the table, or the bucket and key
   */
  static StoreException of(String what, String where, SdkException e) {
    String text = what + ": " + why(e);
    return SdkFailure.isOfService(e)
        ? StoreException.unavailable(text, where, e)
        : new StoreException(text, where, e);
  }

  /** Whether the service throttles. */
  static boolean isThrottling(SdkException e) {
    return e instanceof AwsServiceException service && service.isThrottlingException();
  }

  private static String why(SdkException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      return service.awsErrorDetails().errorCode()
          + " (status "
          + service.statusCode()
          + ", request "
          + service.requestId()
          + ")";
    }
    return SdkFailure.reason(e);
  }
}
