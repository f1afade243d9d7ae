package io.twinloom.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks a client's CONNECT. */
final class Handshake {

  /** What a CONNECT comes to. */
  sealed interface Result {}

  /**
   * The connection may be made.
   *
   * @param user as in its CONNECT; null where it names none
   */
  record Accepted(Client client, @Nullable String user) implements Result {}

  /** It may not. */
  record Refused(MqttConnectReturnCode code, String why) implements Result {}

  /** It breaks the protocol in a way for which MQTT 3.1.1 has no code: the connection is closed. */
  record Violation(String why) implements Result {}

  private final MqttServerOptions options;
  private final EventLog events;

  Handshake(MqttServerOptions options, EventLog events) {
    this.options = options;
    this.events = events;
  }

  Result check(MqttConnectMessage connect) {
    MqttConnectVariableHeader header = connect.variableHeader();
    MqttConnectPayload payload = connect.payload();
    boolean version5 = header.version() == MqttVersion.MQTT_5.protocolLevel();
    if (!version5 && header.version() != MqttVersion.MQTT_3_1_1.protocolLevel()) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, "");
    }
    String contradiction = contradiction(header, version5);
    if (contradiction != null) {
      return version5
          ? new Refused(MqttConnectReturnCode.CONNECTION_REFUSED_MALFORMED_PACKET, contradiction)
          : new Violation(contradiction);
    }
    MqttProperties properties = header.properties();
    String broken = broken(header, payload);
    if (version5 && broken != null) {
      return new Refused(MqttConnectReturnCode.CONNECTION_REFUSED_PROTOCOL_ERROR, broken);
    }
    if (properties.getProperty(MqttProperties.AUTHENTICATION_METHOD) != null) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD,
          "Only user and password are supported here");
    }
    if (!options.authenticator().allows(payload.userName(), payload.passwordInBytes())) {
      return new Refused(
          version5
              ? MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD
              : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
          "Unknown user or wrong password");
    }
    String id = payload.clientIdentifier();
    boolean named = id != null && !id.isEmpty();
    if ((!named && !version5 && !header.isCleanSession())
        || (named
            && (id.length() > options.limits().clientIdLength() || FieldRules.malformed(id)))) {
      return new Refused(
          version5
              ? MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID
              : MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED,
          "A client id has 1 to " + options.limits().clientIdLength() + " characters in UTF-8");
    }
    Refused willRefused = version5 ? checkWill(header) : null;
    if (willRefused != null) {
      return willRefused;
    }
    return accept(header, payload, version5, named ? id : options.clientIds().get(), !named);
  }

  /**
   * What is wrong with a CONNECT's flags; null where nothing is.
   *
   * @see <a
   *     href="https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html">MQTT-3.1.2-11 to
   *     3.1.2-15 and 3.1.2-22; MQTT 5 allows a password without a user name</a>
   */
  private static @Nullable String contradiction(
      MqttConnectVariableHeader header, boolean version5) {
    if (header.willQos() > 2) {
      return "A will has no QoS 3";
    }
    if (!header.isWillFlag() && (header.willQos() > 0 || header.isWillRetain())) {
      return "Its flags say how to publish a will, and that there is none";
    }
    if (!version5 && header.hasPassword() && !header.hasUserName()) {
      return "MQTT 3.1.1 has no password without a user name";
    }
    return null;
  }

  private static @Nullable String broken(
      MqttConnectVariableHeader header, MqttConnectPayload payload) {
    String broken = FieldRules.ofConnect(header.properties());
    return broken == null && header.isWillFlag()
        ? FieldRules.ofMessage(payload.willProperties())
        : broken;
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
    long expiry = Math.min(asked, options.limits().sessions().expiry().toSeconds());
    long receiveMaximum =
        number(properties, MqttProperties.RECEIVE_MAXIMUM, InFlightWindow.PACKET_IDS);
    long maximumPacket = number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE);
    if (receiveMaximum == 0 || maximumPacket == 0) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_PROTOCOL_ERROR,
          "A Receive Maximum or Maximum Packet Size of 0 is not allowed");
    }
    return new Accepted(
        Client.builder(id, version5)
            .assigned(assigned)
            .clean(header.isCleanSession())
            .expiry(version5 ? asked : expiry, expiry)
            .keepAliveSeconds(header.keepAliveTimeSeconds())
            .receives((int) receiveMaximum, maximumPacket)
            .wantsReasons(number(properties, MqttProperties.REQUEST_PROBLEM_INFORMATION, 1) == 1)
            .will(header.isWillFlag() ? will(id, header, payload) : null)
            .build(),
        payload.userName());
  }

  private static @Nullable Refused checkWill(MqttConnectVariableHeader header) {
    if (header.isWillFlag() && header.isWillRetain()) {
      return new Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_RETAIN_NOT_SUPPORTED,
          "Messages are not retained here: send the will without its retain flag");
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
    Topic topic = Topic.of(name, options.router());
    byte[] message = payload.willMessageInBytes();
    boolean allowed =
        topic != null && options.authorizer().mayPublish(payload.userName(), topic.name());
    if (topic == null || message == null || !allowed) {
      events.warn(
          EventLog.Kind.WILL,
          "A will is ignored: nobody may publish to its topic",
          Map.of("client", id, "topic", name));
      return null;
    }
    // MQTT 3.1.1 has no way to refuse these; MQTT 5 refuses them before.
    if (header.willQos() > 1) {
      events.warn(
          EventLog.Kind.WILL,
          "A will of QoS 2 is published with QoS 1: QoS is 0 or 1 here",
          Map.of("client", id, "topic", name));
    }
    if (header.isWillRetain()) {
      events.warn(
          EventLog.Kind.NOT_RETAINED,
          "A will is published, but not retained: messages are not retained here",
          Map.of("client", id, "topic", name));
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
