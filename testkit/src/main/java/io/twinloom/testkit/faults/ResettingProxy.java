package io.twinloom.testkit.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Stands before a server and passes bytes on, until it resets a connection: as a network does that
 * loses its way, in the middle of whatever is under way.
 */
public final class ResettingProxy implements AutoCloseable {

  private static final int BUFFER = 8 * 1024;

  private final URI target;
  private final ServerSocket server;
  private final Supplier<OptionalInt> bytes;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private ResettingProxy(URI target, Supplier<OptionalInt> bytes) throws IOException {
    this.target = target;
    this.bytes = bytes;
    this.server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
  }

  /**
   * Starts a proxy before a server.
   *
   * @param bytes after how many bytes, of either direction, a new connection is reset; empty: never
   */
  public static ResettingProxy before(URI target, Supplier<OptionalInt> bytes) throws IOException {
    ResettingProxy proxy = new ResettingProxy(target, bytes);
    Thread.ofPlatform().daemon().name("resetting-proxy").start(proxy::accept);
    return proxy;
  }

  /** The address to call instead of the server's. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + target.getRawPath());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.startVirtualThread(() -> join(client));
      } catch (IOException e) {
        // It is closed, or the client went away before it was taken: the next one is waited for.
        continue;
      }
    }
  }

  private void join(Socket client) {
    open.add(client);
    try (Socket upstream = new Socket(target.getHost(), target.getPort())) {
      open.add(upstream);
      Allowance allowance = new Allowance(bytes.get().orElse(Integer.MAX_VALUE));
      Thread back = Thread.startVirtualThread(() -> pass(upstream, client, allowance));
      pass(client, upstream, allowance);
      back.join();
      open.remove(upstream);
    } catch (IOException e) {
      reset(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
      close(client);
    }
  }

  /** How many bytes may pass yet, in both directions together. */
  private static final class Allowance {
    private long left;

    Allowance(long left) {
      this.left = left;
    }

    synchronized int take(int wanted) {
      int taken = (int) Math.min(wanted, left);
      left -= taken;
      return taken;
    }
  }

  private static void pass(Socket from, Socket to, Allowance allowance) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read; (read = in.read(buffer)) >= 0; ) {
        int allowed = allowance.take(read);
        out.write(buffer, 0, allowed);
        if (allowed < read) {
          reset(from);
          reset(to);
          return;
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  /** A close that lingers for no time at all sends a reset. */
  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
      return;
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing to be done about a socket that does not close.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(ResettingProxy::close);
  }
}
