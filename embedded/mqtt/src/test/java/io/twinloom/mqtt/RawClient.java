package io.twinloom.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that writes its packets byte by byte, and so also those that no library would. */
final class RawClient implements AutoCloseable {

  /** A packet as it came. */
  record Packet(int type, int flags, byte[] body, boolean version5) {

    int packetIdOfPublish() {
      int topic = unsigned(0);
      return unsigned(2 + topic);
    }

    int packetIdOfPubAck() {
      return unsigned(0);
    }

    String publishText() {
      int at = 2 + unsigned(0) + ((flags & 6) == 0 ? 0 : 2);
      if (version5) {
        at += 1 + body[at];
      }
      return new String(body, at, body.length - at, StandardCharsets.UTF_8);
    }

    private int unsigned(int at) {
      return (body[at] & 0xFF) << 8 | (body[at + 1] & 0xFF);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private boolean version5;

  RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(5_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** The bytes of a packet. */
  static byte[] packet(int first, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    int left = body.length;
    do {
      int digit = left % 128;
      left /= 128;
      bytes.write(left > 0 ? digit | 128 : digit);
    } while (left > 0);
    bytes.write(body);
    return bytes.toByteArray();
  }

  /** Something that writes a packet's body. */
  interface Body {
    void to(DataOutputStream out) throws IOException;
  }

  static byte[] body(Body body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    body.to(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  void send(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void send(int first, Body body) throws IOException {
    send(packet(first, body(body)));
  }

  /** The next packet. */
  Packet next() throws IOException {
    int first = in.readUnsignedByte();
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int digit = in.readUnsignedByte();
      length |= (digit & 127) << shift;
      if ((digit & 128) == 0) {
        break;
      }
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return new Packet(first >> 4, first & 15, body, version5);
  }

  /** Whether something has come. */
  boolean readable() throws IOException {
    return in.available() > 0;
  }

  Packet expect(int type) throws IOException {
    Packet packet = next();
    if (packet.type() != type) {
      throw new AssertionError("expected a packet of type " + type + ", got " + packet);
    }
    return packet;
  }

  /** Whether the server ends the connection, after whatever it still sends. */
  boolean ended() throws IOException {
    try {
      while (true) {
        next();
      }
    } catch (EOFException | java.net.SocketException e) {
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    }
  }

  static byte[] connect3(String id, boolean clean, int keepAlive) throws IOException {
    return packet(
        0x10,
        body(
            out -> {
              out.writeUTF("MQTT");
              out.writeByte(4);
              out.writeByte(clean ? 2 : 0);
              out.writeShort(keepAlive);
              out.writeUTF(id);
            }));
  }

  /** Connects; returns whether the session was there. */
  boolean connect3(String id, boolean clean) throws IOException {
    send(connect3(id, clean, 60));
    Packet connAck = expect(2);
    if (connAck.body()[1] != 0) {
      throw new AssertionError("refused: " + connAck.body()[1]);
    }
    return connAck.body()[0] == 1;
  }

  boolean connect5(String id, boolean clean, int expiry) throws IOException {
    return connect5(id, clean, expiry, 65_535);
  }

  boolean connect5(String id, boolean clean, int expiry, int receiveMaximum) throws IOException {
    version5 = true;
    send(
        0x10,
        out -> {
          out.writeUTF("MQTT");
          out.writeByte(5);
          out.writeByte(clean ? 2 : 0);
          out.writeShort(60);
          out.writeByte(8);
          out.writeByte(0x11);
          out.writeInt(expiry);
          out.writeByte(0x21);
          out.writeShort(receiveMaximum);
          out.writeUTF(id);
        });
    Packet connAck = expect(2);
    if (connAck.body()[1] != 0) {
      throw new AssertionError("refused: " + connAck.body()[1]);
    }
    return connAck.body()[0] == 1;
  }

  void subscribe(String filter, int qos) throws IOException {
    send(
        0x82,
        out -> {
          out.writeShort(1);
          if (version5) {
            out.writeByte(0);
          }
          out.writeUTF(filter);
          out.writeByte(qos);
        });
    expect(9);
  }

  void publish(String topic, int packetId, byte[] payload) throws IOException {
    send(
        packetId == 0 ? 0x30 : 0x32,
        out -> {
          out.writeUTF(topic);
          if (packetId != 0) {
            out.writeShort(packetId);
          }
          if (version5) {
            out.writeByte(0);
          }
          out.write(payload);
        });
  }

  void pubAck(int packetId) throws IOException {
    send(0x40, out -> out.writeShort(packetId));
  }

  void ping() throws IOException {
    send((byte) 0xC0, (byte) 0);
  }

  /** Ends without a goodbye. */
  void cut() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
