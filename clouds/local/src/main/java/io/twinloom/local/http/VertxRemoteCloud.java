package io.twinloom.local.http;

import io.twinloom.functions.port.RemoteCloud;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP/1.1 to another cloud over kept connections. It blocks its caller, which is meant to be a
 * virtual thread. A connection that breaks, also one that was kept and whose other end had closed
 * it meanwhile, is an {@link IOException}: the request may have arrived, so only the sender, whose
 * requests are safe to repeat, can decide to send it again.
 */
public final class VertxRemoteCloud implements RemoteCloud, AutoCloseable {

  /** A larger answer is not read to its end. */
  static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

  /** All headers of an answer; more are not read. */
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** So many requests to one origin run at once; further ones wait, within their timeout. */
  static final int MAX_CONNECTIONS = 64;

  /** An idle connection is used again for so long: less than any endpoint's own limit. */
  static final Duration KEEP = Duration.ofSeconds(30);

  private final HttpClientAgent client;
  private final Map<Origin, OriginConnections> origins = new ConcurrentHashMap<>();

  public VertxRemoteCloud(Vertx vertx) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setTcpNoDelay(true)
                .setKeepAlive(true)
                .setMaxHeaderSize(MAX_HEADER_BYTES));
  }

  @Override
  public Answer send(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Origin origin = Origin.of(url);
    Exchange exchange = new Exchange(options(method, url, headers), body, MAX_ANSWER_BYTES);
    OriginConnections connections = origins.computeIfAbsent(origin, this::connections);
    OriginConnections.Held held = connections.take(deadline);
    boolean reusable = false;
    try {
      held.context.runOnContext(turn -> exchange.runOn(held.connection));
      Answer answer = exchange.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      reusable = exchange.reusable();
      return answer;
    } catch (ExecutionException e) {
      throw new IOException("No whole answer came: " + OriginConnections.reason(e), e);
    } catch (TimeoutException e) {
      throw new IOException("No whole answer came within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      throw OriginConnections.interrupted();
    } finally {
      if (reusable) {
        connections.giveBack(held);
      } else {
        connections.discard(held);
      }
    }
  }

  private OriginConnections connections(Origin origin) {
    return new OriginConnections(client, origin, MAX_CONNECTIONS, KEEP.toNanos());
  }

  private static RequestOptions options(String method, URI url, Map<String, String> headers)
      throws IOException {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(method))
            .setURI(Origin.target(url))
            .setFollowRedirects(false);
    try {
      headers.forEach(options::putHeader);
    } catch (IllegalArgumentException e) {
      // Its message would show the value, which may be a token.
      throw new IOException("A header holds a character that HTTP does not allow");
    }
    return options;
  }

  /** Cuts what is under way. */
  @Override
  public void close() {
    var unused = client.close();
  }
}
