package io.twinloom.mqtt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.twinloom.mqtt.Sessions.Opened;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client's connection, from its CONNECT to its end. */
final class Connection extends ChannelInboundHandlerAdapter {

  /** What an accepted connection has. */
  private record Open(
      Client client, Session session, PublishHandler publishes, SubscribeHandler subscriptions) {}

  private final ServerContext server;
  private final Channel channel;
  private final PacketWriter writer;
  private @Nullable Open open;
  private @Nullable Will will;
  private boolean ended;

  /** The id that a refused client has given itself. */
  private String claimed = "";

  Connection(ServerContext server, Channel channel) {
    this.server = server;
    this.channel = channel;
    this.writer = new PacketWriter(channel);
  }

  /** Begins to wait for the CONNECT. */
  void begin() {
    server.connections().add(this);
    channel
        .eventLoop()
        .schedule(
            () -> {
              if (open == null && !ended) {
                drop("No CONNECT in time");
              }
            },
            server.limits().connectTimeout().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    try {
      if (read instanceof MqttMessage packet && !writer.closed()) {
        writer.readBegins();
        if (packet.decoderResult().isFailure()) {
          malformed(packet);
        } else {
          received(packet);
        }
      }
    } finally {
      ReferenceCountUtil.release(read);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    readEnded();
    writer.readEnds();
    ctx.fireChannelReadComplete();
  }

  private void readEnded() {
    Open now = open;
    if (now != null) {
      now.publishes().readEnded();
    }
  }

  private void malformed(MqttMessage packet) {
    Throwable cause = packet.decoderResult().cause();
    String why = String.valueOf(cause.getMessage());
    if (open == null) {
      reject("An invalid CONNECT: " + why);
      if (cause instanceof MqttUnacceptableProtocolVersionException) {
        writer.refuse(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, "");
      } else {
        writer.close();
      }
      leave(false);
    } else if (cause instanceof TooLongFrameException) {
      end(
          Disconnect.PACKET_TOO_LARGE,
          "A packet has at most " + server.limits().packetBytes() + " bytes");
    } else if (why.startsWith("invalid publish topic name")) {
      end(Disconnect.TOPIC_NAME_INVALID, "A topic has no wildcards");
    } else {
      end(Disconnect.MALFORMED_PACKET, "A packet is malformed");
    }
  }

  /** Ends a connection of MQTT 5 that breaks a rule of the protocol. */
  private void brokenRule(String why) {
    if (open == null) {
      writer.client(true, true);
      refuse(MqttConnectReturnCode.CONNECTION_REFUSED_PROTOCOL_ERROR, why);
    } else {
      end(Disconnect.PROTOCOL_ERROR, why);
    }
  }

  private void received(MqttMessage packet) {
    MqttMessageType type = packet.fixedHeader().messageType();
    Open now = open;
    if (now == null) {
      if (packet instanceof MqttConnectMessage connect) {
        connect(connect);
      } else {
        drop("The first packet is no CONNECT");
      }
      return;
    }
    switch (type) {
      case PUBLISH -> now.publishes().received((MqttPublishMessage) packet);
      case PUBACK ->
          now.session()
              .outbox()
              .acknowledged(((MqttMessageIdVariableHeader) packet.variableHeader()).messageId());
      case SUBSCRIBE -> now.subscriptions().subscribe((MqttSubscribeMessage) packet);
      case UNSUBSCRIBE -> now.subscriptions().unsubscribe((MqttUnsubscribeMessage) packet);
      case PINGREQ -> writer.write(Packets.PINGRESP);
      case DISCONNECT -> disconnected(now, packet);
      default -> end(Disconnect.PROTOCOL_ERROR, "A client does not send " + type + " here");
    }
  }

  private void connect(MqttConnectMessage connect) {
    boolean version5 = connect.variableHeader().version() == MqttVersion.MQTT_5.protocolLevel();
    writer.client(version5, true);
    switch (server.handshake().check(connect)) {
      case Handshake.Refused refused -> {
        String id = connect.payload().clientIdentifier();
        claimed = id == null ? "" : id;
        refuse(refused.code(), refused.why());
      }
      case Handshake.Violation violation -> drop("An invalid CONNECT: " + violation.why());
      case Handshake.Accepted accepted -> accept(accepted.client(), accepted.user());
    }
  }

  /** Ends a connection that has not begun, without an answer. */
  private void drop(String why) {
    reject(why);
    leave(false);
    writer.close();
  }

  private void refuse(MqttConnectReturnCode code, String why) {
    reject(why.isEmpty() ? code.name() : why);
    writer.refuse(code, why);
    leave(false);
  }

  private void accept(Client client, @Nullable String user) {
    Optional<Opened> opened =
        server.sessions().open(client.id(), client.clean(), client.expiry().seconds(), this);
    if (opened.isEmpty()) {
      refuse(
          client.version5()
              ? MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED
              : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
          "There are "
              + server.limits().sessions().persistent()
              + " persistent sessions, which is the most");
      return;
    }
    Session session = opened.get().session();
    writer.client(client.version5(), client.takes().reasons());
    will = client.will();
    open =
        new Open(
            client,
            session,
            new PublishHandler(server, writer, session, user, channel, this::end),
            new SubscribeHandler(server, writer, session, user, channel.eventLoop(), this::end));
    if (client.keepAliveSeconds() > 0) {
      long millis = client.keepAliveSeconds() * 1_500L;
      channel
          .pipeline()
          .addBefore(
              MqttServer.CODEC, "idle", new IdleStateHandler(millis, 0, 0, TimeUnit.MILLISECONDS));
    }
    writer.write(Packets.connAck(client, opened.get().present(), server.limits()));
    server.wills().connected(client.id(), opened.get().present());
    session.outbox().attach(new SessionDelivery(server, writer, client, this::end));
  }

  private void disconnected(Open now, MqttMessage packet) {
    boolean willWanted = false;
    if (packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
        && writer.version5()) {
      willWanted = header.reasonCode() != Disconnect.NORMAL_DISCONNECT.byteValue();
      long before = now.session().expirySeconds();
      long expiry =
          Handshake.number(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL, before);
      if (before == 0 && expiry > 0) {
        end(Disconnect.PROTOCOL_ERROR, "A session that ends with its connection cannot be kept");
        return;
      }
      now.session().expiresAfter(Math.min(expiry, server.limits().sessions().expiry().toSeconds()));
    }
    leave(willWanted);
    writer.close();
  }

  /** Ends the connection for a fault of its client, or because its messages cannot be kept. */
  private void end(Disconnect code, String why) {
    if (!ended) {
      reject(why);
      leave(true);
      writer.disconnect(code, why);
    }
  }

  /** Another connection has the client's session from now on. */
  void takenOver() {
    leave(true);
    writer.disconnect(Disconnect.SESSION_TAKEN_OVER, "Another connection has the same client id");
  }

  /** The server closes. */
  void shutDown() {
    leave(false);
    writer.disconnect(Disconnect.SERVER_SHUTTING_DOWN, "");
    writer.close();
  }

  private void reject(String why) {
    Open now = open;
    server
        .events()
        .warn(
            EventLog.Kind.REJECTED,
            "A connection is ended: " + why,
            Map.of(
                "client",
                now == null ? claimed : now.client().id(),
                "address",
                String.valueOf(channel.remoteAddress())));
  }

  /** What the end of a connection does besides closing it; once. */
  private void leave(boolean willWanted) {
    if (ended) {
      return;
    }
    ended = true;
    server.connections().remove(this);
    Open now = open;
    if (now == null) {
      return;
    }
    server.sessions().close(now.session());
    if (will != null && willWanted) {
      server.wills().due(now.client().id(), will, now.session().expirySeconds());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    readEnded();
    leave(true);
    writer.close();
    ctx.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Open now = open;
    if (now != null && !ended) {
      now.session().outbox().pump();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      if (!writer.wasPaused()) {
        end(Disconnect.KEEP_ALIVE_TIMEOUT, "No packet within the keep alive time");
      }
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof PacketFramer.DuplicateProperty duplicate && !writer.closed()) {
      brokenRule(String.valueOf(duplicate.getMessage()));
      return;
    }
    if (!(cause instanceof java.io.IOException) && !ended) {
      reject("An error in its packets: " + cause.getClass().getSimpleName());
    }
    readEnded();
    leave(true);
    writer.close();
  }
}
