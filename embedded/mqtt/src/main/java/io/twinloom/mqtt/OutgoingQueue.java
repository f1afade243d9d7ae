package io.twinloom.mqtt;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What a session is to be sent next, as far as it is in memory. Confined to the event loop. */
final class OutgoingQueue {
  private final ArrayDeque<OutgoingMessage> messages = new ArrayDeque<>();
  private final MqttLimits limits;
  private int bytes;

  OutgoingQueue(MqttLimits limits) {
    this.limits = limits;
  }

  boolean full() {
    return messages.size() >= limits.outgoing().queuedMessages()
        || bytes >= limits.outgoing().queuedBytes();
  }

  int size() {
    return messages.size();
  }

  void add(OutgoingMessage message) {
    messages.add(message);
    bytes += message.bytes();
  }

  @Nullable OutgoingMessage peek() {
    return messages.peek();
  }

  /** Removes what {@link #peek} returned. */
  void removeFirst() {
    bytes -= messages.remove().bytes();
  }

  void clear() {
    messages.clear();
    bytes = 0;
  }
}
