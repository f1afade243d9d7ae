package io.twinloom.mqtt;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * Every limit of a server. What exceeds one is refused, dropped or waits as said here; it is
 * counted in {@link MqttCounts} and noted with the limit's number.
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
public record MqttLimits(
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

  /** The usual ones. */
  public static final MqttLimits DEFAULT = new Builder().build();

  public MqttLimits {
    long least =
        Collections.min(
            List.of(
                (long) connections,
                (long) packetBytes,
                (long) clientIdLength,
                (long) receiveMaximum,
                (long) waitingMessages,
                (long) waitingBytes,
                (long) waitingMessagesInAll,
                (long) waitingBytesInAll,
                (long) subscriptions,
                (long) filterLevels,
                (long) sessions,
                (long) inFlight,
                (long) queuedMessages,
                (long) queuedBytes,
                (long) keptMessages,
                keptBytes));
    if (least < 1) {
      throw new IllegalArgumentException("A limit is at least 1, not " + least);
    }
    if (connectTimeout.isNegative() || sessionExpiry.isNegative()) {
      throw new IllegalArgumentException("A limit of time is not negative");
    }
  }

  /** These limits, to be changed. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.connections = connections;
    builder.connectTimeout = connectTimeout;
    builder.packetBytes = packetBytes;
    builder.clientIdLength = clientIdLength;
    builder.receiveMaximum = receiveMaximum;
    builder.waitingMessages = waitingMessages;
    builder.waitingBytes = waitingBytes;
    builder.waitingMessagesInAll = waitingMessagesInAll;
    builder.waitingBytesInAll = waitingBytesInAll;
    builder.subscriptions = subscriptions;
    builder.filterLevels = filterLevels;
    builder.sessions = sessions;
    builder.sessionExpiry = sessionExpiry;
    builder.inFlight = inFlight;
    builder.queuedMessages = queuedMessages;
    builder.queuedBytes = queuedBytes;
    builder.keptMessages = keptMessages;
    builder.keptBytes = keptBytes;
    return builder;
  }

  /** Makes limits; those that are not set are the usual ones. */
  public static final class Builder {
    private int connections = 5_000;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private int packetBytes = MIB;
    private int clientIdLength = 256;
    private int receiveMaximum = 1_000;
    private int waitingMessages = 4_000;
    private int waitingBytes = 8 * MIB;
    private int waitingMessagesInAll = 8_000;
    private int waitingBytesInAll = 32 * MIB;
    private int subscriptions = 256;
    private int filterLevels = 32;
    private int sessions = 10_000;
    private Duration sessionExpiry = Duration.ofDays(7);
    private int inFlight = 100;
    private int queuedMessages = 1_000;
    private int queuedBytes = 4 * MIB;
    private int keptMessages = 10_000;
    private long keptBytes = 64L * MIB;

    private Builder() {}

    /** See {@link MqttLimits#connections}. */
    public Builder connections(int limit) {
      connections = limit;
      return this;
    }

    /** See {@link MqttLimits#connectTimeout}. */
    public Builder connectTimeout(Duration limit) {
      connectTimeout = limit;
      return this;
    }

    /** See {@link MqttLimits#packetBytes}. */
    public Builder packetBytes(int limit) {
      packetBytes = limit;
      return this;
    }

    /** See {@link MqttLimits#clientIdLength}. */
    public Builder clientIdLength(int limit) {
      clientIdLength = limit;
      return this;
    }

    /** See {@link MqttLimits#receiveMaximum}. */
    public Builder receiveMaximum(int limit) {
      receiveMaximum = limit;
      return this;
    }

    /** See {@link MqttLimits#waitingMessages}. */
    public Builder waitingMessages(int limit) {
      waitingMessages = limit;
      return this;
    }

    /** See {@link MqttLimits#waitingBytes}. */
    public Builder waitingBytes(int limit) {
      waitingBytes = limit;
      return this;
    }

    /** See {@link MqttLimits#waitingMessagesInAll}. */
    public Builder waitingMessagesInAll(int limit) {
      waitingMessagesInAll = limit;
      return this;
    }

    /** See {@link MqttLimits#waitingBytesInAll}. */
    public Builder waitingBytesInAll(int limit) {
      waitingBytesInAll = limit;
      return this;
    }

    /** See {@link MqttLimits#subscriptions}. */
    public Builder subscriptions(int limit) {
      subscriptions = limit;
      return this;
    }

    /** See {@link MqttLimits#filterLevels}. */
    public Builder filterLevels(int limit) {
      filterLevels = limit;
      return this;
    }

    /** See {@link MqttLimits#sessions}. */
    public Builder sessions(int limit) {
      sessions = limit;
      return this;
    }

    /** See {@link MqttLimits#sessionExpiry}. */
    public Builder sessionExpiry(Duration limit) {
      sessionExpiry = limit;
      return this;
    }

    /** See {@link MqttLimits#inFlight}. */
    public Builder inFlight(int limit) {
      inFlight = limit;
      return this;
    }

    /** See {@link MqttLimits#queuedMessages}. */
    public Builder queuedMessages(int limit) {
      queuedMessages = limit;
      return this;
    }

    /** See {@link MqttLimits#queuedBytes}. */
    public Builder queuedBytes(int limit) {
      queuedBytes = limit;
      return this;
    }

    /** See {@link MqttLimits#keptMessages}. */
    public Builder keptMessages(int limit) {
      keptMessages = limit;
      return this;
    }

    /** See {@link MqttLimits#keptBytes}. */
    public Builder keptBytes(long limit) {
      keptBytes = limit;
      return this;
    }

    /** The limits. */
    public MqttLimits build() {
      return new MqttLimits(
          connections,
          connectTimeout,
          packetBytes,
          clientIdLength,
          receiveMaximum,
          waitingMessages,
          waitingBytes,
          waitingMessagesInAll,
          waitingBytesInAll,
          subscriptions,
          filterLevels,
          sessions,
          sessionExpiry,
          inFlight,
          queuedMessages,
          queuedBytes,
          keptMessages,
          keptBytes);
    }
  }
}
