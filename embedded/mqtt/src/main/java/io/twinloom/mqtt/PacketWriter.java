package io.twinloom.mqtt;

import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The sending half of a connection, and whether it is read. What is written while a batch of
 * packets is being read goes out with the batch's end. Confined to the event loop.
 */
final class PacketWriter {

  /** How long a client may take to read why its connection ends. */
  private static final long REASON_READ_MILLIS = 500;

  private final Channel channel;
  private boolean version5;
  private boolean wantsReasons = true;
  private boolean reading;
  private boolean unflushed;
  private boolean paused;
  private boolean pausedLately;
  private boolean closed;

  PacketWriter(Channel channel) {
    this.channel = channel;
  }

  void client(boolean five, boolean reasons) {
    version5 = five;
    wantsReasons = reasons;
  }

  boolean version5() {
    return version5;
  }

  /** A reason as this client gets it: empty where it does not want any. */
  String reason(String why) {
    return version5 && wantsReasons ? why : "";
  }

  boolean closed() {
    return closed;
  }

  boolean writable() {
    return !closed && channel.isWritable();
  }

  /** Sends a packet, or bytes of packets, soon. */
  void write(Object packet) {
    if (closed) {
      ReferenceCountUtil.release(packet);
      return;
    }
    channel.write(packet);
    unflushed = true;
  }

  /** Sends what was written, or leaves it for the end of the batch that is being read. */
  void flush() {
    if (unflushed && !reading) {
      unflushed = false;
      channel.flush();
    }
  }

  void readBegins() {
    reading = true;
  }

  void readEnds() {
    reading = false;
    flush();
  }

  /** Stops reading from the client until {@link #resume}. */
  void pause() {
    if (!paused && !closed) {
      paused = true;
      pausedLately = true;
      channel.config().setAutoRead(false);
    }
  }

  void resume() {
    if (paused && !closed) {
      paused = false;
      channel.config().setAutoRead(true);
    }
  }

  boolean paused() {
    return paused;
  }

  /**
   * Whether the client was not read since this was last asked, so that its silence says nothing.
   */
  boolean wasPaused() {
    boolean was = pausedLately;
    pausedLately = paused;
    return was;
  }

  /** Refuses the client's CONNECT. */
  void refuse(MqttConnectReturnCode code, String why) {
    write(Packets.refusal(code, reason(why)));
    closeSoon();
  }

  /** Ends the connection; an MQTT 5 client gets the reason. */
  void disconnect(Disconnect code, String why) {
    if (closed) {
      return;
    }
    if (version5) {
      write(Packets.disconnect(code, reason(why)));
      closeSoon();
    } else {
      close();
    }
  }

  /** Closing at once could cost the client what was written last, where it is still sending. */
  private void closeSoon() {
    unflushed = false;
    closed = true;
    channel.flush();
    channel.config().setAutoRead(true);
    channel.eventLoop().schedule(() -> channel.close(), REASON_READ_MILLIS, TimeUnit.MILLISECONDS);
  }

  void close() {
    closed = true;
    channel.close();
  }
}
