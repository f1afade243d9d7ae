package io.twinloom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks over HTTP for published messages until the reader of the hot store gives them. One after
 * the other over one kept connection, so that looking takes little of the machine that it shares
 * with the twin: what waits behind a slow message is seen late rather than early.
 */
final class ReadableProbe implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final Fleet.Published END = new Fleet.Published("", "", 0);

  private final KeptConnection reader;
  private final Latencies latencies = new Latencies();
  private final LinkedBlockingQueue<Fleet.Published> published = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile long from;

  /**
   * @param reader the hot reader's address
   */
  ReadableProbe(URI reader, String token) throws IOException {
    this.reader = new KeptConnection(reader, token);
    this.thread = Thread.ofPlatform().name("probe").daemon().start(this::run);
  }

  /** What is published from now on counts. */
  void count() {
    from = System.nanoTime();
  }

  void lookFor(Fleet.Published message) {
    published.add(message);
  }

  /** The times from publish to readable, once every message was seen. */
  Latencies latencies() throws InterruptedException {
    published.add(END);
    thread.join();
    return latencies;
  }

  private void run() {
    try {
      for (Fleet.Published next; (next = published.take()) != END; ) {
        await(next);
        if (from != 0 && next.atNanos() - from >= 0) {
          latencies.add(System.nanoTime() - next.atNanos());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await(Fleet.Published message) throws IOException {
    String query =
        "?device_id="
            + message.device()
            + "&start="
            + message.timestamp()
            + "&end="
            + message.timestamp();
    while (!isGiven(query)) {
      if (System.nanoTime() - message.atNanos() > PATIENCE_NANOS) {
        throw new IOException("not readable after 30 s: " + message);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean isGiven(String query) throws IOException {
    int size = reader.get(query);
    return new String(reader.body(), 0, size, StandardCharsets.UTF_8).contains("\"timestamp\":");
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    reader.close();
  }
}
