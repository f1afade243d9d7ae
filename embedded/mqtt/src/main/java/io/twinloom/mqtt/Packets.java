package io.twinloom.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;

/** The packets that a channel sends. */
final class Packets {
  static final MqttMessage PINGRESP = MqttMessage.PINGRESP;

  private static final MqttFixedHeader PUBLISH_0 = publish(MqttQoS.AT_MOST_ONCE, false);
  private static final MqttFixedHeader PUBLISH_1 = publish(MqttQoS.AT_LEAST_ONCE, false);
  private static final MqttFixedHeader PUBLISH_AGAIN = publish(MqttQoS.AT_LEAST_ONCE, true);
  private static final int PUBACK_BYTES = 4;

  private Packets() {}

  private static MqttFixedHeader publish(MqttQoS qos, boolean duplicate) {
    return new MqttFixedHeader(MqttMessageType.PUBLISH, duplicate, qos, false, 0);
  }

  private static MqttFixedHeader header(MqttMessageType type) {
    return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
  }

  /**
   * An accepted connection.
   *
   * @param present whether there was a session of the client's
   */
  static MqttMessage connAck(Client client, boolean present, MqttLimits limits) {
    MqttMessageBuilders.ConnAckBuilder connAck =
        MqttMessageBuilders.connAck()
            .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
            .sessionPresent(present);
    if (client.version5()) {
      connAck.properties(
          properties -> {
            properties
                .receiveMaximum(limits.incoming().receiveMaximum())
                .maximumQos((byte) 1)
                .retainAvailable(false)
                .maximumPacketSize(limits.packetBytes())
                .subscriptionIdentifiersAvailable(false)
                .sharedSubscriptionAvailable(false);
            if (client.assigned()) {
              properties.assignedClientId(client.id());
            }
            if (client.expiry().lowered()) {
              properties.sessionExpiryInterval(client.expiry().seconds());
            }
          });
    }
    return connAck.build();
  }

  /** A refused connection. */
  static MqttMessage refusal(MqttConnectReturnCode code, String why) {
    return MqttMessageBuilders.connAck().returnCode(code).properties(reason(why)).build();
  }

  /** Bytes for some positive acknowledgements. */
  static ByteBuf pubAcks(ByteBufAllocator allocator, int count) {
    return allocator.ioBuffer(count * PUBACK_BYTES);
  }

  /** Adds a positive acknowledgement, which is the same in both versions. */
  static void addPubAck(ByteBuf acks, int packetId) {
    acks.writeByte(MqttMessageType.PUBACK.value() << 4).writeByte(2).writeShort(packetId);
  }

  /** An acknowledgement with a reason code, for MQTT 5. */
  static MqttMessage pubAck(int packetId, MqttReasonCodes.PubAck code, String why) {
    return new MqttMessage(
        header(MqttMessageType.PUBACK),
        new MqttPubReplyMessageVariableHeader(packetId, code.byteValue(), reason(why)));
  }

  static MqttMessage subAck(int packetId, int[] codes) {
    return new MqttSubAckMessage(
        header(MqttMessageType.SUBACK),
        new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
        new MqttSubAckPayload(codes));
  }

  /**
   * @param codes for MQTT 5; the older version has none
   */
  static MqttMessage unsubAck(int packetId, short[] codes) {
    return new MqttUnsubAckMessage(
        header(MqttMessageType.UNSUBACK),
        new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
        new MqttUnsubAckPayload(codes));
  }

  /** A goodbye, for MQTT 5. */
  static MqttMessage disconnect(MqttReasonCodes.Disconnect code, String why) {
    return MqttMessageBuilders.disconnect()
        .reasonCode(code.byteValue())
        .properties(reason(why))
        .build();
  }

  /**
   * @param packetId 0 for QoS 0
   * @param withProperties whether the client knows properties
   */
  static MqttMessage publish(
      Message message, int packetId, boolean duplicate, boolean withProperties, long now) {
    MqttFixedHeader header = packetId == 0 ? PUBLISH_0 : duplicate ? PUBLISH_AGAIN : PUBLISH_1;
    MqttProperties properties = MqttProperties.NO_PROPERTIES;
    boolean expires = message.expiresAt() != 0;
    if (withProperties && (expires || !message.properties().isEmpty())) {
      properties = new MqttProperties();
      message.properties().addTo(properties);
      if (expires) {
        int left = (int) Math.max(1, (message.expiresAt() - now) / 1_000);
        properties.add(new IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, left));
      }
    }
    return new MqttPublishMessage(
        header,
        new MqttPublishVariableHeader(message.topic(), packetId, properties),
        Unpooled.wrappedBuffer(message.payload()));
  }

  private static MqttProperties reason(String why) {
    if (why.isEmpty()) {
      return MqttProperties.NO_PROPERTIES;
    }
    MqttProperties properties = new MqttProperties();
    properties.add(new StringProperty(MqttProperties.REASON_STRING, why));
    return properties;
  }
}
