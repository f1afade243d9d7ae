package io.twinloom.http;

import java.time.Duration;

/**
 * What an endpoint takes at most.
 *
 * @param connections open ones; a further one is closed at once
 * @param closing how long running requests may go on after the endpoint was closed
 */
public record HttpLimits(int connections, Head head, Body body, Drained drained, Duration closing) {

  /** The usual ones. */
  public static final HttpLimits DEFAULT = new Builder().build();

  /**
   * Of what comes before a request's body.
   *
   * @param lineBytes the first line of a request; a longer one is answered 414
   * @param headerBytes all headers of a request; larger ones are answered 431
   * @param headers how many headers a request has; more are answered 431
   * @param idle how long a connection may stay without a whole head of a request
   */
  public record Head(int lineBytes, int headerBytes, int headers, Duration idle) {}

  /**
   * Of a request's body.
   *
   * @param bytes a larger one is answered 413
   * @param inMemory all bodies that are being received or worked on, together; a request over it is
   *     answered 503
   * @param onDisk all files that requests' bodies go into, together, each counted as large as it
   *     may become; a request over it is answered 503
   * @param receiving how long a body may take from its head to its end; then 408
   */
  public record Body(int bytes, long inMemory, long onDisk, Duration receiving) {}

  /**
   * Of a body that was refused: it is read and thrown away, so that the sender gets to read the
   * answer; then the connection is closed.
   *
   * @param bytes how much of it
   * @param time how long that may take
   */
  public record Drained(long bytes, Duration time) {}

  /** These limits, to be changed. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.bodyBytes = body.bytes();
    builder.bodiesInMemory = body.inMemory();
    builder.uploadsOnDisk = body.onDisk();
    builder.connections = connections;
    builder.requestLineBytes = head.lineBytes();
    builder.headerBytes = head.headerBytes();
    builder.headers = head.headers();
    builder.idle = head.idle();
    builder.receiving = body.receiving();
    builder.drainedBytes = drained.bytes();
    builder.draining = drained.time();
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

    /** See {@link Body#bytes}. */
    public Builder bodyBytes(int limit) {
      bodyBytes = limit;
      return this;
    }

    /** See {@link Body#inMemory}. */
    public Builder bodiesInMemory(long limit) {
      bodiesInMemory = limit;
      return this;
    }

    /** See {@link Body#onDisk}. */
    public Builder uploadsOnDisk(long limit) {
      uploadsOnDisk = limit;
      return this;
    }

    /** See {@link HttpLimits#connections}. */
    public Builder connections(int limit) {
      connections = limit;
      return this;
    }

    /** See {@link Head#lineBytes}. */
    public Builder requestLineBytes(int limit) {
      requestLineBytes = limit;
      return this;
    }

    /** See {@link Head#headerBytes}. */
    public Builder headerBytes(int limit) {
      headerBytes = limit;
      return this;
    }

    /** See {@link Head#headers}. */
    public Builder headers(int limit) {
      headers = limit;
      return this;
    }

    /** See {@link Head#idle}. */
    public Builder idle(Duration limit) {
      idle = limit;
      return this;
    }

    /** See {@link Body#receiving}. */
    public Builder receiving(Duration limit) {
      receiving = limit;
      return this;
    }

    /** See {@link Drained#bytes}. */
    public Builder drainedBytes(long limit) {
      drainedBytes = limit;
      return this;
    }

    /** See {@link Drained#time}. */
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
          connections,
          new Head(requestLineBytes, headerBytes, headers, idle),
          new Body(bodyBytes, bodiesInMemory, uploadsOnDisk, receiving),
          new Drained(drainedBytes, draining),
          closing);
    }
  }
}
