package io.twinloom.functions.pipeline;

import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.model.text.Count;
import io.twinloom.model.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Looks for measurements of a time that is yet to come. They are stored like any; but the newest
 * value of a device stays theirs until then. Each is counted, and warned of once per device.
 */
public final class FutureCheck {

  /** Clocks differ by less. */
  static final Duration TOLERANCE = Duration.ofHours(1);

  private static final long HOURS_OF_DAYS = 48;

  private final InstantSource clock;
  private final OncePerDevice warned = new OncePerDevice();

  public FutureCheck(InstantSource clock) {
    this.clock = clock;
  }

  /** Checks a measurement in normal form. */
  public void check(Normalized measurement, Invocation invocation) {
    Instant now = clock.instant();
    // Stored times compare as text.
    if (measurement.timestamp().compareTo(Timestamps.of(now.plus(TOLERANCE))) <= 0) {
      return;
    }
    invocation.count("time-in-the-future");
    if (warned.isFirst(measurement.device(), "")) {
      Duration ahead = Duration.between(now, Instant.parse(measurement.timestamp()));
      String by =
          ahead.toHours() >= HOURS_OF_DAYS
              ? Count.of(ahead.toDays(), "day")
              : Count.of(ahead.toHours(), "hour");
      invocation.note(
          Level.WARN,
          "A measurement is of "
              + measurement.timestamp()
              + ", newer than now by "
              + by
              + ": until then what arrives does not show as the newest value. See to the device's"
              + " clock.",
          Map.of("device", measurement.device()));
    }
  }
}
