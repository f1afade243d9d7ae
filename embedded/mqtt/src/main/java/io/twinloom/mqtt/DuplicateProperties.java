package io.twinloom.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;

/**
 * Finds a property that stands twice in a packet of MQTT 5 where it may stand once: all but user
 * properties.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901029">MQTT
 *     5, 2.2.2.2: Property</a>
 */
final class DuplicateProperties {

  /** None; or what cannot be read, which the decoder refuses. */
  private static final int NONE = -1;

  private static final int WILL_FLAG = 4;
  private static final int QOS_BITS = 6;
  private static final int VARIABLE_BYTES_MOST = 4;

  private final ByteBuf in;

  private DuplicateProperties(ByteBuf in) {
    this.in = in;
  }

  /**
   * The id of the first one; negative where there is none.
   *
   * @param first the packet's first byte: its type and flags
   * @param body what follows its length
   */
  static int in(int first, ByteBuf body) {
    try {
      return new DuplicateProperties(body.duplicate()).ofPacket(first);
    } catch (IndexOutOfBoundsException e) {
      // The packet ends in the middle of something.
      return NONE;
    }
  }

  private int ofPacket(int first) {
    int type = first >> 4;
    if (type == MqttMessageType.CONNECT.value()) {
      return ofConnect();
    }
    if (type == MqttMessageType.PUBLISH.value()) {
      skipText();
      in.skipBytes((first & QOS_BITS) == 0 ? 0 : 2);
      return ofBlock();
    }
    if (type == MqttMessageType.SUBSCRIBE.value() || type == MqttMessageType.UNSUBSCRIBE.value()) {
      in.skipBytes(2);
      return ofBlock();
    }
    if (type >= MqttMessageType.PUBACK.value() && type <= MqttMessageType.PUBCOMP.value()) {
      in.skipBytes(2);
      return afterReason();
    }
    return type == MqttMessageType.DISCONNECT.value() || type == MqttMessageType.AUTH.value()
        ? afterReason()
        : NONE;
  }

  private int ofConnect() {
    skipText();
    in.skipBytes(1);
    int flags = in.readUnsignedByte();
    in.skipBytes(2);
    int found = ofBlock();
    if (found != NONE || (flags & WILL_FLAG) == 0) {
      return found;
    }
    skipText();
    return ofBlock();
  }

  /** A reason code and properties may be left out. */
  private int afterReason() {
    if (in.readableBytes() < 2) {
      return NONE;
    }
    in.skipBytes(1);
    return ofBlock();
  }

  private int ofBlock() {
    int end = variable() + in.readerIndex();
    long seen = 0;
    while (in.readerIndex() < end) {
      int id = variable();
      if (id >= Long.SIZE) {
        return NONE;
      }
      long bit = 1L << id;
      if ((seen & bit) != 0 && id != MqttProperties.USER_PROPERTY) {
        return id;
      }
      seen |= bit;
      if (!skipValue(id)) {
        return NONE;
      }
    }
    return NONE;
  }

  /** Returns false where there is no such property. */
  private boolean skipValue(int id) {
    switch (id) {
      case MqttProperties.PAYLOAD_FORMAT_INDICATOR,
          MqttProperties.REQUEST_PROBLEM_INFORMATION,
          MqttProperties.REQUEST_RESPONSE_INFORMATION,
          MqttProperties.MAXIMUM_QOS,
          MqttProperties.RETAIN_AVAILABLE,
          MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE,
          MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE,
          MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE ->
          in.skipBytes(1);
      case MqttProperties.SERVER_KEEP_ALIVE,
          MqttProperties.RECEIVE_MAXIMUM,
          MqttProperties.TOPIC_ALIAS_MAXIMUM,
          MqttProperties.TOPIC_ALIAS ->
          in.skipBytes(2);
      case MqttProperties.PUBLICATION_EXPIRY_INTERVAL,
          MqttProperties.SESSION_EXPIRY_INTERVAL,
          MqttProperties.WILL_DELAY_INTERVAL,
          MqttProperties.MAXIMUM_PACKET_SIZE ->
          in.skipBytes(4);
      case MqttProperties.SUBSCRIPTION_IDENTIFIER -> {
        int unused = variable();
      }
      case MqttProperties.CONTENT_TYPE,
          MqttProperties.RESPONSE_TOPIC,
          MqttProperties.CORRELATION_DATA,
          MqttProperties.ASSIGNED_CLIENT_IDENTIFIER,
          MqttProperties.AUTHENTICATION_METHOD,
          MqttProperties.AUTHENTICATION_DATA,
          MqttProperties.RESPONSE_INFORMATION,
          MqttProperties.SERVER_REFERENCE,
          MqttProperties.REASON_STRING ->
          skipText();
      case MqttProperties.USER_PROPERTY -> {
        skipText();
        skipText();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A text or bytes behind their length. */
  private void skipText() {
    in.skipBytes(in.readUnsignedShort());
  }

  private int variable() {
    int value = 0;
    for (int i = 0; i < VARIABLE_BYTES_MOST; i++) {
      int digit = in.readUnsignedByte();
      value |= (digit & 127) << 7 * i;
      if ((digit & 128) == 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a number of more than four bytes");
  }
}
