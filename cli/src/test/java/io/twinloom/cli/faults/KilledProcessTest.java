package io.twinloom.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments under load, restart, and nothing that was acknowledged is lost
 * or doubled. {@code -Dtwinloom.kills=100 -Dtwinloom.seed=…} makes it longer, and repeats a run.
 */
@Tag("full")
class KilledProcessTest {

  private static final int KILLS = Integer.getInteger("twinloom.kills", 3);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  @TempDir Path folder;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> published = ConcurrentHashMap.newKeySet();
  private final AtomicLong clock = new AtomicLong(Instant.now().getEpochSecond() * 1_000_000);

  @Test
  void everyAcknowledgedMessageIsThereExactlyOnceOrInTheDeadLetters() throws Exception {
    long seed = Long.getLong("twinloom.seed", System.nanoTime());
    System.out.println("kill -9 at random moments: seed " + seed + ", " + KILLS + " kills");
    Random random = new Random(seed);
    ThreeCloudTwin twin = ThreeCloudTwin.write(folder.resolve("project"));
    Path data = folder.resolve("data");
    for (int kill = 0; kill < KILLS; kill++) {
      try (RunningTwin running = RunningTwin.start(twin.folder(), data)) {
        publishUntil(running, 400 + random.nextInt(1_500));
        running.kill();
      }
    }
    try (RunningTwin running = RunningTwin.start(twin.folder(), data)) {
      await().until(() -> running.backlog() == 0);
      Map<String, Integer> found = new TreeMap<>();
      for (String device : twin.devices()) {
        for (String timestamp : running.storedTimestamps(device)) {
          found.merge(device + " " + timestamp, 1, Integer::sum);
        }
      }
      Set<String> dead = running.deadLetterKeys();
      System.out.println(
          acknowledged.size()
              + " acknowledged of "
              + published.size()
              + ", "
              + found.size()
              + " stored, "
              + dead.size()
              + " dead letters");
      Set<String> lost = new HashSet<>(acknowledged);
      lost.removeAll(found.keySet());
      lost.removeAll(dead);
      assertThat(lost).as("lost, seed " + seed).isEmpty();
      assertThat(found.values()).as("doubled, seed " + seed).containsOnly(1);
      assertThat(dead).as("dead letters, seed " + seed).isEmpty();
      assertThat(published).as("invented, seed " + seed).containsAll(found.keySet());
      assertThat(acknowledged).hasSizeGreaterThan(10 * KILLS);
    }
  }

  private void publishUntil(RunningTwin running, int millis) throws InterruptedException {
    int before = acknowledged.size();
    List<Thread> devices = new ArrayList<>();
    CountDownLatch over = new CountDownLatch(1);
    for (String device : ThreeCloudTwin.DEVICES) {
      devices.add(Thread.ofPlatform().start(() -> publish(running, device, over)));
    }
    await().until(() -> acknowledged.size() > before);
    over.await(millis, TimeUnit.MILLISECONDS);
    over.countDown();
    for (Thread device : devices) {
      device.join();
    }
  }

  private void publish(RunningTwin running, String device, CountDownLatch over) {
    Mqtt3AsyncClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("kill-" + device)
            .serverHost("127.0.0.1")
            .serverPort(running.mqttPort())
            .buildAsync();
    client.connect().join();
    Semaphore window = new Semaphore(50);
    try {
      while (!over.await(0, TimeUnit.MILLISECONDS)) {
        if (!window.tryAcquire(20, TimeUnit.MILLISECONDS)) {
          continue;
        }
        long micros = clock.incrementAndGet();
        String timestamp =
            MICROS.format(
                Instant.ofEpochSecond(
                    micros / 1_000_000, Math.floorMod(micros, 1_000_000L) * 1_000));
        String key = device + " " + timestamp;
        published.add(key);
        client
            .publishWith()
            .topic("dt/" + ThreeCloudTwin.NAME + "/" + device + "/telemetry")
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(
                ("{\"timestamp\":\"" + timestamp + "\",\"temperature\":" + micros % 100 + ".5}")
                    .getBytes(StandardCharsets.UTF_8))
            .send()
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    acknowledged.add(key);
                  }
                  window.release();
                });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The process is killed while messages are under way: the connection breaks by itself.
  }
}
