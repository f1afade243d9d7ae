package io.twinloom.http;

import java.util.Optional;

/** Answers the requests to one address. Its methods are called by any thread. */
public interface RequestHandler {

  /**
   * What can be refused from a request's head alone, before its body is read. Called on an event
   * loop, so it must not block.
   */
  Optional<Response> refuse(RequestHead head);

  /**
   * What decides on this request, whose body may be large: {@link #handle} is not called then.
   * Called on an event loop, so it must not block.
   */
  default Optional<UploadOpener> upload(RequestHead head) {
    return Optional.empty();
  }

  /**
   * Answers a request that was not refused. Called on a virtual thread of its own. What it throws
   * is answered with status 500 and no more.
   */
  Response handle(RequestHead head, byte[] body);
}
