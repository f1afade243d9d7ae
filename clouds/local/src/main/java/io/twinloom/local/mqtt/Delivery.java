package io.twinloom.local.mqtt;

import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import java.util.Map;

/** The way of a session's messages to its connected client. */
record Delivery(Parts parts, Wire wire, Handshake.Client to, Publishes.Ending ending)
    implements Outbox.Client {

  @Override
  public boolean writable() {
    return wire.writable();
  }

  @Override
  public int window() {
    return to.receiveMaximum();
  }

  @Override
  public long maximumPacket() {
    return to.maximumPacket();
  }

  @Override
  public void deliver(Message message, int qos, int packetId, boolean duplicate) {
    wire.write(
        Packets.publish(
            message, qos == 0 ? 0 : packetId, duplicate, to.version5(), parts.clock().millis()));
  }

  @Override
  public void flush() {
    wire.flush();
  }

  @Override
  public void failed(Throwable cause) {
    parts
        .log()
        .warn(
            ChannelLog.Kind.STORE,
            "The messages of a session cannot be read",
            Map.of("client", to.id(), "error", String.valueOf(cause.getMessage())));
    ending.end(Disconnect.UNSPECIFIED_ERROR, "Your messages cannot be read now");
  }
}
