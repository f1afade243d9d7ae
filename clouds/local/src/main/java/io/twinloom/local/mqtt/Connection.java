package io.twinloom.local.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
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
import io.twinloom.local.mqtt.Handshake.Client;
import io.twinloom.local.mqtt.Sessions.Opened;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client's connection, from its CONNECT to its end. */
final class Connection extends ChannelInboundHandlerAdapter {

  /** The first handler of a channel; a handler before it sees bytes. */
  static final String CODEC = "mqttEncoder";

  /** What an accepted connection has. */
  private record Open(
      Client client, Session session, Publishes publishes, Subscribing subscribing) {}

  private final Parts parts;
  private final ChannelHandlerContext context;
  private final Wire wire;
  private @Nullable Open open;
  private @Nullable Will will;
  private boolean ended;

  /**
   * @param context that of the handler which a packet is written from
   */
  Connection(Parts parts, ChannelHandlerContext context) {
    this.parts = parts;
    this.context = context;
    this.wire = new Wire(context);
  }

  /** Begins to wait for the CONNECT. */
  void begin() {
    parts.connections().add(this);
    context
        .executor()
        .schedule(
            () -> {
              if (open == null && !ended) {
                reject("No CONNECT in time");
                leave(false);
                wire.close();
              }
            },
            parts.limits().connectTimeout().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    try {
      if (read instanceof MqttMessage packet && !wire.closed()) {
        wire.readBegins();
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
    wire.readEnds();
    ctx.fireChannelReadComplete();
  }

  private void malformed(MqttMessage packet) {
    Throwable cause = packet.decoderResult().cause();
    String why = String.valueOf(cause.getMessage());
    if (open == null) {
      reject("A CONNECT that is none: " + why);
      if (cause instanceof MqttUnacceptableProtocolVersionException) {
        wire.refuse(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, "");
      } else {
        wire.close();
      }
      leave(false);
    } else if (cause instanceof TooLongFrameException) {
      end(
          Disconnect.PACKET_TOO_LARGE,
          "A packet has at most " + parts.limits().packetBytes() + " bytes");
    } else if (why.startsWith("invalid publish topic name")) {
      end(Disconnect.TOPIC_NAME_INVALID, "A topic has no wildcards");
    } else {
      end(Disconnect.MALFORMED_PACKET, "A packet is malformed");
    }
  }

  private void received(MqttMessage packet) {
    MqttMessageType type = packet.fixedHeader().messageType();
    Open now = open;
    if (now == null) {
      if (packet instanceof MqttConnectMessage connect) {
        connect(connect);
      } else {
        reject("The first packet is no CONNECT");
        leave(false);
        wire.close();
      }
      return;
    }
    switch (type) {
      case PUBLISH -> now.publishes().received((MqttPublishMessage) packet);
      case PUBACK ->
          now.session()
              .outbox()
              .acknowledged(((MqttMessageIdVariableHeader) packet.variableHeader()).messageId());
      case SUBSCRIBE -> now.subscribing().subscribe((MqttSubscribeMessage) packet);
      case UNSUBSCRIBE -> now.subscribing().unsubscribe((MqttUnsubscribeMessage) packet);
      case PINGREQ -> wire.write(Packets.PINGRESP);
      case DISCONNECT -> disconnected(now, packet);
      default -> end(Disconnect.PROTOCOL_ERROR, "A client does not send " + type + " here");
    }
  }

  private void connect(MqttConnectMessage connect) {
    boolean version5 = connect.variableHeader().version() == MqttVersion.MQTT_5.protocolLevel();
    wire.speaks(version5, true);
    switch (parts.handshake().judge(connect)) {
      case Handshake.Refused refused -> refuse(refused.code(), refused.why());
      case Handshake.Accepted accepted -> accept(accepted.client());
    }
  }

  private void refuse(MqttConnectReturnCode code, String why) {
    reject(why.isEmpty() ? code.name() : why);
    wire.refuse(code, why);
    leave(false);
  }

  private void accept(Client client) {
    Optional<Opened> opened =
        parts.sessions().open(client.id(), client.clean(), client.expirySeconds(), this);
    if (opened.isEmpty()) {
      refuse(
          client.version5()
              ? MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED
              : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
          "There are " + parts.limits().sessions() + " persistent sessions, which is the most");
      return;
    }
    Session session = opened.get().session();
    wire.speaks(client.version5(), client.explained());
    will = client.will();
    open =
        new Open(
            client,
            session,
            new Publishes(parts, wire, session, context, this::end),
            new Subscribing(parts, wire, session, context.channel().eventLoop(), this::end));
    if (client.keepAliveSeconds() > 0) {
      long millis = client.keepAliveSeconds() * 1_500L;
      context
          .pipeline()
          .addBefore(CODEC, "mqttIdle", new IdleStateHandler(millis, 0, 0, TimeUnit.MILLISECONDS));
    }
    wire.write(connAck(client, opened.get().present()));
    parts.wills().connected(client.id(), opened.get().present());
    session.outbox().attach(new Delivery(parts, wire, client, this::end));
  }

  private MqttMessage connAck(Client client, boolean present) {
    MqttMessageBuilders.ConnAckBuilder connAck =
        MqttMessageBuilders.connAck()
            .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
            .sessionPresent(present);
    if (client.version5()) {
      connAck.properties(
          properties -> {
            properties
                .receiveMaximum(parts.limits().receiveMaximum())
                .maximumQos((byte) 1)
                .retainAvailable(false)
                .maximumPacketSize(parts.limits().packetBytes())
                .subscriptionIdentifiersAvailable(false)
                .sharedSubscriptionAvailable(false);
            if (client.assigned()) {
              properties.assignedClientId(client.id());
            }
            if (client.lowered()) {
              properties.sessionExpiryInterval(client.expirySeconds());
            }
          });
    }
    return connAck.build();
  }

  private void disconnected(Open now, MqttMessage packet) {
    boolean willWanted = false;
    if (packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
        && wire.version5()) {
      willWanted = header.reasonCode() != Disconnect.NORMAL_DISCONNECT.byteValue();
      long before = now.session().expirySeconds();
      long expiry =
          Handshake.number(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL, before);
      if (before == 0 && expiry > 0) {
        end(Disconnect.PROTOCOL_ERROR, "A session that ends with its connection cannot be kept");
        return;
      }
      now.session().expiresAfter(Math.min(expiry, parts.limits().sessionExpiry().toSeconds()));
    }
    leave(willWanted);
    wire.close();
  }

  /** Ends the connection for a fault of its client, or because its messages cannot be kept. */
  private void end(Disconnect code, String why) {
    if (!ended) {
      reject(why);
      leave(true);
      wire.goodbye(code, why);
    }
  }

  /** Another connection has the client's session from now on. */
  void takenOver() {
    leave(true);
    wire.goodbye(Disconnect.SESSION_TAKEN_OVER, "Another connection has the same client id");
  }

  /** The channel closes. */
  void shutDown() {
    leave(false);
    wire.goodbye(Disconnect.SERVER_SHUTTING_DOWN, "");
    wire.close();
  }

  private void reject(String why) {
    Open now = open;
    parts
        .log()
        .warn(
            ChannelLog.Kind.REJECTED,
            "A connection is ended: " + why,
            Map.of(
                "client",
                now == null ? "" : now.client().id(),
                "address",
                String.valueOf(context.channel().remoteAddress())));
  }

  /** What the end of a connection does besides closing it; once. */
  private void leave(boolean willWanted) {
    if (ended) {
      return;
    }
    ended = true;
    parts.connections().remove(this);
    Open now = open;
    if (now == null) {
      return;
    }
    parts.sessions().close(now.session());
    if (will != null && willWanted) {
      parts.wills().due(now.client().id(), will, now.session().expirySeconds());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    leave(true);
    wire.close();
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
      if (!wire.wasPaused()) {
        end(Disconnect.KEEP_ALIVE_TIMEOUT, "No packet within the keep alive time");
      }
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof java.io.IOException) && !ended) {
      reject("An error in its packets: " + cause.getClass().getSimpleName());
    }
    leave(true);
    wire.close();
  }
}
