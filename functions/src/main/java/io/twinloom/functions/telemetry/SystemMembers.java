package io.twinloom.functions.telemetry;

import io.twinloom.model.VerifyMark;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The members of an event or item that belong to the system, not to the device. */
public final class SystemMembers {

  /** All that a stored item may have besides its measurements. */
  public static final Set<String> OF_ITEMS =
      Set.of(
          "id", Normalizer.DEVICE_ID, Normalizer.TIMESTAMP, Envelope.EVENT_ID, VerifyMark.MEMBER);

  /** Those of a device's own message that the store needs, with the names that they are kept by. */
  public static final Map<String, String> RENAMED =
      Map.of("id", "source_id", Envelope.EVENT_ID, "source_event_id");

  /** Those that user code cannot change. */
  public static final List<String> KEPT_FROM_USER_CODE =
      List.of(
          "id", Normalizer.DEVICE_ID, Normalizer.TIMESTAMP, Envelope.EVENT_ID, VerifyMark.MEMBER);

  private SystemMembers() {}
}
