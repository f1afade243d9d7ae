package io.twinloom.bench;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Devices that publish at QoS 1, each over its own connection. */
final class Fleet implements AutoCloseable {

  /** A device has at most so many messages without acknowledgement. */
  private static final int WINDOW = 100;

  private record Device(String id, String topic, MqttClient client, Semaphore window) {}

  private final Vertx vertx;
  private final List<Device> devices = new ArrayList<>();
  private final Measurements measurements = new Measurements();
  private final LongAdder acknowledged = new LongAdder();
  private volatile boolean running = true;

  private Fleet(Vertx vertx) {
    this.vertx = vertx;
  }

  static Fleet connect(URI broker, String twin, List<String> ids) {
    Fleet fleet = new Fleet(Vertx.vertx(new io.vertx.core.VertxOptions().setEventLoopPoolSize(1)));
    for (String id : ids) {
      MqttClient client =
          MqttClient.create(
              fleet.vertx,
              new MqttClientOptions()
                  .setClientId("bench-" + id)
                  .setMaxInflightQueue(2 * WINDOW)
                  .setAutoKeepAlive(true));
      Device device =
          new Device(id, "dt/" + twin + "/" + id + "/telemetry", client, new Semaphore(WINDOW));
      client.publishCompletionHandler(
          packet -> {
            fleet.acknowledged.increment();
            device.window().release();
          });
      join(
          client
              .connect(broker.getPort(), broker.getHost())
              .toCompletionStage()
              .toCompletableFuture());
      fleet.devices.add(device);
    }
    return fleet;
  }

  private static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }

  long acknowledged() {
    return acknowledged.sum();
  }

  /**
   * Publishes as fast as acknowledgements allow, while not more than {@code mostOutstanding}
   * messages are acknowledged and not yet stored.
   */
  void publishAtFullSpeed(Duration duration, LongSupplier stored, long mostOutstanding)
      throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    List<Thread> publishers = new ArrayList<>();
    for (Device device : devices) {
      publishers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (running && System.nanoTime() < end) {
                        if (acknowledged() - stored.getAsLong() > mostOutstanding) {
                          TimeUnit.MILLISECONDS.sleep(2);
                        } else if (device.window().tryAcquire(50, TimeUnit.MILLISECONDS)) {
                          publish(device, measurements.next());
                        }
                      }
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    for (Thread publisher : publishers) {
      publisher.join();
    }
  }

  /** A published message that may be looked for. */
  record Published(String device, String timestamp, long atNanos) {}

  /**
   * Publishes evenly at a rate, whatever becomes of it; every {@code each}th is handed to be looked
   * for.
   */
  void publishAtRate(int perSecond, Duration duration, int each, Consumer<Published> sample)
      throws InterruptedException {
    long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long start = System.nanoTime();
    long total = duration.toNanos() / gap;
    for (long n = 0; n < total && running; n++) {
      long wait = start + n * gap - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      Device device = devices.get((int) (n % devices.size()));
      device.window().acquire();
      Measurements.Measurement measurement = measurements.next();
      long at = System.nanoTime();
      publish(device, measurement);
      if (n % each == 0) {
        sample.accept(new Published(device.id(), measurement.timestamp(), at));
      }
    }
  }

  private static void publish(Device device, Measurements.Measurement measurement) {
    device
        .client()
        .publish(
            device.topic(),
            Buffer.buffer(measurement.payload()),
            MqttQoS.AT_LEAST_ONCE,
            false,
            false);
  }

  /** Publishes nothing more. */
  void stop() {
    running = false;
  }

  @Override
  public void close() {
    stop();
    for (Device device : devices) {
      device.client().disconnect();
    }
    join(vertx.close().toCompletionStage().toCompletableFuture());
  }
}
