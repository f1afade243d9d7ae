package io.twinloom.local.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttReasonCodes.PubAck;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.local.mqtt.Acknowledgements.Waiting;
import io.twinloom.local.mqtt.Handover.Outcome;
import io.twinloom.model.TwinloomException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The publishes of one connection: checked, handed over, and acknowledged when they are safe. The
 * connection is not read while too many wait for that.
 */
final class Publishes implements Acknowledgements.Settled {
  private final Parts parts;
  private final Wire wire;
  private final Session session;
  private final Acknowledgements acknowledgements;
  private final ChannelHandlerContext context;
  private final Ending ending;
  private String lastName = "";
  private @Nullable DeviceTopic lastTopic;
  private @Nullable ByteBuf acks;

  /** Ends the connection for a client's fault. */
  interface Ending {
    void end(Disconnect code, String why);
  }

  Publishes(Parts parts, Wire wire, Session session, ChannelHandlerContext context, Ending ending) {
    this.parts = parts;
    this.wire = wire;
    this.session = session;
    this.context = context;
    this.ending = ending;
    this.acknowledgements = new Acknowledgements(context.channel().eventLoop(), parts.load(), this);
  }

  /** A PUBLISH came. The caller releases it. */
  void received(MqttPublishMessage packet) {
    MqttPublishVariableHeader header = packet.variableHeader();
    MqttQoS qos = packet.fixedHeader().qosLevel();
    MqttProperties properties = header.properties();
    if (qos == MqttQoS.EXACTLY_ONCE) {
      ending.end(Disconnect.QOS_NOT_SUPPORTED, "QoS is 0 or 1 here");
      return;
    }
    if (wire.version5()) {
      if (packet.fixedHeader().isRetain()) {
        ending.end(Disconnect.RETAIN_NOT_SUPPORTED, "Messages are not retained here");
        return;
      }
      if (properties.getProperty(MqttProperties.TOPIC_ALIAS) != null) {
        ending.end(Disconnect.TOPIC_ALIAS_INVALID, "There are no topic aliases here");
        return;
      }
      int maximum = parts.limits().receiveMaximum();
      if (qos == MqttQoS.AT_LEAST_ONCE && acknowledgements.unacknowledged() >= maximum) {
        ending.end(
            Disconnect.RECEIVE_MAXIMUM_EXCEEDED,
            "At most " + maximum + " messages may wait for their acknowledgement");
        return;
      }
    }
    take(packet, qos == MqttQoS.AT_LEAST_ONCE ? header.packetId() : 0);
  }

  private void take(MqttPublishMessage packet, int packetId) {
    MqttPublishVariableHeader header = packet.variableHeader();
    String name = header.topicName();
    DeviceTopic topic = topic(name);
    Waiting waiting = acknowledgements.expect(packetId, packet.payload().readableBytes(), name);
    if (topic == null) {
      boolean malformed = DeviceTopic.malformed(name);
      waiting.handedOver(malformed ? Outcome.NOT_A_TOPIC : Outcome.NOT_ALLOWED);
    } else {
      MqttProperties properties = header.properties();
      long expiry = Handshake.number(properties, MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 0);
      Message message =
          new Message(
              name,
              ByteBufUtil.getBytes(packet.payload()),
              packetId == 0 ? 0 : 1,
              MessageProperties.of(properties),
              expiry == 0 ? 0 : parts.clock().millis() + expiry * 1_000);
      parts.router().publish(topic, message, session, waiting);
    }
    Limits limits = parts.limits();
    if (acknowledgements.messages() >= limits.waitingMessages()
        || acknowledgements.bytes() >= limits.waitingBytes()
        || parts.load().tooMuch()) {
      wire.pause();
    }
  }

  private @Nullable DeviceTopic topic(String name) {
    if (!name.equals(lastName)) {
      lastName = name;
      lastTopic = DeviceTopic.malformed(name) ? null : DeviceTopic.parse(parts.twin(), name);
    }
    return lastTopic;
  }

  @Override
  public void settled(Waiting message) {
    switch (message.outcome()) {
      case TAKEN -> acknowledge(message);
      case NOBODY_LISTENS -> {
        if (message.packetId() != 0 && wire.version5()) {
          writeAcks();
          wire.write(Packets.pubAck(message.packetId(), PubAck.NO_MATCHING_SUBSCRIBERS, ""));
        } else {
          acknowledge(message);
        }
      }
      case NOT_A_TOPIC -> refuse(message, PubAck.TOPIC_NAME_INVALID, "The topic is malformed");
      case NOT_ALLOWED ->
          refuse(
              message,
              PubAck.NOT_AUTHORIZED,
              "A topic is dt/"
                  + parts.twin()
                  + "/{device}/telemetry or …/commands, a command has at most "
                  + DeviceChannel.MAX_COMMAND_BYTES
                  + " bytes");
      case FULL ->
          refuse(message, PubAck.QUOTA_EXCEEDED, "The device's session is full of commands");
      case FAILED -> failed(message);
    }
  }

  private void acknowledge(Waiting message) {
    if (message.packetId() == 0 || wire.closed()) {
      return;
    }
    if (acks == null) {
      acks = Packets.pubAcks(context.alloc(), 16);
    }
    Packets.addPubAck(acks, message.packetId());
  }

  private void refuse(Waiting message, PubAck code, String why) {
    parts
        .log()
        .warn(
            ChannelLog.Kind.REFUSED,
            "A message is refused: " + why,
            Map.of("client", session.clientId(), "topic", message.topic()));
    reject(message, code, why, true);
  }

  private void failed(Waiting message) {
    Throwable failure = message.failure();
    String why = failure instanceof TwinloomException told ? told.code() : "";
    parts
        .log()
        .warn(
            ChannelLog.Kind.FAILED,
            "A message could not be kept; its device is not told that it was",
            Map.of("client", session.clientId(), "topic", message.topic(), "error", why));
    reject(message, PubAck.UNSPECIFIED_ERROR, "The message could not be kept", false);
  }

  /** MQTT 3.1.1 has no word for it but the end of the connection. */
  private void reject(Waiting message, PubAck code, String why, boolean clientsFault) {
    writeAcks();
    if (wire.version5()) {
      if (message.packetId() != 0) {
        wire.write(Packets.pubAck(message.packetId(), code, wire.reason(why)));
      }
    } else if (message.packetId() != 0 || clientsFault) {
      wire.flush();
      ending.end(Disconnect.UNSPECIFIED_ERROR, why);
    }
  }

  private void writeAcks() {
    if (acks != null) {
      wire.write(acks);
      acks = null;
    }
  }

  @Override
  public void noMore() {
    writeAcks();
    wire.flush();
    Limits limits = parts.limits();
    boolean few =
        acknowledgements.messages() <= limits.waitingMessages() / 2
            && acknowledgements.bytes() <= limits.waitingBytes() / 2
            && !parts.load().tooMuch();
    // One with nothing waiting is always read: nothing would wake it later.
    if (wire.paused() && (few || acknowledgements.messages() == 0)) {
      wire.resume();
    }
  }
}
