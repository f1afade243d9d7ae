package io.twinloom.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The QoS 1 messages that are on their way to a client without its acknowledgement, by their packet
 * ids. A packet id is made from its message's number, so a message keeps it over reconnects and
 * restarts [MQTT-4.4.0-1] without anything being written when it is sent. Confined to the event
 * loop.
 */
final class InFlightWindow {

  /** Packet ids are 1 to this. */
  static final int PACKET_IDS = 65_535;

  private final Map<Integer, OutgoingMessage> sent = new LinkedHashMap<>();

  /** Whether the message of this number may be sent too. */
  boolean open(long number, int most) {
    if (sent.size() >= most) {
      return false;
    }
    return sent.isEmpty() || number - sent.values().iterator().next().number() < PACKET_IDS;
  }

  /** A message is sent; returns its packet id. */
  int add(OutgoingMessage message) {
    int packetId = (int) ((message.number() - 1) % PACKET_IDS) + 1;
    sent.put(packetId, message);
    return packetId;
  }

  /** The message of this packet id is not in flight any more; null where it was not. */
  @Nullable OutgoingMessage remove(int packetId) {
    return sent.remove(packetId);
  }

  void clear() {
    sent.clear();
  }
}
