package io.twinloom.functions.iot;

import io.twinloom.functions.port.SeenDevices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of whether a device uses this cloud, while the twin lets devices in on several.
 * Safe for threads.
 */
public final class DeviceSightings {

  /** A process notes a device again after this. */
  static final Duration NOTED_EVERY = Duration.ofHours(1);

  /** A device that was seen within this is here still; one that was not may have gone back. */
  static final Duration FRESH = Duration.ofDays(1);

  /** On which side of the twin's clouds a device is. */
  public enum Place {
    /** It uses this cloud. */
    HERE,
    /** It has never used this cloud. */
    ELSEWHERE,
    /** It used this cloud a while ago. */
    UNKNOWN
  }

  private final SeenDevices seen;
  private final InstantSource clock;
  private final Map<String, Instant> noted = new ConcurrentHashMap<>();

  public DeviceSightings(SeenDevices seen, InstantSource clock) {
    this.seen = seen;
    this.clock = clock;
  }

  /**
   * Notes that a device has sent something, unless this process did lately.
   *
   * @throws io.twinloom.functions.port.StoreException if it is not noted; the device's next message
   *     tries again
   */
  void note(String device) {
    Instant now = clock.instant();
    Instant before = noted.get(device);
    if (before == null || !now.isBefore(before.plus(NOTED_EVERY))) {
      seen.note(device, now);
      noted.put(device, now);
    }
  }

  /**
   * Where a device is.
   *
   * @throws io.twinloom.functions.port.StoreException if that cannot be read
   */
  public Place of(String device) {
    return seen.lastSeen(device)
        .map(time -> time.plus(FRESH).isAfter(clock.instant()) ? Place.HERE : Place.UNKNOWN)
        .orElse(Place.ELSEWHERE);
  }
}
