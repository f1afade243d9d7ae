package io.twinloom.mqtt;

/**
 * What all connections have published and is not safe yet, in messages and bytes of payload.
 * Confined to the event loop.
 */
final class InFlightBytes {
  private final MqttLimits limits;
  private int messages;
  private long bytes;

  InFlightBytes(MqttLimits limits) {
    this.limits = limits;
  }

  void add(int size) {
    messages++;
    bytes += size;
  }

  void remove(int size) {
    messages--;
    bytes -= size;
  }

  boolean exceeded() {
    return messages >= limits.incoming().messagesInAll() || bytes >= limits.incoming().bytesInAll();
  }
}
