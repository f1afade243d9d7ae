package io.twinloom.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * A client as its CONNECT describes it.
 *
 * @param assigned whether its id was made here
 * @param clean whether it wants a new session
 * @param expiry how long its session is kept when it is away
 * @param keepAliveSeconds the longest time between two of its packets; 0: any
 * @param takes what it takes from a server
 */
record Client(
    String id,
    boolean assigned,
    boolean version5,
    boolean clean,
    Expiry expiry,
    int keepAliveSeconds,
    Takes takes,
    @Nullable Will will) {

  /**
   * How long a session is kept.
   *
   * @param seconds as granted
   * @param lowered whether that is less than the client asked for
   */
  record Expiry(long seconds, boolean lowered) {}

  /**
   * What a client takes.
   *
   * @param unacknowledged the most QoS 1 messages
   * @param packetBytes the largest packet
   * @param reasons whether it wants reasons in words
   */
  record Takes(int unacknowledged, long packetBytes, boolean reasons) {}

  /** Makes a client that has not said anything but its id and its version. */
  static Builder builder(String id, boolean version5) {
    return new Builder(id, version5);
  }

  static final class Builder {
    private final String id;
    private final boolean version5;
    private boolean assigned;
    private boolean clean;
    private long expirySeconds;
    private boolean expiryLowered;
    private int keepAliveSeconds;
    private int receiveMaximum = InFlightWindow.PACKET_IDS;
    private long maximumPacket = Long.MAX_VALUE;
    private boolean wantsReasons = true;
    private @Nullable Will will;

    private Builder(String id, boolean version5) {
      this.id = id;
      this.version5 = version5;
    }

    Builder assigned(boolean here) {
      assigned = here;
      return this;
    }

    Builder clean(boolean wanted) {
      clean = wanted;
      return this;
    }

    /** How long its session is kept, as asked for and as granted. */
    Builder expiry(long askedSeconds, long grantedSeconds) {
      expirySeconds = grantedSeconds;
      expiryLowered = grantedSeconds != askedSeconds;
      return this;
    }

    Builder keepAliveSeconds(int seconds) {
      keepAliveSeconds = seconds;
      return this;
    }

    Builder receives(int messages, long packetBytes) {
      receiveMaximum = messages;
      maximumPacket = packetBytes;
      return this;
    }

    Builder wantsReasons(boolean wanted) {
      wantsReasons = wanted;
      return this;
    }

    Builder will(@Nullable Will wanted) {
      will = wanted;
      return this;
    }

    Client build() {
      return new Client(
          id,
          assigned,
          version5,
          clean,
          new Expiry(expirySeconds, expiryLowered),
          keepAliveSeconds,
          new Takes(receiveMaximum, maximumPacket, wantsReasons),
          will);
    }
  }
}
