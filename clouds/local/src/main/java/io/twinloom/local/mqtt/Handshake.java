package io.twinloom.local.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges a client's CONNECT. */
final class Handshake {

  /** What a CONNECT comes to. */
  sealed interface Result {}

  /** The connection may be made. */
  record Accepted(Client client) implements Result {}

  /** It may not. */
  record Refused(MqttConnectReturnCode code, String why) implements Result {}

  /**
   * A client as its CONNECT describes it.
   *
   * @param assigned whether its id was made here
   * @param clean whether it wants a new session
   * @param expirySeconds how long its session is kept when it is away, as granted
   * @param lowered whether that is less than it asked for
   * @param explained whether it wants to be told reasons
   */
  record Client(
      String id,
      boolean assigned,
      boolean version5,
      boolean clean,
      long expirySeconds,
      boolean lowered,
      int keepAliveSeconds,
      int receiveMaximum,
      long maximumPacket,
      boolean explained,
      @Nullable Will will) {}

  private final String twin;
  private final Users users;
  private final Limits limits;
  private final Supplier<String> clientIds;
  private final ChannelLog log;

  Handshake(String twin, Users users, Limits limits, Supplier<String> clientIds, ChannelLog log) {
    this.twin = twin;
    this.users = users;
    this.limits = limits;
    this.clientIds = clientIds;
    this.log = log;
  }

  Result judge(MqttConnectMessage connect) {
    MqttConnectVariableHeader header = connect.variableHeader();
    MqttConnectPayload payload = connect.payload();
    boolean version5 = header.version() == MqttVersion.MQTT_5.protocolLevel();
    if (!version5 && header.version() != MqttVersion.MQTT_3_1_1.protocolLevel()) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, "");
    }
    MqttProperties properties = header.properties();
    if (properties.getProperty(MqttProperties.AUTHENTICATION_METHOD) != null) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD,
          "Only user and password are known here");
    }
    if (!users.allow(payload.userName(), payload.passwordInBytes())) {
      return new Refused(
          version5
              ? MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD
              : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
          "Unknown user or wrong password");
    }
    String id = payload.clientIdentifier();
    boolean named = id != null && !id.isEmpty();
    if ((!named && !version5 && !header.isCleanSession())
        || (named && (id.length() > limits.clientIdLength() || id.indexOf(0) >= 0))) {
      return new Refused(
          version5
              ? MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID
              : MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED,
          "A client id has 1 to " + limits.clientIdLength() + " characters");
    }
    Refused willRefused = version5 ? judgeWill(header) : null;
    if (willRefused != null) {
      return willRefused;
    }
    return accept(header, payload, version5, named ? id : clientIds.get(), !named);
  }

  private Result accept(
      MqttConnectVariableHeader header,
      MqttConnectPayload payload,
      boolean version5,
      String id,
      boolean assigned) {
    MqttProperties properties = header.properties();
    long asked = number(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0);
    if (!version5) {
      asked = header.isCleanSession() ? 0 : Session.NEVER;
    }
    long expiry = Math.min(asked, limits.sessionExpiry().toSeconds());
    long receiveMaximum = number(properties, MqttProperties.RECEIVE_MAXIMUM, Outbox.PACKET_IDS);
    long maximumPacket = number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE);
    if (receiveMaximum == 0 || maximumPacket == 0) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_PROTOCOL_ERROR,
          "A Receive Maximum or Maximum Packet Size of 0 is not allowed");
    }
    return new Accepted(
        new Client(
            id,
            assigned,
            version5,
            header.isCleanSession(),
            expiry,
            version5 && expiry != asked,
            header.keepAliveTimeSeconds(),
            (int) receiveMaximum,
            maximumPacket,
            number(properties, MqttProperties.REQUEST_PROBLEM_INFORMATION, 1) == 1,
            header.isWillFlag() ? will(id, header, payload) : null));
  }

  private static @Nullable Refused judgeWill(MqttConnectVariableHeader header) {
    if (header.isWillFlag() && header.isWillRetain()) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_RETAIN_NOT_SUPPORTED,
          "Messages are not retained here");
    }
    if (header.isWillFlag() && header.willQos() > 1) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_QOS_NOT_SUPPORTED, "QoS is 0 or 1 here");
    }
    return null;
  }

  private @Nullable Will will(
      String id, MqttConnectVariableHeader header, MqttConnectPayload payload) {
    String name = payload.willTopic() == null ? "" : payload.willTopic();
    DeviceTopic topic = DeviceTopic.malformed(name) ? null : DeviceTopic.parse(twin, name);
    byte[] message = payload.willMessageInBytes();
    if (topic == null || message == null) {
      log.warn(
          ChannelLog.Kind.WILL,
          "A will is ignored: its topic is no device's",
          Map.of("client", id, "topic", name));
      return null;
    }
    MqttProperties properties = payload.willProperties();
    return new Will(
        topic,
        message,
        Math.min(1, header.willQos()),
        MessageProperties.of(properties),
        number(properties, MqttProperties.WILL_DELAY_INTERVAL, 0),
        number(properties, MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 0));
  }

  /** A property's value as the unsigned number that it is. */
  static long number(MqttProperties properties, int id, long otherwise) {
    Integer value = MessageProperties.value(properties, id, Integer.class);
    return value == null ? otherwise : Integer.toUnsignedLong(value);
  }
}
