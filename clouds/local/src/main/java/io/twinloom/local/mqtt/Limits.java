package io.twinloom.local.mqtt;

import java.time.Duration;

/**
 * Every limit of a device channel. What exceeds one is refused, dropped or waits as said here; it
 * is counted in {@link MqttCounts} and noted with the limit's number.
 *
 * @param connections open at the same time; a further one is closed at once
 * @param connectTimeout how long a connection may take to send its CONNECT
 * @param packetBytes a larger packet ends its connection
 * @param clientIdLength in characters; a longer client id is refused
 * @param receiveMaximum QoS 1 messages of one MQTT 5 client that may wait for their acknowledgement
 * @param waitingMessages messages of one connection that wait to be taken in; beyond it the
 *     connection is not read
 * @param waitingBytes the same in bytes of payload
 * @param waitingMessagesInAll messages of all connections that wait to be taken in; beyond it no
 *     connection that has one waiting is read
 * @param waitingBytesInAll the same in bytes of payload
 * @param subscriptions of one session; a further one is refused
 * @param filterLevels of one topic filter; a deeper one is refused
 * @param sessions persistent sessions; a further one is refused
 * @param sessionExpiry how long a session is kept after its connection ended, at most; MQTT 3.1.1
 *     sessions are kept as long
 * @param inFlight QoS 1 messages on their way to one client without its acknowledgement; its own
 *     Receive Maximum counts where it is less
 * @param queuedMessages messages of one session in memory; beyond it those of a persistent session
 *     are read back from disk later, others are dropped
 * @param queuedBytes the same in bytes of payload
 * @param keptMessages undelivered messages of one persistent session; a further one is refused
 * @param keptBytes the same in bytes of payload
 */
record Limits(
    int connections,
    Duration connectTimeout,
    int packetBytes,
    int clientIdLength,
    int receiveMaximum,
    int waitingMessages,
    int waitingBytes,
    int waitingMessagesInAll,
    int waitingBytesInAll,
    int subscriptions,
    int filterLevels,
    int sessions,
    Duration sessionExpiry,
    int inFlight,
    int queuedMessages,
    int queuedBytes,
    int keptMessages,
    long keptBytes) {

  private static final int MIB = 1024 * 1024;

  /** Those of a channel outside of tests. */
  static final Limits DEFAULT =
      new Limits(
          5_000,
          Duration.ofSeconds(10),
          MIB,
          256,
          1_000,
          4_000,
          8 * MIB,
          8_000,
          32 * MIB,
          256,
          32,
          10_000,
          Duration.ofDays(7),
          100,
          1_000,
          4 * MIB,
          10_000,
          64L * MIB);
}
