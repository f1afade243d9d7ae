package io.twinloom.mqtt;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Takes the place of a client that is away, and has what waits for it published by another server:
 * a message leaves its session once that has it. It ends when its client comes back, or the other
 * server does not take a message. Confined to the event loop.
 *
 * @param elsewhere publishes a message's payload
 */
record HandOver(
    Session session, EventLoop loop, Function<byte[], CompletionStage<PublishOutcome>> elsewhere)
    implements Outbox.Client {

  /** Begins for all clients of a topic that are away; called on any thread. */
  static void begin(
      String topic,
      Sessions sessions,
      EventLoop loop,
      Function<byte[], CompletionStage<PublishOutcome>> elsewhere) {
    try {
      loop.execute(() -> sessions.handOver(topic, elsewhere));
    } catch (RejectedExecutionException ignored) {
      // The server has ended: what waits is in its store, for the next time that it runs.
    }
  }

  @Override
  public boolean writable() {
    return true;
  }

  /** {@inheritDoc} One by one, so that they stay in order. */
  @Override
  public int window() {
    return 1;
  }

  @Override
  public long maximumPacket() {
    return Long.MAX_VALUE;
  }

  @Override
  public void deliver(Message message, int qos, int packetId, boolean duplicate) {
    elsewhere
        .apply(message.payload())
        .whenComplete(
            (outcome, error) ->
                loop.execute(
                    () -> ended(packetId, error == null && outcome == PublishOutcome.ACCEPTED)));
  }

  private void ended(int packetId, boolean taken) {
    if (session.connection() != null) {
      // Its client is back, and is sent what it has not acknowledged.
      return;
    }
    if (taken) {
      session.outbox().acknowledged(packetId);
    } else {
      session.outbox().detach();
    }
  }

  @Override
  public void flush() {
    // Nothing is buffered.
  }

  @Override
  public void failed(Throwable cause) {
    session.outbox().detach();
  }
}
