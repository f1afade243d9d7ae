package io.twinloom.bench;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks over HTTP for published messages until the reader of the hot store gives them. One after
 * the other over one kept connection, so that looking takes little of the machine that it shares
 * with the twin: what waits behind a slow message is seen late rather than early.
 */
final class ReadableProbe implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final Sought END = new Sought(new Fleet.Published("", "", 0), false);

  private record Sought(Fleet.Published message, boolean counts) {}

  /** Connects to the reader, wherever it is by then. */
  interface Connecting {
    KeptConnection connect() throws IOException;
  }

  private final Connecting connecting;
  private volatile KeptConnection reader;
  private final Latencies latencies = new Latencies();
  private final LinkedBlockingQueue<Sought> published = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean counting;
  private volatile @Nullable IOException failure;

  /**
   * @param reader the hot reader's address
   */
  ReadableProbe(URI reader, String token) throws IOException {
    this(() -> new KeptConnection(reader, token));
  }

  /**
   * @param connecting to a reader that may move meanwhile
   */
  ReadableProbe(Connecting connecting) throws IOException {
    this.connecting = connecting;
    this.reader = connecting.connect();
    this.thread = Thread.ofPlatform().name("probe").daemon().start(this::run);
  }

  /** What is published from now on counts. */
  void count() {
    counting = true;
  }

  void lookFor(Fleet.Published message) {
    published.add(new Sought(message, counting));
  }

  /**
   * The times from publish to readable, once every message was seen.
   *
   * @throws IOException if one was not: the others alone would look better than the twin is
   */
  Latencies latencies() throws IOException, InterruptedException {
    published.add(END);
    thread.join();
    if (failure != null) {
      throw failure;
    }
    return latencies;
  }

  private void run() {
    try {
      for (Sought next; (next = published.take()) != END; ) {
        await(next.message());
        if (next.counts()) {
          latencies.add(System.nanoTime() - next.message().atNanos());
        }
      }
    } catch (IOException e) {
      failure = e;
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
    while (!isGiven(query, message)) {
      if (System.nanoTime() - message.atNanos() > PATIENCE_NANOS) {
        throw new IOException("not readable after 30 s: " + message);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean isGiven(String query, Fleet.Published message) throws IOException {
    try {
      return reader.text(query).contains("\"timestamp\":");
    } catch (IOException e) {
      if (System.nanoTime() - message.atNanos() > PATIENCE_NANOS) {
        throw e;
      }
      reader.close();
      reader = connecting.connect();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    reader.close();
  }
}
