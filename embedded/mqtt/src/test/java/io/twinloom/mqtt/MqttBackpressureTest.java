package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.telemetry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * A slow intake delays reading and acknowledgements, what a failing intake did not keep is not
 * acknowledged, and a slow subscriber loses messages of its own only.
 */
class MqttBackpressureTest extends StartedServer {

  @Test
  void acknowledgementsComeInTheOrderOfTheirMessages() throws Exception {
    List<CompletableFuture<Void>> writes = new CopyOnWriteArrayList<>();
    fixture.intake =
        (device, payload) -> {
          CompletableFuture<Void> write = new CompletableFuture<>();
          writes.add(write);
          return write;
        };
    try (RawClient device = fixture.raw()) {
      device.connect3("d1", true);
      for (int id = 1; id <= 200; id++) {
        device.publish(telemetry("lamp"), id, bytes("{}"));
      }
      await().until(() -> writes.size() == 200);
      List<CompletableFuture<Void>> shuffled = new ArrayList<>(writes.subList(1, 200));
      Collections.shuffle(shuffled, new Random(7));
      shuffled.forEach(write -> write.complete(null));
      device.ping();
      assertThat(device.next().type()).as("none before the first").isEqualTo(PINGRESP);
      writes.get(0).complete(null);
      for (int id = 1; id <= 200; id++) {
        assertThat(device.expect(PUBACK).packetIdOfPubAck()).isEqualTo(id);
      }
    }
  }

  @Test
  void whatCouldNotBeKeptIsNotAcknowledgedAndComesAgain() throws Exception {
    fixture.intake =
        (device, payload) ->
            new String(payload).equals("bad")
                ? CompletableFuture.failedFuture(new IOException("disk"))
                : CompletableFuture.completedFuture(null);
    try (RawClient device = fixture.raw()) {
      device.connect3("d1", true);
      device.publish(telemetry("lamp"), 1, bytes("good"));
      device.publish(telemetry("lamp"), 2, bytes("bad"));
      device.publish(telemetry("lamp"), 3, bytes("good"));
      assertThat(device.expect(PUBACK).packetIdOfPubAck()).isEqualTo(1);
      assertThat(device.ended()).isTrue();
    }
    assertThat(fixture.server.counts().failed()).isEqualTo(1);
  }

  @Test
  void aDeviceIsNotReadWhileTooMuchOfItWaits() throws Exception {
    fixture.restartWith(TestLimits.waiting(100));
    List<CompletableFuture<Void>> writes = new CopyOnWriteArrayList<>();
    fixture.intake =
        (device, payload) -> {
          CompletableFuture<Void> write = new CompletableFuture<>();
          writes.add(write);
          return write;
        };
    int all = 1_000;
    byte[] payload = new byte[8_000];
    try (RawClient device = fixture.raw()) {
      device.connect3("d1", true);
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int id = 1; id <= all; id++) {
                        device.publish(telemetry("lamp"), id, payload);
                      }
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      await().until(() -> writes.size() >= 100);
      await()
          .during(Duration.ofMillis(300))
          .untilAsserted(
              () -> assertThat(writes).as("a buffer more than the limit").hasSizeLessThan(200));
      int next = 0;
      while (next < all) {
        int from = next;
        await().until(() -> writes.size() > from);
        for (; next < writes.size(); next++) {
          writes.get(next).complete(null);
        }
      }
      for (int id = 1; id <= all; id++) {
        assertThat(device.expect(PUBACK).packetIdOfPubAck()).isEqualTo(id);
      }
      sender.join();
    }
  }

  @Test
  void aSlowSubscriberLosesMessagesAndNothingElseSuffers() throws Exception {
    fixture.restartWith(TestLimits.queued(50));
    byte[] payload = new byte[20_000];
    try (RawClient slow = fixture.raw();
        RawClient device = fixture.raw()) {
      slow.connect3("slow", true);
      slow.subscribe("dt/#", 0);
      device.connect3("device", true);
      for (int id = 1; id <= 1_000; id++) {
        device.publish(telemetry("lamp"), id, payload);
        assertThat(device.expect(PUBACK).packetIdOfPubAck()).isEqualTo(id);
      }
      assertThat(fixture.taken).hasSize(1_000);
      assertThat(fixture.server.counts().dropped()).isPositive();
      // What it does get is whole.
      for (int i = 0; i < 50; i++) {
        assertThat(slow.expect(3).body()).hasSize(2 + telemetry("lamp").length() + 20_000);
      }
    }
  }
}
