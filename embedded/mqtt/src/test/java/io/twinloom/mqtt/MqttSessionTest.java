package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.commands;
import static io.twinloom.mqtt.Subscribers.next;
import static io.twinloom.mqtt.Subscribers.subscribe;
import static io.twinloom.mqtt.Subscribers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A device that was away gets its commands, also over a restart of the channel. */
class MqttSessionTest extends StartedServer {
  @Test
  void aDeviceThatWasAwayGetsItsCommandsInOrderWithBothVersions() throws Exception {
    BlockingQueue<Mqtt3Publish> got3 = new LinkedBlockingQueue<>();
    Mqtt3AsyncClient three = fixture.clients.connect3("d3", false, got3);
    subscribe(three, commands("three"));
    three.disconnect().join();
    BlockingQueue<Mqtt5Publish> got5 = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient five = fixture.clients.connect5("d5", false, got5);
    subscribe(five, commands("five"));
    five.disconnect().join();

    for (int i = 0; i < 300; i++) {
      fixture.send("three", bytes("t" + i));
      fixture.send("five", bytes("f" + i));
    }
    three = fixture.clients.connect3("d3", false, got3);
    five = fixture.clients.connect5("d5", false, got5);
    for (int i = 0; i < 300; i++) {
      assertThat(text(next(got3))).isEqualTo("t" + i);
      assertThat(text(next(got5))).isEqualTo("f" + i);
    }
    three.disconnect().join();
    five.disconnect().join();
  }

  @Test
  void commandsOutliveARestartOfTheChannel() throws Exception {
    BlockingQueue<Mqtt5Publish> got = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient device = fixture.clients.connect5("d1", false, got);
    subscribe(device, commands("lamp"));
    device.disconnect().join();
    fixture.send("lamp", bytes("before"));

    fixture.stop();
    fixture.start();

    fixture.send("lamp", bytes("after"));
    device = fixture.clients.connect5("d1", false, got);
    assertThat(text(next(got))).isEqualTo("before");
    assertThat(text(next(got))).isEqualTo("after");
    device.disconnect().join();

    fixture.stop();
    fixture.start();
    device = fixture.clients.connect5("d1", false, got);
    fixture.send("lamp", bytes("last"));
    assertThat(text(next(got))).isEqualTo("last");
    device.disconnect().join();
  }

