package io.twinloom.http;

import java.time.Duration;

/**
 * What an endpoint takes at most.
 *
 * @param bodyBytes a request's body; a larger one is answered 413
 * @param bodiesInMemory all bodies that are being received or worked on, together; a request over
 *     it is answered 503
 * @param uploadsOnDisk all files that requests' bodies go into, together, each counted as large as
 *     it may become; a request over it is answered 503
 * @param connections open ones; a further one is closed at once
 * @param requestLineBytes the first line of a request; a longer one is answered 414
 * @param headerBytes all headers of a request; larger ones are answered 431
 * @param headers how many headers a request has; more are answered 431
 * @param idle how long a connection may stay without a whole head of a request
 * @param receiving how long a body may take from its head to its end; then 408
 * @param drainedBytes of a body that was refused this much is read and thrown away, so that the
 *     sender gets to read the answer; then the connection is closed
 * @param draining how long that may take
 * @param closing how long running requests may go on after the endpoint was closed
 */
public record HttpLimits(
    int bodyBytes,
    long bodiesInMemory,
    long uploadsOnDisk,
    int connections,
    int requestLineBytes,
    int headerBytes,
    int headers,
    Duration idle,
    Duration receiving,
    long drainedBytes,
    Duration draining,
    Duration closing) {

  /** The usual ones. */
  public static final HttpLimits DEFAULT = new Builder().build();

  /** These limits, to be changed. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.bodyBytes = bodyBytes;
    builder.bodiesInMemory = bodiesInMemory;
    builder.uploadsOnDisk = uploadsOnDisk;
    builder.connections = connections;
    builder.requestLineBytes = requestLineBytes;
    builder.headerBytes = headerBytes;
    builder.headers = headers;
    builder.idle = idle;
    builder.receiving = receiving;
    builder.drainedBytes = drainedBytes;
    builder.draining = draining;
    builder.closing = closing;
    return builder;
  }

  /** Makes limits; those that are not set are the usual ones. */
  public static final class Builder {
    private int bodyBytes = 6_291_456;
    private long bodiesInMemory = 32L * 1024 * 1024;
    private long uploadsOnDisk = 1024L * 1024 * 1024;
    private int connections = 1_024;
    private int requestLineBytes = 8 * 1024;
    private int headerBytes = 16 * 1024;
    private int headers = 100;
    private Duration idle = Duration.ofSeconds(75);
    private Duration receiving = Duration.ofSeconds(30);
    private long drainedBytes = 64L * 1024 * 1024;
    private Duration draining = Duration.ofSeconds(10);
    private Duration closing = Duration.ofSeconds(5);

    private Builder() {}

    /** See {@link HttpLimits#bodyBytes}. */
    public Builder bodyBytes(int limit) {
      bodyBytes = limit;
      return this;
    }

    /** See {@link HttpLimits#bodiesInMemory}. */
    public Builder bodiesInMemory(long limit) {
      bodiesInMemory = limit;
      return this;
    }

    /** See {@link HttpLimits#uploadsOnDisk}. */
    public Builder uploadsOnDisk(long limit) {
      uploadsOnDisk = limit;
      return this;
    }

    /** See {@link HttpLimits#connections}. */
    public Builder connections(int limit) {
      connections = limit;
      return this;
    }

    /** See {@link HttpLimits#requestLineBytes}. */
    public Builder requestLineBytes(int limit) {
      requestLineBytes = limit;
      return this;
    }

    /** See {@link HttpLimits#headerBytes}. */
    public Builder headerBytes(int limit) {
      headerBytes = limit;
      return this;
    }

    /** See {@link HttpLimits#headers}. */
    public Builder headers(int limit) {
      headers = limit;
      return this;
    }

    /** See {@link HttpLimits#idle}. */
    public Builder idle(Duration limit) {
      idle = limit;
      return this;
    }

    /** See {@link HttpLimits#receiving}. */
    public Builder receiving(Duration limit) {
      receiving = limit;
      return this;
    }

    /** See {@link HttpLimits#drainedBytes}. */
    public Builder drainedBytes(long limit) {
      drainedBytes = limit;
      return this;
    }

    /** See {@link HttpLimits#draining}. */
    public Builder draining(Duration limit) {
      draining = limit;
      return this;
    }

    /** See {@link HttpLimits#closing}. */
    public Builder closing(Duration limit) {
      closing = limit;
      return this;
    }

    /** The limits. */
    public HttpLimits build() {
      return new HttpLimits(
          bodyBytes,
          bodiesInMemory,
          uploadsOnDisk,
          connections,
          requestLineBytes,
          headerBytes,
          headers,
          idle,
          receiving,
          drainedBytes,
          draining,
          closing);
    }
  }
}
