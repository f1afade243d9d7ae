package io.twinloom.mqtt;

import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import java.util.Map;

/** The way of a session's messages to its connected client. */
record SessionDelivery(
    ServerContext server, PacketWriter writer, Client to, PublishHandler.Ending ending)
    implements Outbox.Client {

  @Override
  public boolean writable() {
    return writer.writable();
  }

  @Override
  public int window() {
    return to.takes().unacknowledged();
  }

  @Override
  public long maximumPacket() {
    return to.takes().packetBytes();
  }

  @Override
  public void deliver(Message message, int qos, int packetId, boolean duplicate) {
    writer.write(
        Packets.publish(
            message, qos == 0 ? 0 : packetId, duplicate, to.version5(), server.clock().millis()));
  }

  @Override
  public void flush() {
    writer.flush();
  }

  @Override
  public void failed(Throwable cause) {
    server
        .events()
        .warn(
            EventLog.Kind.STORE,
            "The messages of a session cannot be read",
            Map.of("client", to.id()),
            cause);
    ending.end(Disconnect.UNSPECIFIED_ERROR, "Your messages cannot be read now");
  }
}
