package io.twinloom.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttReasonCodes.PubAck;
import io.twinloom.mqtt.Acknowledgements.Waiting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The publishes of one connection: checked, routed, and acknowledged when they are safe. The
 * connection is not read while too many wait for that.
 */
final class PublishHandler implements Acknowledgements.Settled {
  private final ServerContext server;
  private final PacketWriter writer;
  private final Session session;
  private final @Nullable String user;
  private final Acknowledgements acknowledgements;
  private final ReadBurst burst = new ReadBurst(ReadBurst.MESSAGES);
  private final Channel channel;
  private final Ending ending;
  private boolean retainNoted;
  private String lastName = "";
  private @Nullable Topic lastTopic;
  private @Nullable ByteBuf acks;

  /** Ends the connection for a client's fault. */
  interface Ending {
    void end(Disconnect code, String why);
  }

  PublishHandler(
      ServerContext server,
      PacketWriter writer,
      Session session,
      @Nullable String user,
      Channel channel,
      Ending ending) {
    this.server = server;
    this.writer = writer;
    this.session = session;
    this.user = user;
    this.channel = channel;
    this.ending = ending;
    this.acknowledgements = new Acknowledgements(channel.eventLoop(), server.inFlight(), this);
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
    String broken = FieldRules.ofPublish(packet.fixedHeader());
    if (broken != null) {
      ending.end(Disconnect.MALFORMED_PACKET, broken);
      return;
    }
    if (writer.version5()) {
      String misused = FieldRules.ofMessage(properties);
      if (misused != null) {
        ending.end(Disconnect.PROTOCOL_ERROR, misused);
        return;
      }
      if (packet.fixedHeader().isRetain()) {
        ending.end(
            Disconnect.RETAIN_NOT_SUPPORTED,
            "Messages are not retained here: send them without the retain flag");
        return;
      }
      if (properties.getProperty(MqttProperties.TOPIC_ALIAS) != null) {
        ending.end(Disconnect.TOPIC_ALIAS_INVALID, "There are no topic aliases here");
        return;
      }
      int maximum = server.limits().incoming().receiveMaximum();
      if (qos == MqttQoS.AT_LEAST_ONCE && acknowledgements.unacknowledged() >= maximum) {
        ending.end(
            Disconnect.RECEIVE_MAXIMUM_EXCEEDED,
            "At most " + maximum + " messages may wait for their acknowledgement");
        return;
      }
    }
    if (packet.fixedHeader().isRetain() && !retainNoted) {
      retainNoted = true;
      server
          .events()
          .warn(
              EventLog.Kind.NOT_RETAINED,
              "Messages are taken, but not retained: messages are not retained here",
              Map.of("client", session.clientId(), "topic", header.topicName()));
    }
    take(packet, qos == MqttQoS.AT_LEAST_ONCE ? header.packetId() : 0);
  }

  private void take(MqttPublishMessage packet, int packetId) {
    MqttPublishVariableHeader header = packet.variableHeader();
    String name = header.topicName();
    Topic topic = topic(name);
    Waiting waiting = acknowledgements.expect(packetId, packet.payload().readableBytes(), name);
    if (topic == null) {
      boolean malformed = Topic.malformed(name);
      waiting.submitted(malformed ? PublishOutcome.MALFORMED_TOPIC : PublishOutcome.NOT_AUTHORIZED);
    } else {
      MqttProperties properties = header.properties();
      long expiry = Handshake.number(properties, MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 0);
      Message message =
          new Message(
              name,
              ByteBufUtil.getBytes(packet.payload()),
              packetId == 0 ? 0 : 1,
              MessageProperties.of(properties),
              expiry == 0 ? 0 : server.clock().millis() + expiry * 1_000);
      server.router().publish(topic, message, session, waiting, burst);
    }
    MqttLimits limits = server.limits();
    if (acknowledgements.messages() >= limits.incoming().messages()
        || acknowledgements.bytes() >= limits.incoming().bytes()
        || server.inFlight().exceeded()) {
      writer.pause();
    }
  }

  /** What was read together has been read. */
  void readEnded() {
    burst.end();
  }

  private @Nullable Topic topic(String name) {
    if (!name.equals(lastName)) {
      lastName = name;
      Topic routed = Topic.of(name, server.options().router());
      lastTopic = routed != null && mayPublish(name) ? routed : null;
      if (lastTopic != null) {
        session.published(name);
      }
    }
    return lastTopic;
  }

  private boolean mayPublish(String name) {
    return server.options().authorizer().mayPublish(user, name);
  }

  @Override
  public void settled(Waiting message) {
    switch (message.outcome()) {
      case ACCEPTED -> acknowledge(message);
      case NO_SUBSCRIBERS -> {
        if (message.packetId() != 0 && writer.version5()) {
          writeAcks();
          writer.write(Packets.pubAck(message.packetId(), PubAck.NO_MATCHING_SUBSCRIBERS, ""));
        } else {
          acknowledge(message);
        }
      }
      case MALFORMED_TOPIC -> refuse(message, PubAck.TOPIC_NAME_INVALID, "The topic is malformed");
      case NOT_AUTHORIZED ->
          refuse(
              message,
              PubAck.NOT_AUTHORIZED,
              mayPublish(message.topic())
                  ? server.options().router().allowed()
                  : "The user may not publish to this topic");
      case SESSION_FULL ->
          refuse(message, PubAck.QUOTA_EXCEEDED, "The sessions that subscribe are full");
      case FAILED -> failed(message);
    }
  }

  private void acknowledge(Waiting message) {
    if (message.packetId() == 0 || writer.closed()) {
      return;
    }
    if (acks == null) {
      acks = Packets.pubAcks(channel.alloc(), 16);
    }
    Packets.addPubAck(acks, message.packetId());
  }

  private void refuse(Waiting message, PubAck code, String why) {
    server
        .events()
        .warn(
            EventLog.Kind.REFUSED,
            "A message is refused: " + why,
            Map.of("client", session.clientId(), "topic", message.topic()));
    reject(message, code, why, true);
  }

  private void failed(Waiting message) {
    server
        .events()
        .warn(
            EventLog.Kind.FAILED,
            "A message could not be stored, so it is not acknowledged",
            Map.of("client", session.clientId(), "topic", message.topic()),
            message.failure());
    reject(message, PubAck.UNSPECIFIED_ERROR, "The message could not be stored", false);
  }

  /** MQTT 3.1.1 has no negative acknowledgement but the end of the connection. */
  private void reject(Waiting message, PubAck code, String why, boolean clientsFault) {
    writeAcks();
    if (writer.version5()) {
      if (message.packetId() != 0) {
        writer.write(Packets.pubAck(message.packetId(), code, writer.reason(why)));
      }
    } else if (message.packetId() != 0 || clientsFault) {
      writer.flush();
      ending.end(Disconnect.UNSPECIFIED_ERROR, why);
    }
  }

  private void writeAcks() {
    if (acks != null) {
      writer.write(acks);
      acks = null;
    }
  }

  @Override
  public void noMore() {
    writeAcks();
    writer.flush();
    MqttLimits limits = server.limits();
    boolean few =
        acknowledgements.messages() <= limits.incoming().messages() / 2
            && acknowledgements.bytes() <= limits.incoming().bytes() / 2
            && !server.inFlight().exceeded();
    // One with nothing waiting is always read: nothing would wake it later.
    if (writer.paused() && (few || acknowledgements.messages() == 0)) {
      writer.resume();
    }
  }
}
