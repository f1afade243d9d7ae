package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.telemetry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of the protocol that a decoder does not check. */
class MqttProtocolRulesTest extends StartedServer {
  private static final int PASSWORD = 0x40;

  private static RawClient.Body connect(int version, int flags, int... properties) {
    return out -> {
      out.writeUTF("MQTT");
      out.writeByte(version);
      out.writeByte(flags);
      out.writeShort(60);
      if (version == 5) {
        write(out, properties);
      }
      out.writeUTF("d1");
      if ((flags & WILL) != 0) {
        if (version == 5) {
          write(out);
        }
        out.writeUTF(telemetry("lamp"));
        out.writeShort(2);
        out.write(bytes("{}"));
      }
      if ((flags & PASSWORD) != 0) {
        out.writeShort(1);
        out.writeByte('p');
      }
    };
  }

  private static void write(DataOutputStream out, int... properties) throws java.io.IOException {
    out.writeByte(properties.length);
    for (int b : properties) {
      out.writeByte(b);
    }
  }

  @ParameterizedTest
  @CsvSource({"0x11, 4", "0x21, 2", "0x27, 4", "0x19, 1", "0x22, 2"})
  void aConnectWithAPropertyTwiceIsAProtocolError(String id, int bytes) throws Exception {
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    for (int i = 0; i < 2; i++) {
      twice.write(Integer.decode(id));
      twice.writeBytes(new byte[bytes - 1]);
      twice.write(1);
    }
    int[] properties = new int[twice.size()];
    for (int i = 0; i < properties.length; i++) {
      properties[i] = twice.toByteArray()[i];
    }
    try (RawClient device = fixture.raw()) {
      device.send(0x10, connect(5, CLEAN, properties));
      assertThat(device.expect(CONNACK).body()[1] & 0xFF).isEqualTo(PROTOCOL_ERROR);
      assertThat(device.ended()).isTrue();
    }
    assertThat(fixture.notes).anyMatch(note -> note.contains(id.toUpperCase().replace('X', 'x')));
  }

  @Test
  void aPublishWithAPropertyTwiceIsAProtocolErrorAndWhatCameBeforeItIsTaken() throws Exception {
    try (RawClient device = fixture.raw()) {
      device.connect5("d1", true, 0);
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(publish(1, 1, 0));
      both.writeBytes(publish(2, 1, 0, 1, 1));
      both.writeBytes(publish(3));
      device.send(both.toByteArray());
      assertThat(device.expect(DISCONNECT).body()[0] & 0xFF).isEqualTo(PROTOCOL_ERROR);
      assertThat(device.ended()).isTrue();
    }
    assertThat(fixture.taken).hasSize(1);
  }

  private static byte[] publish(int packetId, int... properties) throws java.io.IOException {
    return RawClient.packet(
        0x32,
        RawClient.body(
            out -> {
              out.writeUTF(telemetry("lamp"));
              out.writeShort(packetId);
              write(out, properties);
              out.write(bytes("{}"));
            }));
  }

  @Test
  void aUserPropertyMayStandTwice() throws Exception {
    int[] user = {0x26, 0, 1, 'a', 0, 1, 'b', 0x26, 0, 1, 'a', 0, 1, 'b'};
    try (RawClient device = fixture.raw()) {
      device.send(0x10, connect(5, CLEAN, user));
      assertThat(device.expect(CONNACK).body()[1]).isZero();
      device.send(publish(7, user));
      assertThat(device.expect(PUBACK).packetIdOfPubAck()).isEqualTo(7);
    }
  }

  @Test
  void aPacketThatComesByteByByteIsRead() throws Exception {
    try (RawClient device = fixture.raw()) {
      device.connect5("d1", true, 0);
      for (byte one : publish(9, 1, 0)) {
        device.send(one);
      }
      assertThat(device.expect(PUBACK).packetIdOfPubAck()).isEqualTo(9);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {WILL | 0x18, 0x08, 0x20})
  void aWillOfQos3OrFlagsOfAWillThatIsNotThereAreMalformed(int flags) throws Exception {
    try (RawClient device = fixture.raw()) {
      device.send(0x10, connect(5, CLEAN | flags));
      assertThat(device.expect(CONNACK).body()[1] & 0xFF).isEqualTo(MALFORMED);
      assertThat(device.ended()).isTrue();
    }
    try (RawClient device = fixture.raw()) {
      device.send(0x10, connect(4, CLEAN | flags));
      assertThat(device.ended()).isTrue();
    }
    assertThat(fixture.server.counts().connections()).isZero();
  }

  @Test
  void aPasswordWithoutAUserNameIsForMqtt5Alone() throws Exception {
    try (RawClient device = fixture.raw()) {
      device.send(0x10, connect(4, CLEAN | PASSWORD));
      assertThat(device.ended()).isTrue();
    }
    assertThat(fixture.notes).anyMatch(note -> note.contains("password without a user name"));
    try (RawClient device = fixture.raw()) {
      device.send(0x10, connect(5, CLEAN | PASSWORD));
      assertThat(device.expect(CONNACK).body()[1]).isZero();
    }
  }
}
