package io.twinloom.serverless.http;

import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.model.error.NetworkFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 to another cloud with the platform's own client, which starts fastest. Connections are
 * kept; one that breaks is an {@link IOException}. An entry point calls {@link #sendPostsOnce}
 * first.
 */
public final class UrlConnectionRemoteCloud implements RemoteCloud {

  /** A larger answer is not read to its end. */
  static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

  private static final int BUFFER = 16 * 1024;

  private static final String RETRY_POST = "sun.net.http.retryPost";

  private @Nullable ScheduledThreadPoolExecutor watch;

  /**
   * Keeps the platform's client from sending a POST again whose connection broke: it may have
   * arrived, and only its sender can decide to repeat it. It holds for the whole process, if it is
   * called before the process's first request.
   */
  public static void sendPostsOnce() {
    System.setProperty(RETRY_POST, "false");
  }

  @Override
  public Answer send(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    if (!(url.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new IOException("Not an HTTP address");
    }
    int millis = Math.toIntExact(Math.max(1, timeout.toMillis()));
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestMethod(method);
    setHeaders(connection, headers);
    // The platform's own limits are for each read: an answer that drips in, or a body that nobody
    // takes, would last for ever.
    ScheduledFuture<?> cut =
        watch().schedule(connection::disconnect, millis, TimeUnit.MILLISECONDS);
    try {
      if (!method.equals("GET")) {
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body);
        }
      }
      return answer(connection, deadline);
    } catch (IOException | RuntimeException e) {
      connection.disconnect();
      if (System.nanoTime() >= deadline) {
        throw new IOException("No whole answer came within " + timeout.toMillis() + " ms", e);
      }
      throw new IOException("No whole answer came: " + NetworkFailure.reason(e), e);
    } finally {
      cut.cancel(false);
    }
  }

  private static void setHeaders(HttpURLConnection connection, Map<String, String> headers)
      throws IOException {
    try {
      headers.forEach(connection::setRequestProperty);
    } catch (IllegalArgumentException e) {
      // Its message would show the value, which may be a token.
      throw new IOException("A header holds a character that HTTP does not allow");
    }
  }

  private Answer answer(HttpURLConnection connection, long deadline) throws IOException {
    int status = connection.getResponseCode();
    if (status < 0) {
      throw new IOException("The answer is not HTTP");
    }
    Optional<String> retryAfter = Optional.ofNullable(connection.getHeaderField("Retry-After"));
    InputStream in =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream();
    if (in == null) {
      return new Answer(status, retryAfter, new byte[0]);
    }
    try (in) {
      byte[] read = read(in, deadline);
      long announced = connection.getContentLengthLong();
      if (announced > read.length) {
        throw new IOException("The answer broke off");
      }
      return new Answer(status, retryAfter, read);
    }
  }

  private static byte[] read(InputStream in, long deadline) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int read; (read = in.read(buffer)) >= 0; ) {
      out.write(buffer, 0, read);
      if (out.size() > MAX_ANSWER_BYTES) {
        throw new IOException("The answer is larger than " + MAX_ANSWER_BYTES + " bytes");
      }
      if (System.nanoTime() >= deadline) {
        throw new IOException("The answer takes too long");
      }
    }
    return out.toByteArray();
  }

  /** Made with the first request: a snapshot of a process that has not sent anything has none. */
  private synchronized ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor known = watch;
    if (known == null) {
      known =
          new ScheduledThreadPoolExecutor(
              1, task -> Thread.ofPlatform().daemon().name("remote-watch").unstarted(task));
      known.setRemoveOnCancelPolicy(true);
      watch = known;
    }
    return known;
  }
}
