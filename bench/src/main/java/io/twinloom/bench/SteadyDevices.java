package io.twinloom.bench;

import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Devices that publish evenly at a rate, connect again where their connection ends, and know what
 * was acknowledged to them. A message that was not is never published again.
 */
final class SteadyDevices implements AutoCloseable {

  private static final int SAMPLED = 25;

  private final Broker broker;
  private final List<String> ids;
  private final int rate;
  private final Measurements measurements = new Measurements();
  private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile Consumer<Fleet.Published> sample = published -> {};
  private volatile Latencies latencies = new Latencies();
  private volatile boolean running = true;

  /** Where the devices connect to; asked whenever they do. */
  interface Broker {
    URI uri() throws IOException;
  }

  private SteadyDevices(Broker broker, List<String> ids, int rate) {
    this.broker = broker;
    this.ids = ids;
    this.rate = rate;
    this.thread = Thread.ofPlatform().name("devices").daemon().unstarted(this::run);
  }

  /**
   * Begins to publish.
   *
   * @param broker where it is, whenever the devices connect
   */
  static SteadyDevices start(Broker broker, List<String> ids, int rate) {
    SteadyDevices devices = new SteadyDevices(broker, ids, rate);
    devices.thread.start();
    return devices;
  }

  /** Hands every 25th message, right after it was published, to be looked for. */
  void sample(Consumer<Fleet.Published> sink) {
    sample = sink;
  }

  /** The times from publishing to the acknowledgement, of what is published from now on. */
  Latencies measured() {
    Latencies fresh = new Latencies();
    latencies = fresh;
    return fresh;
  }

  /** The times of a device's messages that were acknowledged so far. */
  Set<String> acknowledged(String device) {
    return new HashSet<>(acknowledged.getOrDefault(device, Set.of()));
  }

  long acknowledged() {
    return acknowledged.values().stream().mapToLong(Set::size).sum();
  }

  private void run() {
    long gap = TimeUnit.SECONDS.toNanos(1) / rate;
    long next = System.nanoTime();
    int turn = 0;
    while (running) {
      try (MqttDeviceClient client =
          MqttDeviceClient.connect(broker.uri(), MqttAccess.OPEN, BenchProject.TWIN, "steady")) {
        AtomicBoolean lost = new AtomicBoolean();
        // What was not published while there was no connection is not made up for.
        next = Math.max(next, System.nanoTime());
        for (; running && !lost.get(); next += gap) {
          long wait = next - System.nanoTime();
          if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
          }
          publish(client, ids.get(turn++ % ids.size()), turn % SAMPLED == 0, lost);
        }
      } catch (TwinloomException | IOException e) {
        // It does not answer yet: the devices connect again.
        continue;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void publish(MqttDeviceClient client, String id, boolean sampled, AtomicBoolean lost)
      throws InterruptedException {
    Measurements.Measurement message = measurements.next();
    Latencies counted = latencies;
    long at = System.nanoTime();
    var unused =
        client
            .publish(id, message.payload())
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    counted.add(System.nanoTime() - at);
                    acknowledged
                        .computeIfAbsent(id, first -> ConcurrentHashMap.newKeySet())
                        .add(message.timestamp());
                  } else {
                    lost.set(true);
                  }
                });
    if (sampled) {
      sample.accept(new Fleet.Published(id, message.timestamp(), at));
    }
  }

  /** Publishes nothing more; what is under way was acknowledged or lost when this returns. */
  void stop() throws InterruptedException {
    running = false;
    thread.join();
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
