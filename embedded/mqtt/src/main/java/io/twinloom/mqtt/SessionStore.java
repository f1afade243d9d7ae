package io.twinloom.mqtt;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a server of its persistent sessions: the session, its subscriptions, and its
 * undelivered QoS 1 messages. Writes take effect in the order they were made, each whole or not at
 * all, and their futures complete when they are durable, on any thread. Only {@link #sessions},
 * {@link #subscriptions} and {@link #close} may block.
 */
public interface SessionStore extends AutoCloseable {

  /**
   * A session as it was stored.
   *
   * @param expirySeconds how long it is kept after its connection ended
   * @param endedAt when its connection ended, in milliseconds since 1970; null for one that was
   *     connected when the server ended
   * @param sentTo as in {@link #putSession}
   * @param messages how many undelivered messages it has
   * @param bytes of their payloads
   * @param lastNumber the highest number of its undelivered messages; 0 where there are none
   */
  record StoredSession(
      String clientId,
      long expirySeconds,
      @Nullable Long endedAt,
      long sentTo,
      int messages,
      long bytes,
      long lastNumber) {}

  /** A subscription as it was stored. */
  record StoredSubscription(String clientId, String filter, Subscription options) {}

  /**
   * An undelivered message.
   *
   * @param number of the message in its session; later messages have higher ones
   */
  record StoredMessage(long number, Message message) {}

  /**
   * Messages in their order.
   *
   * @param complete whether these are all that there were
   */
  record Page(List<StoredMessage> messages, boolean complete) {
    public Page {
      messages = List.copyOf(messages);
    }
  }

  /** All sessions. */
  List<StoredSession> sessions();

  /** All subscriptions of all sessions. */
  List<StoredSubscription> subscriptions();

  /**
   * The session is there, or is as this says.
   *
   * @param sentTo messages up to this number were sent at least once
   */
  CompletableFuture<Void> putSession(
      String clientId, long expirySeconds, @Nullable Long endedAt, long sentTo);

  /** Removes the session and everything that belongs to it. */
  CompletableFuture<Void> removeSession(String clientId);

  /** The session has a subscription, in place of one with the same filter. */
  CompletableFuture<Void> putSubscription(
      String clientId, String filter, Subscription subscription);

  /** The session has no subscription of this filter any more. */
  CompletableFuture<Void> removeSubscription(String clientId, String filter);

  /** The session has one more undelivered message. */
  CompletableFuture<Void> addMessage(String clientId, long number, Message message);

  /** The session has a message less. */
  CompletableFuture<Void> removeMessage(String clientId, long number);

  /**
   * The first undelivered messages after a number, as many as one page has: at least one where
   * there is one.
   */
  CompletableFuture<Page> messagesAfter(String clientId, long number);

  /** Waits until everything that was written is durable, or could not be. */
  @Override
  void close();
}
