package io.twinloom.mqtt;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows of a client beyond a connection: its subscriptions and what it is to be
 * sent. Confined to the event loop.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901230">MQTT
 *     5, 4.1 Session state</a>
 */
final class Session {

  /** A gateway publishes for many; of one that does for more, the first are known. */
  private static final int MOST_TOPICS = 1_000;

  /** Never ends by itself, as a client may ask for; the server's own limit holds nevertheless. */
  static final long NEVER = 0xFFFF_FFFFL;

  private final String clientId;
  private final boolean durable;
  private final Outbox outbox;
  private final Map<String, Subscribed> subscriptions = new HashMap<>();
  private final Set<String> topics = new HashSet<>();
  private @Nullable Connection connection;
  private long expirySeconds;
  private @Nullable Long endedAt;

  /** A subscription with its parsed filter. */
  record Subscribed(TopicFilter filter, Subscription options) {}

  /**
   * @param durable whether it stands on disk
   */
  Session(String clientId, boolean durable, Outbox outbox, long expirySeconds) {
    this.clientId = clientId;
    this.durable = durable;
    this.outbox = outbox;
    this.expirySeconds = expirySeconds;
  }

  String clientId() {
    return clientId;
  }

  boolean durable() {
    return durable;
  }

  Outbox outbox() {
    return outbox;
  }

  Map<String, Subscribed> subscriptions() {
    return subscriptions;
  }

  @Nullable Connection connection() {
    return connection;
  }

  long expirySeconds() {
    return expirySeconds;
  }

  void expiresAfter(long seconds) {
    expirySeconds = seconds;
  }

  void connected(Connection now) {
    connection = now;
    endedAt = null;
    topics.clear();
  }

  /** Its present connection has published to a topic. */
  void published(String topic) {
    if (topics.size() < MOST_TOPICS) {
      topics.add(topic);
    }
  }

  /** What its present connection has published to. */
  Set<String> topics() {
    return topics;
  }

  /** Its connection ended, at this time in milliseconds since 1970. */
  void ended(long at) {
    connection = null;
    endedAt = at;
  }

  @Nullable Long endedAt() {
    return endedAt;
  }

  boolean expired(long now) {
    return endedAt != null && now - endedAt >= expirySeconds * 1_000;
  }
}
