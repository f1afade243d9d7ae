package io.twinloom.mqtt;

import java.nio.charset.StandardCharsets;

/**
 * A message on its way to subscribers.
 *
 * @param qos that of its publisher, 0 or 1
 * @param expiresAt when it is of no use any more, in milliseconds since 1970; 0: never
 */
public record Message(
    String topic, byte[] payload, int qos, MessageProperties properties, long expiresAt) {

  boolean expired(long now) {
    return expiresAt != 0 && expiresAt <= now;
  }

  /** How many bytes it takes as a packet, at most. */
  int packetBytes() {
    int properties = properties().size() + (expiresAt == 0 ? 0 : 5);
    return 9 + topic.getBytes(StandardCharsets.UTF_8).length + properties + payload.length;
  }
}
