package io.twinloom.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that asks and reads whole answers, and does nothing with them: a client
 * that parses would measure itself.
 */
final class KeptConnection implements AutoCloseable {

  private final Socket socket;
  private final DataInputStream in;
  private final URI address;
  private final String headers;
  private byte[] body = new byte[1024 * 1024];

  KeptConnection(URI address, String token) throws IOException {
    this.socket = new Socket(address.getHost(), address.getPort());
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
    this.address = address;
    this.headers =
        " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nX-Inter-Cloud-Token: " + token;
  }

  /** Asks with a query; returns the size of the answer. */
  int get(String query) throws IOException {
    String request = "GET " + address.getPath() + query + headers + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String status = line();
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    int length = -1;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    if (length < 0) {
      throw new IOException("no content-length");
    }
    if (length > body.length) {
      body = new byte[length];
    }
    in.readFully(body, 0, length);
    return length;
  }

  /** Asks with a query; returns the answer's body. */
  String text(String query) throws IOException {
    int length = get(query);
    return new String(body, 0, length, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