  @Test
  void whatWaitsForADeviceThatIsAwayIsPublishedByAnotherServerAndRemovedOnceThatHasIt()
      throws Exception {
    BlockingQueue<Mqtt5Publish> got = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient device = fixture.clients.connect5("d1", false, got);
    subscribe(device, commands("lamp"));
    device.disconnect().join();
    for (int i = 0; i < 5; i++) {
      fixture.send("lamp", bytes("c" + i));
    }
    BlockingQueue<String> elsewhere = new LinkedBlockingQueue<>();

    fixture.server.handOver(
        commands("lamp"),
        payload -> {
          String text = new String(payload, StandardCharsets.UTF_8);
          elsewhere.add(text);
          return CompletableFuture.completedFuture(
              text.equals("c3") ? PublishOutcome.NO_SUBSCRIBERS : PublishOutcome.ACCEPTED);
        });

    for (int i = 0; i <= 3; i++) {
      assertThat(elsewhere.poll(60, TimeUnit.SECONDS)).isEqualTo("c" + i);
    }
    device = fixture.clients.connect5("d1", false, got);
    assertThat(text(next(got))).as("what was not taken").isEqualTo("c3");
    assertThat(text(next(got))).isEqualTo("c4");
    device.disconnect().join();
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void aServerThatIsClosedHandsNothingOverAndKeepsWhatWaits() throws Exception {
    BlockingQueue<Mqtt5Publish> got = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient device = fixture.clients.connect5("d1", false, got);
    subscribe(device, commands("lamp"));
    device.disconnect().join();
    fixture.send("lamp", bytes("c0"));
    MqttServer closed = fixture.server;
    fixture.stop();

    closed.handOver(
        commands("lamp"), payload -> CompletableFuture.completedFuture(PublishOutcome.ACCEPTED));

    fixture.start();
    device = fixture.clients.connect5("d1", false, got);
    assertThat(text(next(got))).isEqualTo("c0");
    device.disconnect().join();
  }

  @Test
  void theSessionPresentFlagTellsWhetherTheSessionIsStillThere() throws Exception {
    Mqtt5BlockingClient device = fixture.client5("d1");
    assertThat(session(device, false, 100).isSessionPresent()).isFalse();
    device.disconnect();
    assertThat(session(device, false, 100).isSessionPresent()).isTrue();
    device.disconnect();
    fixture.stop();
    fixture.start();
    device = fixture.client5("d1");
    assertThat(session(device, false, 100).isSessionPresent()).isTrue();
    device.disconnect();
    fixture.clock.forward(Duration.ofSeconds(101));
    assertThat(session(device, false, 100).isSessionPresent()).isFalse();
    device.disconnect();
    assertThat(session(device, true, 100).isSessionPresent()).isFalse();
    device.disconnect();
    assertThat(session(device, false, 0).isSessionPresent()).isTrue();
    device.disconnect();
    assertThat(session(device, false, 0).isSessionPresent()).isFalse();
    device.disconnect();
  }

  private static Mqtt5ConnAck session(Mqtt5BlockingClient client, boolean clean, long expiry) {
    return client.connectWith().cleanStart(clean).sessionExpiryInterval(expiry).send();
  }

  @Test
  void anExpiredSessionIsForgottenWithItsMessages() throws Exception {
    BlockingQueue<Mqtt5Publish> got = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient device = fixture.clients.connect5("d1", false, got);
    subscribe(device, commands("lamp"));
    device.disconnect().join();
    fixture.send("lamp", bytes("too late"));
    fixture.clock.forward(Duration.ofHours(2));
    fixture.server.expireSessions();
    await().untilAsserted(() -> assertThat(fixture.server.counts().sessions()).isZero());
    fixture.stop();
    fixture.start();
    assertThat(fixture.server.counts().sessions()).isZero();
    assertThat(fixture.store.size()).isZero();
  }

  @Test
  void aSessionIsKeptAWeekAtMost() throws Exception {
    Mqtt5BlockingClient device = fixture.client5("d1");
    Mqtt5ConnAck connAck = session(device, true, 0xFFFF_FFFFL);
    assertThat(connAck.getSessionExpiryInterval()).hasValue(7 * 24 * 3_600);
    device.disconnect();
  }

  @Test
  void acknowledgedMessagesAreGoneFromTheStore() throws Exception {
    BlockingQueue<Mqtt5Publish> got = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient device = fixture.clients.connect5("d1", false, got);
    subscribe(device, commands("lamp"));
    for (int i = 0; i < 50; i++) {
      fixture.send("lamp", bytes("c" + i));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(text(next(got))).isEqualTo("c" + i);
    }
    await().untilAsserted(() -> assertThat(fixture.store.messages("d1")).isZero());
    device.disconnect().join();
  }

  @Test
  void anUnacknowledgedMessageComesAgainWithTheSamePacketIdAndMarked() throws Exception {
    try (RawClient device = new RawClient(fixture.port())) {
      device.connect5("d1", false, 3_600);
      device.subscribe(commands("lamp"), 1);
      fixture.send("lamp", bytes("one"));
      fixture.send("lamp", bytes("two"));
      RawClient.Packet one = device.expect(3);
      RawClient.Packet two = device.expect(3);
      assertThat(one.flags() & 8).isZero();
      device.pubAck(two.packetIdOfPublish());
      await().until(() -> fixture.store.messages("d1") == 1);
      device.cut();

      fixture.stop();
      fixture.start();
      try (RawClient again = new RawClient(fixture.port())) {
        assertThat(again.connect5("d1", false, 3_600)).isTrue();
        RawClient.Packet repeated = again.expect(3);
        assertThat(repeated.flags() & 8).isEqualTo(8);
        assertThat(repeated.packetIdOfPublish()).isEqualTo(one.packetIdOfPublish());
        assertThat(repeated.publishText()).isEqualTo("one");
        again.pubAck(repeated.packetIdOfPublish());
        fixture.send("lamp", bytes("three"));
        RawClient.Packet three = again.expect(3);
        assertThat(three.publishText()).isEqualTo("three");
        assertThat(three.flags() & 8).isZero();
      }
    }
  }

  @Test
  void whatWasTakenIsStillThereAfterAKill() throws Exception {
    try (RawClient device = new RawClient(fixture.port())) {
      device.connect3("d1", false);
      device.subscribe(commands("lamp"), 1);
      fixture.send("lamp", bytes("one"));
      fixture.send("lamp", bytes("two"));
      // A copy of the store is what a killed process leaves behind.
      try (ServerFixture after = new ServerFixture(fixture.store.copy()).start();
          RawClient again = new RawClient(after.port())) {
        assertThat(again.connect3("d1", false)).isTrue();
        for (String text : new String[] {"one", "two"}) {
          RawClient.Packet packet = again.expect(3);
          assertThat(packet.publishText()).isEqualTo(text);
          assertThat(packet.flags() & 8).as("it may have been sent before").isEqualTo(8);
          again.pubAck(packet.packetIdOfPublish());
        }
        after.send("lamp", bytes("three"));
        assertThat(again.expect(3).publishText()).isEqualTo("three");
      }
    }
  }

  @Test
  void aSecondConnectionTakesTheSessionOver() throws Exception {
    try (RawClient first = new RawClient(fixture.port());
        RawClient second = new RawClient(fixture.port())) {
      first.connect5("d1", false, 3_600);
      first.subscribe(commands("lamp"), 1);
      assertThat(second.connect5("d1", false, 3_600)).isTrue();
      RawClient.Packet goodbye = first.expect(14);
      assertThat(goodbye.body()[0] & 0xFF).isEqualTo(0x8E);
      fixture.send("lamp", bytes("to the second"));
      assertThat(second.expect(3).publishText()).isEqualTo("to the second");
    }
  }

  @Test
  void aMessageThatExpiredWhileTheDeviceWasAwayIsNotDelivered() throws Exception {
    BlockingQueue<Mqtt5Publish> got = new LinkedBlockingQueue<>();
    Mqtt5AsyncClient device = fixture.clients.connect5("d1", false, got);
    subscribe(device, commands("lamp"));
    device.disconnect().join();
    Mqtt5BlockingClient sender = fixture.client5("sender");
    sender.connect();
    for (int seconds : new int[] {10, 100}) {
      sender
          .publishWith()
          .topic(commands("lamp"))
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(bytes("for " + seconds))
          .messageExpiryInterval(seconds)
          .send();
    }
    sender.disconnect();
    fixture.clock.forward(Duration.ofSeconds(11));
    device = fixture.clients.connect5("d1", false, got);
    Mqtt5Publish alive = next(got);
    assertThat(text(alive)).isEqualTo("for 100");
    assertThat(alive.getMessageExpiryInterval()).hasValue(89);
    device.disconnect().join();
  }
}
