package io.twinloom.mqtt;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What happens to the messages that are published to one topic. */
public sealed interface TopicRoute {

  /**
   * The owner takes them; sessions that subscribe get a copy. They are acknowledged when the owner
   * has them, whether anybody subscribes or not.
   *
   * @param address what the consumer knows the topic by
   */
  record ToConsumer(Consumer consumer, String address) implements TopicRoute {}

  /**
   * Sessions that subscribe get them. Their publisher learns where nobody does, or where the
   * sessions are full.
   *
   * @param maximumBytes a larger payload is refused
   */
  record ToSubscribers(int maximumBytes) implements TopicRoute {}

  /**
   * A message for a consumer.
   *
   * @param address of its topic's route
   * @param payload belongs to the consumer
   */
  @SuppressWarnings("ArrayRecordComponent") // Nothing compares messages.
  record Received(String address, byte[] payload) {}

  /** Takes the messages of one or more topics. */
  @FunctionalInterface
  interface Consumer {

    /**
     * Accepts messages that were read from a connection together, in the order they came. From the
     * completion of its stage on a message is durable. A stage completes exceptionally where the
     * message could not be stored; then its publisher gets no positive acknowledgement. May be slow
     * to complete: connections that have too much waiting are not read. Called on the event loop,
     * so it returns at once.
     *
     * @param messages at least one
     * @return a stage for each message, in their order; an exception stands for the failure of all
     */
    List<? extends CompletionStage<Void>> accept(List<Received> messages);
  }
}
