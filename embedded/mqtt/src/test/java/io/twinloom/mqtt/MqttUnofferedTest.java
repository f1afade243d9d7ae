package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.commands;
import static io.twinloom.mqtt.ServerFixture.telemetry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What MQTT has and the channel has not is refused with the reason that MQTT has for it. */
class MqttUnofferedTest {
  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int SUBACK = 9;
  private static final int DISCONNECT = 14;

  private ServerFixture fixture;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture().start();
    client = new RawClient(fixture.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    fixture.close();
  }

  private void connect(int version, int flags, RawClient.Body rest) throws IOException {
    client.send(
        0x10,
        out -> {
          out.writeUTF("MQTT");
          out.writeByte(version);
          out.writeByte(flags);
          out.writeShort(60);
          rest.to(out);
        });
  }

  private int reason(int type) throws IOException {
    RawClient.Packet packet = client.expect(type);
    int at = type == CONNACK ? 1 : type == SUBACK ? packet.body().length - 1 : 0;
    return packet.body()[at] & 0xFF;
  }

  @Test
  void anotherVersionOfTheProtocol() throws IOException {
    connect(9, 2, out -> out.writeUTF("d1"));
    assertThat(reason(CONNACK)).isEqualTo(1);
    assertThat(client.ended()).isTrue();
  }

  @Test
  void theOldestVersionOfTheProtocol() throws IOException {
    client.send(
        0x10,
        out -> {
          out.writeUTF("MQIsdp");
          out.writeByte(3);
          out.writeByte(2);
          out.writeShort(60);
          out.writeUTF("d1");
        });
    assertThat(reason(CONNACK)).isEqualTo(1);
  }

  @Test
  void aKeptSessionWithoutClientId() throws IOException {
    connect(4, 0, out -> out.writeUTF(""));
    assertThat(reason(CONNACK)).isEqualTo(2);
  }

  @Test
  void aClientIdThatIsTooLong() throws IOException {
    connect(
        5,
        2,
        out -> {
          out.writeByte(0);
          out.writeUTF("x".repeat(257));
        });
    assertThat(reason(CONNACK)).isEqualTo(0x85);
  }

  @Test
  void enhancedAuthentication() throws IOException {
    connect(
        5,
        2,
        out -> {
          out.writeByte(8);
          out.writeByte(0x15);
          out.writeUTF("SCRAM");
          out.writeUTF("d1");
        });
    assertThat(reason(CONNACK)).isEqualTo(0x8C);
  }

  private static void will(DataOutputStream out) throws IOException {
    out.writeByte(0);
    out.writeUTF("d1");
    out.writeByte(0);
    out.writeUTF(telemetry("lamp"));
    out.writeShort(0);
  }

  @Test
  void aWillThatIsRetained() throws IOException {
    connect(5, 2 | 4 | 0x20, MqttUnofferedTest::will);
    assertThat(reason(CONNACK)).isEqualTo(0x9A);
  }

  @Test
  void aWillOfQosTwo() throws IOException {
    connect(5, 2 | 4 | 0x10, MqttUnofferedTest::will);
    assertThat(reason(CONNACK)).isEqualTo(0x9B);
  }

  private void subscribe(int identifier, String filter, int options) throws IOException {
    client.send(
        0x82,
        out -> {
          out.writeShort(1);
          out.writeByte(identifier == 0 ? 0 : 2);
          if (identifier != 0) {
            out.writeByte(0x0B);
            out.writeByte(identifier);
          }
          out.writeUTF(filter);
          out.writeByte(options);
        });
  }

  @Test
  void aSharedSubscription() throws IOException {
    client.connect5("d1", true, 0);
    subscribe(0, "$share/group/dt/#", 1);
    assertThat(reason(SUBACK)).isEqualTo(0x9E);
  }

  @Test
  void aMalformedFilter() throws IOException {
    client.connect5("d1", true, 0);
    subscribe(0, "dt/#/x", 1);
    assertThat(reason(SUBACK)).isEqualTo(0x8F);
  }

  @Test
  void aSubscriptionIdentifier() throws IOException {
    client.connect5("d1", true, 0);
    subscribe(7, "dt/#", 1);
    assertThat(reason(DISCONNECT)).isEqualTo(0xA1);
  }

  @Test
  void aTopicAlias() throws IOException {
    client.connect5("d1", true, 0);
    client.send(
        0x30,
        out -> {
          out.writeUTF(telemetry("lamp"));
          out.writeByte(3);
          out.writeByte(0x23);
          out.writeShort(1);
        });
    assertThat(reason(DISCONNECT)).isEqualTo(0x94);
  }

  @Test
  void aTopicWithAWildcard() throws IOException {
    client.connect5("d1", true, 0);
    client.publish("dt/house/+/telemetry", 1, bytes("{}"));
    assertThat(reason(DISCONNECT)).isEqualTo(0x90);
  }

  @Test
  void moreThanTheReceiveMaximum() throws IOException {
    fixture.intake = (device, payload) -> new CompletableFuture<>();
    client.connect5("d1", true, 0);
    for (int id = 1; id <= 1_001; id++) {
      client.publish(telemetry("lamp"), id, bytes("{}"));
    }
    assertThat(reason(DISCONNECT)).isEqualTo(0x93);
  }

  @Test
  void aSessionThatWasToEndCannotBeKeptInTheEnd() throws IOException {
    client.connect5("d1", true, 0);
    client.send(
        0xE0,
        out -> {
          out.writeByte(0);
          out.writeByte(5);
          out.writeByte(0x11);
          out.writeInt(60);
        });
    assertThat(reason(DISCONNECT)).isEqualTo(0x82);
  }

  @Test
  void aClientGetsNotWhatItPublishedItselfWhereItWantsThat() throws IOException {
    client.connect5("d1", true, 0);
    subscribe(0, "dt/house/+/commands", 1 | 4);
    assertThat(reason(SUBACK)).isEqualTo(1);
    client.publish(commands("lamp"), 1, bytes("own"));
    RawClient.Packet pubAck = client.expect(4);
    assertThat(pubAck.body()[2] & 0xFF).as("no matching subscribers").isEqualTo(0x10);
    fixture.send("lamp", bytes("another's"));
    assertThat(client.expect(PUBLISH).publishText()).isEqualTo("another's");
  }

  @Test
  void aPacketThatTheClientDoesNotTake() throws IOException {
    connect(
        5,
        2,
        out -> {
          out.writeByte(5);
          out.writeByte(0x27);
          out.writeInt(200);
          out.writeUTF("d1");
        });
    assertThat(reason(CONNACK)).isZero();
    subscribe(0, commands("lamp"), 1);
    assertThat(reason(SUBACK)).isEqualTo(1);
    fixture.send("lamp", new byte[300]);
    fixture.send("lamp", new byte[30]);
    assertThat(client.expect(PUBLISH).body().length).isLessThan(200);
    assertThat(fixture.server.counts().dropped()).isEqualTo(1);
  }
}
