package io.twinloom.server.events;

import io.twinloom.http.ResponseStream;
import java.util.Set;

/**
 * One client's stream. A client that does not read as fast as events come misses some, and is asked
 * to read all again once it has caught up. Used by the hub's thread alone once it is added.
 */
final class Subscriber {

  private final ResponseStream stream;
  private final Set<String> topics;
  private boolean behind;

  Subscriber(ResponseStream stream, Set<String> topics) {
    this.stream = stream;
    this.topics = Set.copyOf(topics);
  }

  Set<String> topics() {
    return topics;
  }

  boolean wants(String topic) {
    return topics.contains(topic);
  }

  /** Sends text, unless the client is behind. */
  void send(String text) {
    if (!behind && !stream.write(text)) {
      behind = true;
    }
  }

  /** Whether it has missed events and has read all that was sent before. */
  boolean hasCaughtUp() {
    return behind && stream.isDrained();
  }

  void goOn() {
    behind = false;
  }

  boolean isClosed() {
    return stream.isClosed();
  }

  void close() {
    stream.close();
  }
}
