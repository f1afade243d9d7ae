package io.twinloom.mqtt;

import java.util.concurrent.CompletionStage;

/** What happens to the messages that are published to one topic. */
public sealed interface TopicRoute {

  /**
   * The owner takes them; sessions that subscribe get a copy. They are acknowledged when the owner
   * has them, whether anybody subscribes or not.
   */
  record ToConsumer(Consumer consumer) implements TopicRoute {}

  /**
   * Sessions that subscribe get them. Their publisher learns where nobody does, or where the
   * sessions are full.
   *
   * @param maximumBytes a larger payload is refused
   */
  record ToSubscribers(int maximumBytes) implements TopicRoute {}

  /** Takes the messages of one topic. */
  @FunctionalInterface
  interface Consumer {

    /**
     * Accepts a message: from the completion on it is durable. Completes exceptionally where it
     * could not be stored; then its publisher gets no positive acknowledgement. May be slow to
     * complete: connections that have too much waiting are not read. Called on the event loop, so
     * it returns at once.
     *
     * @param payload belongs to the consumer
     */
    CompletionStage<Void> accept(byte[] payload);
  }
}
