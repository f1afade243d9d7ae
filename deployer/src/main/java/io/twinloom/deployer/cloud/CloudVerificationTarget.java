package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Pause;
import io.twinloom.deployer.VerificationTarget;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.device.DeviceClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What the clouds lend for one verification. */
final class CloudVerificationTarget implements VerificationTarget {

  /** A cloud is asked less often than this machine: each question takes and costs something. */
  private static final Duration LEAST_PAUSE = Duration.ofMillis(500);

  private final DeviceClient devices;
  private final CloudLog log;
  private final InstantSource clock;
  private final Pause pause;

  /**
   * @param devices closed with this
   */
  CloudVerificationTarget(DeviceClient devices, CloudLog log, InstantSource clock, Pause pause) {
    this.devices = devices;
    this.log = log;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public DeviceClient devices() {
    return devices;
  }

  @Override
  public List<LogLine> log(Optional<String> trace, Instant since) {
    return log.read(Optional.empty(), trace, since);
  }

  @Override
  public void pause(Duration duration) {
    pause.of(duration.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : duration);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(30);
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    devices.close();
  }
}
