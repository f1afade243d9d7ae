package io.twinloom.functions.telemetry;

import io.twinloom.functions.error.Refused;
import io.twinloom.json.JsonObject;

/** How large what crosses clouds may be, in bytes. */
public final class BodyLimits {

  /** A body as it is sent: what an AWS Function URL takes. */
  public static final int SENT = 6_291_456;

  /** A body's content, unpacked. */
  public static final int UNPACKED = 8_388_608;

  /** One event, after user code. */
  public static final int EVENT = 192 * 1024;

  /** What a device may send at once. */
  public static final int MESSAGE = 128 * 1024;

  private BodyLimits() {}

  /**
   * Checks an event that comes from outside or from user code. What the system itself adds on the
   * way does not count, so that an event which the first door took is taken by every later one.
   *
   * @throws Refused as too large, if it exceeds {@link #EVENT}; as bad, if it holds text that is no
   *     Unicode
   */
  public static void checkEvent(JsonObject event) {
    long size = JsonSize.without(SystemMembers.OF_ITEMS, event);
    if (size > EVENT) {
      throw Refused.tooLarge(
          "The event has " + size + " bytes; at most " + EVENT + " are accepted.",
          "Send less in one event.");
    }
  }

  /** What is answered to a body that exceeds {@link #SENT}. */
  public static String bodyTooLarge(long size) {
    return "The body has " + size + " bytes; at most " + SENT + " are accepted.";
  }
}
