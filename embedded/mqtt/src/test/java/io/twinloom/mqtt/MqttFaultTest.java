package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.commands;
import static io.twinloom.mqtt.ServerFixture.telemetry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client does wrong ends its own connection and nothing else. */
class MqttFaultTest extends StartedServer {

  @Test
  void aClientNeedNotWaitForItsConnAck() throws Exception {
    try (RawClient device = fixture.raw()) {
      byte[] connect = RawClient.connect3("d1", false, 60);
      byte[] publish =
          RawClient.packet(
              0x32,
              RawClient.body(
                  out -> {
                    out.writeUTF(telemetry("lamp"));
                    out.writeShort(7);
                    out.write(bytes("{}"));
                  }));
      byte[] both = new byte[connect.length + publish.length];
      System.arraycopy(connect, 0, both, 0, connect.length);
      System.arraycopy(publish, 0, both, connect.length, publish.length);
      device.send(both);
      device.expect(2);
      assertThat(device.expect(PUBACK).packetIdOfPubAck()).isEqualTo(7);
    }
  }

  @Test
  void qosTwoEndsTheConnection() throws Exception {
    for (boolean five : new boolean[] {false, true}) {
      try (RawClient device = fixture.raw()) {
        if (five) {
          device.connect5("d1", true, 0);
        } else {
          device.connect3("d1", true);
        }
        device.send(
            0x34,
            out -> {
              out.writeUTF(telemetry("lamp"));
              out.writeShort(1);
              if (five) {
                out.writeByte(0);
              }
            });
        if (five) {
          assertThat(device.expect(DISCONNECT).body()[0] & 0xFF).isEqualTo(0x9B);
        }
        assertThat(device.ended()).isTrue();
      }
    }
    assertThat(fixture.taken).isEmpty();
    assertThat(fixture.notes).anyMatch(note -> note.contains("QoS"));
  }

  @Test
  void retainIsIgnoredOrRefusedAsTheVersionHasIt() throws Exception {
    try (RawClient device = fixture.raw()) {
      device.connect3("d1", true);
      device.send(
          0x33,
          out -> {
            out.writeUTF(telemetry("lamp"));
            out.writeShort(1);
          });
      device.expect(PUBACK);
      assertThat(fixture.taken).hasSize(1);
    }
    try (RawClient device = fixture.raw()) {
      device.connect5("d1", true, 0);
      device.send(
          0x33,
          out -> {
            out.writeUTF(telemetry("lamp"));
            out.writeShort(1);
            out.writeByte(0);
          });
      assertThat(device.expect(DISCONNECT).body()[0] & 0xFF).isEqualTo(0x9A);
    }
  }

  @Test
  void aTopicThatIsNoDevicesEndsAConnectionOfMqtt3() throws Exception {
    try (RawClient device = fixture.raw()) {
      device.connect3("d1", true);
      device.publish("elsewhere", 1, bytes("{}"));
      assertThat(device.ended()).isTrue();
    }
    assertThat(fixture.server.counts().refused()).isEqualTo(1);
    assertThat(fixture.notes).anyMatch(note -> note.contains("elsewhere"));
  }

  @Test
  void aMessageOverTheContractsSizeStillReachesTheIntake() throws Exception {
    try (RawClient device = fixture.raw()) {
      device.connect3("d1", true);
      device.publish(telemetry("lamp"), 1, new byte[300 * 1024]);
      device.expect(PUBACK);
    }
    assertThat(fixture.taken.get(0).payload()).hasSize(300 * 1024);
  }

  @Test
  void aPacketThatIsTooLargeEndsItsConnection() throws Exception {
    try (RawClient device = fixture.raw()) {
      device.connect5("d1", true, 0);
      try {
        device.publish(telemetry("lamp"), 1, new byte[1024 * 1024]);
      } catch (IOException e) {
        // The channel may have closed the connection before it was all sent.
      }
      assertThat(device.expect(DISCONNECT).body()[0] & 0xFF).isEqualTo(0x95);
      assertThat(device.ended()).isTrue();
    }
    assertThat(fixture.taken).isEmpty();
  }

  @Test
  void aSilentClientIsEndedAfterOneAndAHalfOfItsKeepAliveTime() throws Exception {
    try (RawClient silent = fixture.raw()) {
      silent.send(RawClient.connect3("silent", true, 1));
      silent.expect(2);
      assertThat(silent.ended()).isTrue();
    }
    assertThat(fixture.notes).anyMatch(note -> note.contains("keep alive"));
  }

  @Test
  void aConnectionWithoutConnectIsEnded() throws Exception {
    fixture.restartWith(TestLimits.connectTimeout(Duration.ofMillis(100)));
    try (RawClient silent = fixture.raw()) {
      silent.send((byte) 0x10);
      assertThat(silent.ended()).isTrue();
    }
    await().untilAsserted(() -> assertThat(fixture.server.counts().connections()).isZero());
  }

  @Test
  void oneConnectionTooManyIsClosedAndTheOthersLive() throws Exception {
    fixture.restartWith(TestLimits.connections(2));
    try (RawClient one = fixture.raw();
        RawClient two = fixture.raw()) {
      one.connect3("one", true);
      two.connect3("two", true);
      try (RawClient three = fixture.raw()) {
        assertThat(three.ended()).isTrue();
      }
      one.ping();
      one.expect(PINGRESP);
      two.ping();
      two.expect(PINGRESP);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noiseNeverHarmsAnotherConnection(long seed) throws Exception {
    Random random = new Random(seed);
    try (RawClient healthy = fixture.raw()) {
      healthy.connect3("healthy", true);
      healthy.subscribe(commands("lamp"), 1);
      for (int round = 0; round < 40; round++) {
        try (RawClient noisy = fixture.raw()) {
          if (random.nextBoolean()) {
            if (random.nextBoolean()) {
              noisy.connect5("noisy", random.nextBoolean(), 60);
            } else {
              noisy.connect3("noisy", random.nextBoolean());
            }
          }
          noisy.send(noise(random));
          noisy.send(noise(random));
        } catch (IOException e) {
          // The channel ended it, as it should.
        }
        healthy.publish(telemetry("lamp"), round + 1, bytes("{}"));
        assertThat(healthy.expect(PUBACK).packetIdOfPubAck())
            .as("seed " + seed)
            .isEqualTo(round + 1);
      }
      fixture.send("lamp", bytes("still here"));
      assertThat(healthy.expect(3).publishText()).isEqualTo("still here");
    }
    await().untilAsserted(() -> assertThat(fixture.server.counts().connections()).isZero());
  }

  /** A packet with a wrong body, a packet with one wrong byte, or anything. */
  private static byte[] noise(Random random) throws IOException {
    byte[] any = new byte[random.nextInt(200)];
    random.nextBytes(any);
    return switch (random.nextInt(3)) {
      case 0 -> any;
      case 1 -> RawClient.packet(random.nextInt(256), any);
      default -> {
        byte[] packet =
            RawClient.packet(
                0x82,
                RawClient.body(
                    out -> {
                      out.writeShort(1);
                      out.writeUTF(commands("other"));
                      out.writeByte(1);
                    }));
        packet[random.nextInt(packet.length)] = (byte) random.nextInt();
        yield packet;
      }
    };
  }
}
