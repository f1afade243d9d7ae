package io.twinloom.http;

import java.util.function.UnaryOperator;

/**
 * What all requests to an endpoint share.
 *
 * @param bodies those in memory
 * @param uploads those in files
 * @param errors how the endpoint words a response of its own
 */
record SharedParts(
    HttpLimits limits,
    BodyBudget bodies,
    BodyBudget uploads,
    OpenStreams streams,
    UnaryOperator<Response> errors) {

  SharedParts(HttpLimits limits, UnaryOperator<Response> errors) {
    this(
        limits,
        new BodyBudget(limits.body().inMemory()),
        new BodyBudget(limits.body().onDisk()),
        new OpenStreams(),
        errors);
  }

  /** A response of the endpoint's own as it is worded here. */
  Response worded(Response response) {
    return errors.apply(response);
  }
}
