package io.twinloom.mqtt;

import io.twinloom.mqtt.TopicRoute.Consumer;
import io.twinloom.mqtt.TopicRoute.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Messages for consumers that are read from a connection together: a consumer can store them at
 * once, where each by itself would cost as much as all. Confined to the event loop.
 */
final class ReadBurst {

  /** As many messages are kept back at most. */
  static final int MESSAGES = 1_000;

  /** As many bytes likewise. */
  private static final int BYTES = 1024 * 1024;

  private record Offered(Consumer consumer, Received message, PublishCompletion completion) {}

  private final List<Offered> offered = new ArrayList<>();
  private final int most;
  private int bytes;

  /**
   * @param most as many messages are kept back at most; 1: each is handed over at once
   */
  ReadBurst(int most) {
    this.most = most;
  }

  /**
   * Keeps a message for the end of the burst; its completion waits for the consumer from now on.
   */
  void add(Consumer consumer, Received message, PublishCompletion completion) {
    completion.expect();
    offered.add(new Offered(consumer, message, completion));
    bytes += message.payload().length;
    if (offered.size() >= most || bytes >= BYTES) {
      end();
    }
  }

  /** Hands over what is kept, in its order: to each consumer what is for it without a break. */
  void end() {
    int from = 0;
    for (int to = 1; to <= offered.size(); to++) {
      if (to == offered.size() || offered.get(to).consumer() != offered.get(from).consumer()) {
        handOver(offered.subList(from, to));
        from = to;
      }
    }
    offered.clear();
    bytes = 0;
  }

  private static void handOver(List<Offered> messages) {
    List<? extends CompletionStage<Void>> stages;
    try {
      stages =
          messages.getFirst().consumer().accept(messages.stream().map(Offered::message).toList());
      if (stages.size() != messages.size()) {
        throw new IllegalStateException(
            stages.size() + " stages of " + messages.size() + " messages");
      }
    } catch (RuntimeException e) {
      CompletionStage<Void> failed = CompletableFuture.failedFuture(e);
      messages.forEach(message -> failed.whenComplete(message.completion()));
      return;
    }
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).whenComplete(messages.get(i).completion());
    }
  }
}
