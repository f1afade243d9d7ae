package io.twinloom.http;

import java.util.Map;

/** Answers a request with a stream of text. */
public interface StreamOpener {

  /** The type of what is sent, such as {@code text/event-stream}. */
  String contentType();

  /** Further headers of the answer, by name. */
  Map<String, String> headers();

  /** So many bytes may wait for a client that reads slowly. */
  default int maxWaiting() {
    return ResponseStream.MAX_WAITING;
  }

  /**
   * Begins to send. Called once, on an event loop, when the head of the answer is on its way, so it
   * must not block; the stream may be written to by any thread from then on. It is closed already
   * where the client is gone, or has asked for the head alone.
   */
  void opened(ResponseStream stream);
}
