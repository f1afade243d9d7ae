package io.twinloom.aws.client;

import io.twinloom.model.error.NetworkFailure;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why no service answered a call of AWS's SDK. */
public final class SdkFailure {

  /** A time that is over, a conflict with another operation, too many requests. */
  private static final Set<Integer> BUSY = Set.of(408, 409, 429);

  private SdkFailure() {}

  /**
   * Whether the service is the reason, and not what it was asked: it throttles, fails, is at
   * something else with the same thing, or does not answer.
   */
  public static boolean isOfService(SdkException e) {
    return !(e instanceof AwsServiceException service)
        || service.isThrottlingException()
        || BUSY.contains(service.statusCode())
        || service.statusCode() >= 500;
  }

  /** What failed on the network, else the kind of exception; nothing of its text. */
  public static String reason(SdkException e) {
    return NetworkFailure.known(e).orElseGet(() -> e.getClass().getSimpleName());
  }
}
