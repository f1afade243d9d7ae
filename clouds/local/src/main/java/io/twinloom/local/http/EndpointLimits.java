package io.twinloom.local.http;

import java.time.Duration;

/**
 * What an endpoint takes at most.
 *
 * @param bodyBytes a request's body; a larger one is answered 413
 * @param bodiesInMemory all bodies that are being received or worked on, together; a request over
 *     it is answered 503
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
record EndpointLimits(
    int bodyBytes,
    long bodiesInMemory,
    int connections,
    int requestLineBytes,
    int headerBytes,
    int headers,
    Duration idle,
    Duration receiving,
    long drainedBytes,
    Duration draining,
    Duration closing) {

  /** The contract's limit of a receiver's body as sent. */
  static final int MAX_BODY_BYTES = 6_291_456;

  static final long MAX_BODIES_IN_MEMORY = 32L * 1024 * 1024;
  static final int MAX_CONNECTIONS = 1_024;
  static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  static final int MAX_HEADER_BYTES = 16 * 1024;
  static final int MAX_HEADERS = 100;
  static final Duration MAX_IDLE = Duration.ofSeconds(75);
  static final Duration MAX_RECEIVING = Duration.ofSeconds(30);
  static final long MAX_DRAINED_BYTES = 64L * 1024 * 1024;
  static final Duration MAX_DRAINING = Duration.ofSeconds(10);
  static final Duration MAX_CLOSING = Duration.ofSeconds(5);

  static EndpointLimits defaults() {
    return new EndpointLimits(
        MAX_BODY_BYTES,
        MAX_BODIES_IN_MEMORY,
        MAX_CONNECTIONS,
        MAX_REQUEST_LINE_BYTES,
        MAX_HEADER_BYTES,
        MAX_HEADERS,
        MAX_IDLE,
        MAX_RECEIVING,
        MAX_DRAINED_BYTES,
        MAX_DRAINING,
        MAX_CLOSING);
  }
}
