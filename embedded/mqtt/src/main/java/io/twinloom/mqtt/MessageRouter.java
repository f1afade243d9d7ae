package io.twinloom.mqtt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a published message where its topic's route says: to a consumer, and to the sessions that
 * subscribed. Confined to the event loop.
 */
final class MessageRouter {
  private final Sessions sessions;
  private final EventLog events;

  MessageRouter(Sessions sessions, EventLog events) {
    this.sessions = sessions;
    this.events = events;
  }

  /**
   * Publishes a message.
   *
   * @param publisher the session it came from; null where it came from none
   * @param completion completes when the message is safe everywhere
   */
  void publish(
      Topic topic, Message message, @Nullable Session publisher, PublishCompletion completion) {
    publish(topic, message, publisher, completion, new ReadBurst(1));
  }

  /**
   * The same for one of several messages that came together.
   *
   * @param burst keeps what is for a consumer; its owner ends it
   */
  void publish(
      Topic topic,
      Message message,
      @Nullable Session publisher,
      PublishCompletion completion,
      ReadBurst burst) {
    switch (topic.route()) {
      case TopicRoute.ToConsumer route -> {
        events.add(EventLog.Kind.CONSUMED);
        burst.add(
            route.consumer(),
            new TopicRoute.Received(route.address(), message.payload()),
            completion);
        offer(topic, message, publisher, completion);
        completion.submitted(PublishOutcome.ACCEPTED);
      }
      case TopicRoute.ToSubscribers route ->
          completion.submitted(
              message.payload().length > route.maximumBytes()
                  ? PublishOutcome.NOT_AUTHORIZED
                  : toSubscribers(topic, message, publisher, completion));
    }
  }

  private PublishOutcome toSubscribers(
      Topic topic, Message message, @Nullable Session publisher, PublishCompletion completion) {
    Offered offered = offer(topic, message, publisher, completion);
    if (offered.accepted > 0) {
      events.add(EventLog.Kind.ROUTED);
      return PublishOutcome.ACCEPTED;
    }
    return offered.full > 0 ? PublishOutcome.SESSION_FULL : PublishOutcome.NO_SUBSCRIBERS;
  }

  private static final class Offered {
    private static final Offered NOBODY = new Offered();
    private int accepted;
    private int full;
  }

  private Offered offer(
      Topic topic, Message message, @Nullable Session publisher, PublishCompletion completion) {
    Map<Session, Subscription> to = sessions.subscribers(topic.levels(), publisher);
    if (to.isEmpty()) {
      return Offered.NOBODY;
    }
    Offered offered = new Offered();
    to.forEach(
        (session, subscription) -> {
          int qos = Math.min(message.qos(), subscription.qos());
          switch (session.outbox().offer(message, qos)) {
            case Outbox.Offer.Accepted accepted -> offered.accepted++;
            case Outbox.Offer.Detached detached -> {}
            case Outbox.Offer.Stored stored -> {
              offered.accepted++;
              completion.await(stored.written());
            }
            case Outbox.Offer.Full full -> {
              offered.full++;
              events.warn(
                  EventLog.Kind.DROPPED,
                  "A subscriber is too slow or was away too long: it does not get this message",
                  Map.of("client", session.clientId(), "topic", topic.name()));
            }
          }
        });
    return offered;
  }
}
