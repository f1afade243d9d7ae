package io.twinloom.model;

import java.util.Map;

/**
 * {@code config.json}.
 *
 * @param name the twin's name, unique per account
 * @param hotDays days that an item stays in the hot store, at least 1
 * @param coldDays days that an item then stays in the cold store, at least 1
 * @param signedConnections which connections sign their requests
 */
public record TwinConfig(
    String name,
    int hotDays,
    int coldDays,
    Mode mode,
    boolean historyOverTiers,
    boolean compressChunks,
    Signing signedConnections) {

  /** How much is logged: debug logs may hold payloads, production logs never do. */
  public enum Mode {
    DEBUG,
    PRODUCTION
  }

  /** Whether a connection's requests are signed, and whether unsigned ones are refused. */
  public enum SigningMode {
    OFF,
    ON,
    /** While a twin changes from strict: senders send the token again, receivers still refuse. */
    LEAVING_STRICT,
    STRICT;

    /** What a sender does. */
    public SigningMode ofSender() {
      return this == LEAVING_STRICT ? ON : this;
    }

    /** What a receiver does. */
    public SigningMode ofReceiver() {
      return this == LEAVING_STRICT ? STRICT : this;
    }
  }

  /** The same with chunks kept and requests signed otherwise. */
  public TwinConfig withChunksAndSigning(boolean compresses, Signing signing) {
    return new TwinConfig(name, hotDays, coldDays, mode, historyOverTiers, compresses, signing);
  }

  /** The same with other signing. */
  public TwinConfig withSigning(Signing other) {
    return new TwinConfig(name, hotDays, coldDays, mode, historyOverTiers, compressChunks, other);
  }

  /**
   * The signing of each connection.
   *
   * @param everywhere what holds for a connection that is not named
   * @param byConnection what holds for a connection, by its id
   */
  public record Signing(SigningMode everywhere, Map<String, SigningMode> byConnection) {
    public Signing {
      byConnection = Map.copyOf(byConnection);
    }

    /** What holds for this connection. */
    public SigningMode of(String connectionId) {
      return byConnection.getOrDefault(connectionId, everywhere);
    }
  }
}
