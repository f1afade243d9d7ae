package io.twinloom.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.List;
import java.util.Locale;

/**
 * Hands whole packets of MQTT 5 to the decoder, and ends a connection that sends a property twice:
 * the decoder would take the last one. What is malformed is left to the decoder, which says so. A
 * connection of MQTT 3.1.1 has no properties, and goes on without this.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901027">MQTT
 *     5, 2.2.2: Properties</a>
 */
final class PacketFramer extends ByteToMessageDecoder {

  /** A packet in which a property stands twice that may stand once. */
  static final class DuplicateProperty extends DecoderException {
    private static final long serialVersionUID = 1L;

    DuplicateProperty(int id) {
      super(String.format(Locale.ROOT, "Property 0x%02X stands twice in a packet", id));
    }
  }

  private static final int FIXED_HEADER_LEAST = 2;
  private static final int LENGTH_BYTES_MOST = 4;

  private final int packetBytes;
  private boolean connected;
  private boolean failed;

  /**
   * @param packetBytes how many a packet has at most; a larger one is left to the decoder
   */
  PacketFramer(int packetBytes) {
    this.packetBytes = packetBytes;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (failed) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int start = in.readerIndex();
    if (in.readableBytes() < FIXED_HEADER_LEAST) {
      return;
    }
    int length = 0;
    int headerBytes = 1;
    for (int shift = 0; ; shift += 7) {
      if (headerBytes > LENGTH_BYTES_MOST) {
        leaveToDecoder(ctx);
        return;
      }
      if (in.readableBytes() <= headerBytes) {
        return;
      }
      int digit = in.getUnsignedByte(start + headerBytes++);
      length |= (digit & 127) << shift;
      if ((digit & 128) == 0) {
        break;
      }
    }
    if (length > packetBytes) {
      leaveToDecoder(ctx);
      return;
    }
    if (in.readableBytes() < headerBytes + length) {
      return;
    }
    ByteBuf body = in.slice(start + headerBytes, length);
    int first = in.getUnsignedByte(start);
    if (!connected && !beginsMqtt5(first, body)) {
      leaveToDecoder(ctx);
      return;
    }
    connected = true;
    int duplicate = DuplicateProperties.in(first, body);
    if (duplicate >= 0) {
      failed = true;
      throw new DuplicateProperty(duplicate);
    }
    out.add(in.readRetainedSlice(headerBytes + length));
  }

  private void leaveToDecoder(ChannelHandlerContext ctx) {
    ctx.pipeline().remove(this);
  }

  private static boolean beginsMqtt5(int first, ByteBuf connect) {
    if (first >> 4 != MqttMessageType.CONNECT.value() || connect.readableBytes() < 2) {
      return false;
    }
    int level = 2 + connect.getUnsignedShort(0);
    return level < connect.readableBytes()
        && connect.getUnsignedByte(level) == MqttVersion.MQTT_5.protocolLevel();
  }
}
