package io.twinloom.aws.client;

import io.twinloom.model.error.NetworkFailure;
import software.amazon.awssdk.core.exception.SdkException;

/** Why no service answered a call of AWS's SDK. */
public final class SdkFailure {

  private SdkFailure() {}

  /** What failed on the network, else the kind of exception; nothing of its text. */
  public static String reason(SdkException e) {
    return NetworkFailure.known(e).orElseGet(() -> e.getClass().getSimpleName());
  }
}
