package io.twinloom.local.http;

import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.model.error.NetworkFailure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
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

  /**
   * A host that does not answer fails after so long. Not a limit for each request: its timer in
   * Vert.x 5.1.1 is not cancelled by a connection, and then takes a place from the pool.
   */
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final HttpClientAgent client;

  public VertxRemoteCloud(Vertx vertx) {
    this.client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setTcpNoDelay(true)
                    .setConnectTimeout((int) CONNECT.toMillis())
                    .setKeepAlive(true)
                    .setKeepAliveTimeout((int) KEEP.toSeconds())
                    .setMaxHeaderSize(MAX_HEADER_BYTES))
            .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS))
            // What breaks a connection fails the exchange that is on it; Vert.x would also write
            // it,
            // with its bytes, to the standard error of the twin.
            .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
            .build();
  }

  @Override
  public Answer send(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Exchange exchange = new Exchange(body, MAX_ANSWER_BYTES);
    exchange.runOn(client, options(method, url, headers));
    try {
      return exchange.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("No whole answer came: " + reason(e), e);
    } catch (TimeoutException e) {
      String what = exchange.hasConnection() ? "No whole answer came" : "No connection became free";
      IOException late = new IOException(what + " within " + timeout.toMillis() + " ms", e);
      exchange.abandon(late);
      throw late;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException cut =
          new InterruptedIOException("Interrupted while waiting for the answer");
      exchange.abandon(cut);
      throw cut;
    }
  }

  private static RequestOptions options(String method, URI url, Map<String, String> headers)
      throws IOException {
    String host = url.getHost();
    boolean encrypted = "https".equalsIgnoreCase(url.getScheme());
    if (host == null || (!encrypted && !"http".equalsIgnoreCase(url.getScheme()))) {
      throw new IOException("The address is not one of HTTP");
    }
    boolean literal = host.startsWith("[") && host.endsWith("]");
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(method))
            .setHost(literal ? host.substring(1, host.length() - 1) : host)
            .setPort(url.getPort() >= 0 ? url.getPort() : encrypted ? 443 : 80)
            .setSsl(encrypted)
            .setURI(target(url))
            .setFollowRedirects(false);
    try {
      headers.forEach(options::putHeader);
    } catch (IllegalArgumentException e) {
      // Its message would show the value, which may be a token.
      throw new IOException("A header holds a character that HTTP does not allow");
    }
    return options;
  }

  /** The path and query of a request to this address. */
  private static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private static String reason(ExecutionException e) {
    Throwable failure = e.getCause() == null ? e : e.getCause();
    return NetworkFailure.known(failure)
        .orElse(
            failure.getMessage() == null ? NetworkFailure.reason(failure) : failure.getMessage());
  }

  /** Cuts what is under way. */
  @Override
  public void close() {
    var unused = client.close();
  }
}
