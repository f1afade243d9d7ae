package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.telemetry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of single fields that MQTT forbids. */
class MqttFieldRulesTest extends StartedServer {
  private static final byte[] NONE = {};

  private static byte[] text(int property, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(property);
    all.write(utf8.length >> 8);
    all.write(utf8.length);
    all.writeBytes(utf8);
    return all.toByteArray();
  }

  private static RawClient.Body connect(int version, byte[] id, byte[] properties, byte[] will) {
    return out -> {
      out.writeUTF("MQTT");
      out.writeByte(version);
      out.writeByte(will.length == 0 ? CLEAN : CLEAN | WILL);
      out.writeShort(60);
      if (version == 5) {
        out.writeByte(properties.length);
        out.write(properties);
      }
      out.writeShort(id.length);
      out.write(id);
      if (will.length > 0) {
        out.writeByte(will.length);
        out.write(will);
        out.writeUTF(telemetry("lamp"));
        out.writeShort(2);
        out.write(bytes("{}"));
      }
    };
  }

  static Stream<byte[]> connects() {
    return Stream.of(new byte[] {0x17, 2}, new byte[] {0x19, 2}, text(0x16, "data"));
  }

  @ParameterizedTest
  @MethodSource("connects")
  void aPropertyOfAConnectIsAsTheProtocolHasIt(byte[] properties) throws Exception {
    try (RawClient device = fixture.raw()) {
      device.send(0x10, connect(5, bytes("d1"), properties, NONE));
      assertThat(device.expect(CONNACK).body()[1] & 0xFF).isEqualTo(PROTOCOL_ERROR);
      assertThat(device.ended()).isTrue();
    }
  }

  static Stream<byte[]> messages() {
    return Stream.of(
        new byte[] {1, 2}, new byte[] {0x0b, 1}, text(8, "a/#"), text(8, "a/+/b"), text(8, ""));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aPropertyOfAMessageIsAsTheProtocolHasIt(byte[] properties) throws Exception {
    try (RawClient device = fixture.raw()) {
      device.connect5("d1", true, 0);
      device.send(
          0x32,
          out -> {
            out.writeUTF(telemetry("lamp"));
            out.writeShort(1);
            out.writeByte(properties.length);
            out.write(properties);
            out.write(bytes("{}"));
          });
      assertThat(device.expect(DISCONNECT).body()[0] & 0xFF).isEqualTo(PROTOCOL_ERROR);
    }
    assertThat(fixture.taken).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void soIsOneOfAWill(byte[] properties) throws Exception {
    try (RawClient device = fixture.raw()) {
      device.send(0x10, connect(5, bytes("d1"), NONE, properties));
      assertThat(device.ended()).isTrue();
    }
    assertThat(fixture.server.counts().connections()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"4", "5"})
  void aMessageOfQos0IsNoRepeat(int version) throws Exception {
    try (RawClient device = fixture.raw()) {
      boolean unused = version == 5 ? device.connect5("d1", true, 0) : device.connect3("d1", true);
      device.send(
          0x38,
          out -> {
            out.writeUTF(telemetry("lamp"));
            if (version == 5) {
              out.writeByte(0);
            }
            out.write(bytes("{}"));
          });
      if (version == 5) {
        assertThat(device.expect(DISCONNECT).body()[0] & 0xFF).isEqualTo(MALFORMED);
      }
      assertThat(device.ended()).isTrue();
    }
    assertThat(fixture.taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void aClientIdThatIsNoUtf8IsRefused(int version) throws Exception {
    for (byte[] id : new byte[][] {{(byte) 0xff, (byte) 0xfe}, {'a', (byte) 0xc3}, {'a', 0}}) {
      try (RawClient device = fixture.raw()) {
        device.send(0x10, connect(version, id, NONE, NONE));
        assertThat(device.expect(CONNACK).body()[1]).isNotZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4, a/b, 4", "4, a/b, 8", "4, a/b, 0x10", "5, $share/g/a, 4"})
  void theOptionsOfASubscriptionAreThoseOfItsVersion(int version, String filter, String options)
      throws Exception {
    try (RawClient device = fixture.raw()) {
      boolean unused = version == 5 ? device.connect5("d1", true, 0) : device.connect3("d1", true);
      device.send(
          0x82,
          out -> {
            out.writeShort(1);
            if (version == 5) {
              out.writeByte(0);
            }
            out.writeUTF(filter);
            out.writeByte(Integer.decode(options));
          });
      assertThat(device.ended()).isTrue();
    }
  }
}
