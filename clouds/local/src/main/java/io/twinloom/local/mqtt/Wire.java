package io.twinloom.local.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import java.util.concurrent.TimeUnit;

/**
 * The sending half of a connection, and whether it is read. What is written while a batch of
 * packets is being read goes out with the batch's end. Confined to the event loop.
 */
final class Wire {

  /** So long may a client take to read why its connection ends. */
  private static final long GOODBYE_MILLIS = 500;

  private final ChannelHandlerContext context;
  private boolean version5;
  private boolean explained = true;
  private boolean reading;
  private boolean unflushed;
  private boolean paused;
  private boolean pausedLately;
  private boolean closed;

  Wire(ChannelHandlerContext context) {
    this.context = context;
  }

  void speaks(boolean five, boolean wantsReasons) {
    version5 = five;
    explained = wantsReasons;
  }

  boolean version5() {
    return version5;
  }

  /** What is said to this client about a reason: nothing where it does not want to know. */
  String reason(String why) {
    return version5 && explained ? why : "";
  }

  boolean closed() {
    return closed;
  }

  boolean writable() {
    return !closed && context.channel().isWritable();
  }

  /** Sends a packet, or bytes of packets, soon. */
  void write(Object packet) {
    if (closed) {
      io.netty.util.ReferenceCountUtil.release(packet);
      return;
    }
    context.write(packet);
    unflushed = true;
  }

  /** Sends what was written, or leaves it for the end of the batch that is being read. */
  void flush() {
    if (unflushed && !reading) {
      unflushed = false;
      context.flush();
    }
  }

  void readBegins() {
    reading = true;
  }

  void readEnds() {
    reading = false;
    flush();
  }

  /** Reads no more from the client until told to. */
  void pause() {
    if (!paused && !closed) {
      paused = true;
      pausedLately = true;
      context.channel().config().setAutoRead(false);
    }
  }

  void resume() {
    if (paused && !closed) {
      paused = false;
      context.channel().config().setAutoRead(true);
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

  /** Ends the connection; a client of MQTT 5 is told why. */
  void goodbye(Disconnect code, String why) {
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
    context.flush();
    context.channel().config().setAutoRead(true);
    context.executor().schedule(() -> context.close(), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
  }

  void close() {
    closed = true;
    context.close();
  }
}
