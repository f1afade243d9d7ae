package io.twinloom.bench.faults;

import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.model.TwinloomException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measurements that are published while the twin dies and comes back, and which were acknowledged.
 */
final class Deliveries {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Set<String> published = ConcurrentHashMap.newKeySet();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicLong micros;
  private final AtomicInteger turn = new AtomicInteger();

  Deliveries(Instant first) {
    this.micros = new AtomicLong(first.getEpochSecond() * 1_000_000);
  }

  /** All that was acknowledged: device, blank, timestamp. */
  Set<String> acknowledged() {
    return acknowledged;
  }

  /** All that was published: what is stored besides nobody sent. */
  Set<String> published() {
    return published;
  }

  /**
   * Publishes until enough is acknowledged, or as long as the connection lasts.
   *
   * @param over set when enough is acknowledged
   */
  void publish(KillableTwin twin, AtomicBoolean over, int enough) throws InterruptedException {
    try (MqttDeviceClient devices =
        MqttDeviceClient.connect(twin.mqtt(), MqttAccess.OPEN, FaultProject.TWIN, "faults")) {
      AtomicBoolean lost = new AtomicBoolean();
      while (!over.get() && !lost.get()) {
        long at = micros.incrementAndGet();
        String device =
            FaultProject.DEVICES.get(
                Math.floorMod(turn.getAndIncrement(), FaultProject.DEVICES.size()));
        String timestamp =
            MICROS.format(
                Instant.ofEpochSecond(at / 1_000_000, Math.floorMod(at, 1_000_000L) * 1_000));
        String key = device + " " + timestamp;
        published.add(key);
        var unused =
            devices
                .publish(
                    device,
                    ("{\"timestamp\":\"" + timestamp + "\",\"n\":" + at + "}")
                        .getBytes(StandardCharsets.UTF_8))
                .whenComplete(
                    (done, failure) -> {
                      if (failure == null) {
                        acknowledged.add(key);
                        if (acknowledged.size() >= enough) {
                          over.set(true);
                        }
                      } else {
                        lost.set(true);
                      }
                    });
      }
    } catch (TwinloomException e) {
      // It was killed before the devices were connected: they connect to the next one.
      return;
    }
  }
}
