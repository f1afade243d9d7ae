package io.twinloom.mqtt;

/** How much a persistent session has in the store. Confined to the event loop. */
final class StoredTotals {
  private final MqttLimits limits;
  private int messages;
  private long bytes;

  StoredTotals(MqttLimits limits) {
    this.limits = limits;
  }

  void set(int storedMessages, long storedBytes) {
    messages = storedMessages;
    bytes = storedBytes;
  }

  boolean isEmpty() {
    return messages == 0;
  }

  boolean hasRoomFor(int size) {
    return messages < limits.outgoing().keptMessages()
        && bytes + size <= limits.outgoing().keptBytes();
  }

  void add(int size) {
    messages++;
    bytes += size;
  }

  void remove(int size) {
    messages--;
    bytes -= size;
  }
}
