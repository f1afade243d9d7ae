package io.twinloom.cli.command;

import io.twinloom.deployer.SimulatedDevices;
import io.twinloom.deployer.SimulatedDevices.Sent;
import io.twinloom.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Messages of simulated devices, so many a second. */
final class SimulatedSource implements MessageSource {

  private final SimulatedDevices devices;
  private final double rate;
  private long count;

  SimulatedSource(SimulatedDevices devices, double rate) {
    this.devices = devices;
    this.rate = rate;
  }

  @Override
  public Optional<Due> next() {
    Duration after = Duration.ofNanos((long) (count * 1e9 / rate));
    count++;
    return Optional.of(
        new Due(
            after,
            now -> {
              Sent sent = devices.next(now);
              return new Published(sent.device(), Json.bytes(sent.event()));
            }));
  }

  @Override
  public List<String> devices() {
    return devices.devices();
  }

  @Override
  public void close() {}
}
