package io.twinloom.functions.port;

import java.time.Instant;
import java.util.Optional;

/**
 * Which devices have sent anything to a cloud: what its functions note while the twin lets devices
 * in on several clouds. Every method may be called by any thread, and throws {@link StoreException}
 * where the store fails.
 */
public interface SeenDevices {

  /** Notes that a device sent something then, in the place of what was noted of it before. */
  void note(String device, Instant time);

  /** When a device last sent anything, as far as it was noted. */
  Optional<Instant> lastSeen(String device);
}
