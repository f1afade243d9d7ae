package io.twinloom.mqtt;

import java.time.Duration;

/**
 * Every limit of a server. What exceeds one is refused, dropped or waits as said here; it is
 * counted in {@link MqttCounts} and noted with the limit's number.
 *
 * @param connections open at the same time; a further one is closed at once
 * @param connectTimeout how long a connection may take to send its CONNECT
 * @param packetBytes a larger packet ends its connection
 * @param clientIdLength in characters; a longer client id is refused
 * @param incoming of messages that clients publish
 * @param sessions of what is kept for clients
 * @param outgoing of messages on their way to clients
 */
public record MqttLimits(
    int connections,
    Duration connectTimeout,
    int packetBytes,
    int clientIdLength,
    Incoming incoming,
    Sessions sessions,
    Outgoing outgoing) {

  private static final int MIB = 1024 * 1024;

  /** The usual ones. */
  public static final MqttLimits DEFAULT = new Builder().build();

  public MqttLimits {
    positive(connections, packetBytes, clientIdLength);
    notNegative(connectTimeout);
  }

  /**
   * Of messages that clients publish and that wait to be taken in.
   *
   * @param receiveMaximum QoS 1 messages of one MQTT 5 client that may wait for their
   *     acknowledgement
   * @param messages of one connection; beyond it the connection is not read
   * @param bytes the same in bytes of payload
   * @param messagesInAll of all connections; beyond it no connection that has one waiting is read
   * @param bytesInAll the same in bytes of payload
   */
  public record Incoming(
      int receiveMaximum, int messages, int bytes, int messagesInAll, int bytesInAll) {
    public Incoming {
      positive(receiveMaximum, messages, bytes, messagesInAll, bytesInAll);
    }
  }

  /**
   * Of what is kept for clients.
   *
   * @param persistent sessions that outlive their connection; a further one is refused
   * @param expiry how long a session is kept after its connection ended, at most; MQTT 3.1.1
   *     sessions are kept as long
   * @param subscriptions of one session; a further one is refused
   * @param filterLevels of one topic filter; a deeper one is refused
   */
  public record Sessions(int persistent, Duration expiry, int subscriptions, int filterLevels) {
    public Sessions {
      positive(persistent, subscriptions, filterLevels);
      notNegative(expiry);
    }
  }

  /**
   * Of messages on their way to clients.
   *
   * @param inFlight QoS 1 messages to one client without its acknowledgement; its own Receive
   *     Maximum counts where it is less
   * @param queuedMessages of one session in memory; beyond it those of a persistent session are
   *     read back from disk later, others are dropped
   * @param queuedBytes the same in bytes of payload
   * @param keptMessages undelivered ones of one persistent session; a further one is refused
   * @param keptBytes the same in bytes of payload
   */
  public record Outgoing(
      int inFlight, int queuedMessages, int queuedBytes, int keptMessages, long keptBytes) {
    public Outgoing {
      positive(inFlight, queuedMessages, queuedBytes, keptMessages, keptBytes);
    }
  }

  private static void positive(long... limits) {
    for (long limit : limits) {
      if (limit < 1) {
        throw new IllegalArgumentException("A limit is at least 1, not " + limit);
      }
    }
  }

  private static void notNegative(Duration limit) {
    if (limit.isNegative()) {
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
    builder.receiveMaximum = incoming.receiveMaximum();
    builder.waitingMessages = incoming.messages();
    builder.waitingBytes = incoming.bytes();
    builder.waitingMessagesInAll = incoming.messagesInAll();
    builder.waitingBytesInAll = incoming.bytesInAll();
    builder.subscriptions = sessions.subscriptions();
    builder.filterLevels = sessions.filterLevels();
    builder.sessions = sessions.persistent();
    builder.sessionExpiry = sessions.expiry();
    builder.inFlight = outgoing.inFlight();
    builder.queuedMessages = outgoing.queuedMessages();
    builder.queuedBytes = outgoing.queuedBytes();
    builder.keptMessages = outgoing.keptMessages();
    builder.keptBytes = outgoing.keptBytes();
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

    /** See {@link Incoming#receiveMaximum}. */
    public Builder receiveMaximum(int limit) {
      receiveMaximum = limit;
      return this;
    }

    /** See {@link Incoming#messages}. */
    public Builder waitingMessages(int limit) {
      waitingMessages = limit;
      return this;
    }

    /** See {@link Incoming#bytes}. */
    public Builder waitingBytes(int limit) {
      waitingBytes = limit;
      return this;
    }

    /** See {@link Incoming#messagesInAll}. */
    public Builder waitingMessagesInAll(int limit) {
      waitingMessagesInAll = limit;
      return this;
    }

    /** See {@link Incoming#bytesInAll}. */
    public Builder waitingBytesInAll(int limit) {
      waitingBytesInAll = limit;
      return this;
    }

    /** See {@link Sessions#subscriptions}. */
    public Builder subscriptions(int limit) {
      subscriptions = limit;
      return this;
    }

    /** See {@link Sessions#filterLevels}. */
    public Builder filterLevels(int limit) {
      filterLevels = limit;
      return this;
    }

    /** See {@link Sessions#persistent}. */
    public Builder sessions(int limit) {
      sessions = limit;
      return this;
    }

    /** See {@link Sessions#expiry}. */
    public Builder sessionExpiry(Duration limit) {
      sessionExpiry = limit;
      return this;
    }

    /** See {@link Outgoing#inFlight}. */
    public Builder inFlight(int limit) {
      inFlight = limit;
      return this;
    }

    /** See {@link Outgoing#queuedMessages}. */
    public Builder queuedMessages(int limit) {
      queuedMessages = limit;
      return this;
    }

    /** See {@link Outgoing#queuedBytes}. */
    public Builder queuedBytes(int limit) {
      queuedBytes = limit;
      return this;
    }

    /** See {@link Outgoing#keptMessages}. */
    public Builder keptMessages(int limit) {
      keptMessages = limit;
      return this;
    }

    /** See {@link Outgoing#keptBytes}. */
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
          new Incoming(
              receiveMaximum,
              waitingMessages,
              waitingBytes,
              waitingMessagesInAll,
              waitingBytesInAll),
          new Sessions(sessions, sessionExpiry, subscriptions, filterLevels),
          new Outgoing(inFlight, queuedMessages, queuedBytes, keptMessages, keptBytes));
    }
  }
}
