package io.twinloom.local.mqtt;

/** What all connections have published and the cloud has not taken in yet. On the event loop. */
final class Load {
  private final Limits limits;
  private int messages;
  private long bytes;

  Load(Limits limits) {
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

  boolean tooMuch() {
    return messages >= limits.waitingMessagesInAll() || bytes >= limits.waitingBytesInAll();
  }
}
