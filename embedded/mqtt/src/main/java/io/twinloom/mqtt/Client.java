package io.twinloom.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * A client as its CONNECT describes it.
 *
 * @param assigned whether its id was made here
 * @param clean whether it wants a new session
 * @param expirySeconds how long its session is kept when it is away, as granted
 * @param expiryLowered whether that is less than it asked for
 * @param keepAliveSeconds the longest time between two of its packets; 0: any
 * @param receiveMaximum the most QoS 1 messages that it wants unacknowledged
 * @param maximumPacket a larger packet it does not take, in bytes
 * @param wantsReasons whether it wants reasons in words
 */
record Client(
    String id,
    boolean assigned,
    boolean version5,
    boolean clean,
    long expirySeconds,
    boolean expiryLowered,
    int keepAliveSeconds,
    int receiveMaximum,
    long maximumPacket,
    boolean wantsReasons,
    @Nullable Will will) {

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
          expirySeconds,
          expiryLowered,
          keepAliveSeconds,
          receiveMaximum,
          maximumPacket,
          wantsReasons,
          will);
    }
  }
}
