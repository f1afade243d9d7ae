package io.twinloom.local.mqtt;

import java.time.Duration;

/** Limits that a test can reach. */
final class Settings {
  private Settings() {}

  /** With room for so many undelivered messages in a session, in memory or on disk. */
  static Limits kept(int messages) {
    return of(5_000, Duration.ofSeconds(10), 4_000, 1_000, messages);
  }

  static Limits connections(int most) {
    return of(most, Duration.ofSeconds(10), 4_000, 1_000, 10_000);
  }

  static Limits connectTimeout(Duration timeout) {
    return of(5_000, timeout, 4_000, 1_000, 10_000);
  }

  static Limits waiting(int messages) {
    return of(5_000, Duration.ofSeconds(10), messages, 1_000, 10_000);
  }

  static Limits queued(int messages) {
    return of(5_000, Duration.ofSeconds(10), 4_000, messages, 10_000);
  }

  private static Limits of(
      int connections, Duration connectTimeout, int waiting, int queued, int kept) {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        connections,
        connectTimeout,
        usual.packetBytes(),
        usual.clientIdLength(),
        usual.receiveMaximum(),
        waiting,
        usual.waitingBytes(),
        usual.waitingMessagesInAll(),
        usual.waitingBytesInAll(),
        usual.subscriptions(),
        usual.filterLevels(),
        usual.sessions(),
        usual.sessionExpiry(),
        usual.inFlight(),
        queued,
        usual.queuedBytes(),
        kept,
        usual.keptBytes());
  }
}
