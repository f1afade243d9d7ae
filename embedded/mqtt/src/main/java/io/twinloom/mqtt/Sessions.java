package io.twinloom.mqtt;

import io.netty.channel.EventLoop;
import io.twinloom.mqtt.Session.Subscribed;
import io.twinloom.mqtt.SessionStore.StoredSession;
import io.twinloom.mqtt.SessionStore.StoredSubscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of all clients, those that are away included, and who subscribed to what. Confined
 * to the event loop but for its making.
 */
final class Sessions {
  private static final CompletionStage<Void> DONE = CompletableFuture.allOf();

  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final SubscriptionTree<Session, Subscription> subscribers = new SubscriptionTree<>();
  private final MqttServerOptions options;
  private final SessionStore store;
  private final EventLoop loop;
  private final EventLog events;
  private int durable;

  /** Reads the stored sessions. Blocks; those that were connected have ended now. */
  Sessions(MqttServerOptions options, EventLoop loop, EventLog events) {
    this.options = options;
    this.store = options.store();
    this.loop = loop;
    this.events = events;
    store.sessions().forEach(this::restore);
    store.subscriptions().forEach(this::restore);
  }

  private void restore(StoredSession stored) {
    Session session = make(stored.clientId(), true, stored.expirySeconds());
    Long endedAt = stored.endedAt();
    // Without an end the process was killed: any of its messages may have been sent.
    long sentTo = endedAt == null ? stored.lastNumber() : stored.sentTo();
    long last = Math.max(stored.lastNumber(), stored.sentTo());
    session.outbox().restore(last, sentTo, stored.messages(), stored.bytes());
    session.ended(endedAt == null ? options.clock().millis() : endedAt);
    if (endedAt == null) {
      put(session);
    }
  }

  private void restore(StoredSubscription stored) {
    Session session = sessions.get(stored.clientId());
    Optional<TopicFilter> filter = TopicFilter.parse(stored.filter());
    if (session != null && filter.isPresent()) {
      session.subscriptions().put(stored.filter(), new Subscribed(filter.get(), stored.options()));
      subscribers.put(filter.get(), session, stored.options());
    }
  }

  private Session make(String clientId, boolean isDurable, long expirySeconds) {
    Outbox outbox = new Outbox(clientId, isDurable, options, loop, events);
    Session session = new Session(clientId, isDurable, outbox, expirySeconds);
    sessions.put(clientId, session);
    durable += isDurable ? 1 : 0;
    return session;
  }

  private void put(Session session) {
    if (session.durable()) {
      store.putSession(
          session.clientId(),
          session.expirySeconds(),
          session.endedAt(),
          session.outbox().sentTo());
    }
  }

  int size() {
    return sessions.size();
  }

  /** The topics that clients which are connected have published to, and those they listen on. */
  Set<String> connectedTopics() {
    Set<String> topics = new HashSet<>();
    for (Session session : sessions.values()) {
      if (session.connection() != null) {
        topics.addAll(session.topics());
        topics.addAll(session.subscriptions().keySet());
      }
    }
    return topics;
  }

  /** A client's session as it connects. */
  record Opened(Session session, boolean present) {}

  /**
   * Opens a client's session for a connection. One that has the client's session until now is ended
   * as taken over.
   *
   * @param clean whether the client wants a new one
   * @return empty where there are too many
   */
  Optional<Opened> open(String clientId, boolean clean, long expirySeconds, Connection connection) {
    Session session = sessions.get(clientId);
    if (session != null) {
      Connection old = session.connection();
      if (old != null) {
        // Ends the session too where it was to end with its connection.
        old.takenOver();
        session = sessions.get(clientId);
      }
    }
    if (session != null && (clean || session.expired(options.clock().millis()))) {
      remove(session);
      session = null;
    }
    boolean present = session != null;
    if (session == null) {
      if (expirySeconds > 0 && durable >= options.limits().sessions().persistent()) {
        return Optional.empty();
      }
      session = make(clientId, expirySeconds > 0, expirySeconds);
    }
    session.expiresAfter(expirySeconds);
    session.connected(connection);
    put(session);
    return Optional.of(new Opened(session, present));
  }

  /** The connection of a session ended. */
  void close(Session session) {
    session.outbox().detach();
    session.ended(options.clock().millis());
    if (session.expirySeconds() == 0) {
      remove(session);
    } else {
      put(session);
    }
  }

  private void remove(Session session) {
    sessions.remove(session.clientId());
    for (Subscribed subscribed : session.subscriptions().values()) {
      subscribers.remove(subscribed.filter(), session);
    }
    if (session.durable()) {
      durable--;
      store.removeSession(session.clientId());
    }
  }

  /** Removes the sessions whose clients were away too long. */
  void expire() {
    List<Session> expired = new ArrayList<>();
    long now = options.clock().millis();
    for (Session session : sessions.values()) {
      if (session.expired(now)) {
        expired.add(session);
      }
    }
    expired.forEach(this::remove);
  }

  /** Completes when the subscription is as safe as its session. */
  CompletionStage<Void> subscribe(Session session, TopicFilter filter, Subscription subscription) {
    session.subscriptions().put(filter.name(), new Subscribed(filter, subscription));
    subscribers.put(filter, session, subscription);
    if (!session.durable()) {
      return DONE;
    }
    return store.putSubscription(session.clientId(), filter.name(), subscription);
  }

  /** Ends a subscription; null where there is none. */
  @Nullable CompletionStage<Void> unsubscribe(Session session, String filter) {
    Subscribed subscribed = session.subscriptions().remove(filter);
    if (subscribed == null) {
      return null;
    }
    subscribers.remove(subscribed.filter(), session);
    if (!session.durable()) {
      return DONE;
    }
    return store.removeSubscription(session.clientId(), filter);
  }

  /**
   * Who is to get a message of this topic, each once, with the best of its subscriptions that
   * match.
   *
   * @param publisher the session it came from; null where it came from none
   */
  Map<Session, Subscription> subscribers(String[] topic, @Nullable Session publisher) {
    if (subscribers.isEmpty()) {
      return Map.of();
    }
    Found found = new Found(publisher);
    subscribers.match(topic, found::add);
    return found.sessions;
  }

  /** Has what waits for this topic's clients that are away published elsewhere. */
  void handOver(String topic, Function<byte[], CompletionStage<PublishOutcome>> elsewhere) {
    for (Session session : List.copyOf(sessions.values())) {
      if (session.durable()
          && session.connection() == null
          && session.subscriptions().keySet().equals(Set.of(topic))) {
        session.outbox().attach(new HandOver(session, loop, elsewhere));
      }
    }
  }

  private final class Found {
    private final @Nullable Session publisher;
    private Map<Session, Subscription> sessions = Map.of();

    private Found(@Nullable Session publisher) {
      this.publisher = publisher;
    }

    private void add(Session session, Subscription subscription) {
      boolean own = subscription.noLocal() && session == publisher;
      if (own || session.expired(options.clock().millis())) {
        return;
      }
      if (sessions.isEmpty()) {
        sessions = Map.of(session, subscription);
        return;
      }
      if (sessions.size() == 1) {
        sessions = new HashMap<>(sessions);
      }
      sessions.merge(session, subscription, (a, b) -> a.qos() >= b.qos() ? a : b);
    }
  }
}
