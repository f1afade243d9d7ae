package io.twinloom.local.deploy;

import io.twinloom.deployer.Pause;
import io.twinloom.deployer.VerificationTarget;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.local.log.LogFilter;
import io.twinloom.local.log.LogReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the local clouds lend for one verification. */
final class LocalVerificationTarget implements VerificationTarget {

  private static final String CLIENT_ID = "twinloom-verify";

  private final Supplier<DeviceClient> connecting;
  private final LogReader log;
  private final InstantSource clock;
  private final Pause pause;
  private Optional<DeviceClient> devices = Optional.empty();

  private LocalVerificationTarget(
      Supplier<DeviceClient> connecting, LogReader log, InstantSource clock, Pause pause) {
    this.connecting = connecting;
    this.log = log;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Makes one; it connects when it is asked for its devices.
   *
   * @param channel the device channel
   * @param twin the twin's name
   */
  static LocalVerificationTarget of(
      URI channel, String twin, LocalDataFolder data, InstantSource clock) {
    return new LocalVerificationTarget(
        () -> MqttDeviceClient.connect(channel, data.access(), twin, CLIENT_ID),
        new LogReader(data.log()),
        clock,
        Pause.sleeping("Verifying was interrupted.", "Run it again."));
  }

  @Override
  public synchronized DeviceClient devices() {
    DeviceClient client = devices.orElseGet(connecting);
    devices = Optional.of(client);
    return client;
  }

  @Override
  public List<LogLine> log(Optional<String> trace, Instant since) {
    LogFilter filter = LogFilter.all().from(since);
    return log.query(trace.map(filter::ofTrace).orElse(filter), LogReader.MAX_LIMIT).stream()
        .map(LogLine::new)
        .toList();
  }

  @Override
  public void pause(Duration duration) {
    pause.of(duration);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public synchronized void close() {
    devices.ifPresent(DeviceClient::close);
  }
}
