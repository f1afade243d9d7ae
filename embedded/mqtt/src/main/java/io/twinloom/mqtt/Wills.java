package io.twinloom.mqtt;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * PublishHandler the wills of clients whose connections ended without a DISCONNECT, at once or
 * after the delay that they wanted. Delays are not kept over a restart. Confined to the event loop.
 */
final class Wills {
  private record Delayed(Will will, ScheduledFuture<?> timer) {}

  private final Map<String, Delayed> delayed = new HashMap<>();
  private final MessageRouter router;
  private final EventLoop loop;
  private final InstantSource clock;
  private final EventLog events;

  Wills(MessageRouter router, EventLoop loop, InstantSource clock, EventLog events) {
    this.router = router;
    this.loop = loop;
    this.clock = clock;
    this.events = events;
  }

  /**
   * The connection of a client with a will ended.
   *
   * @param sessionSeconds how long its session lives on: the will is published then at the latest
   */
  void due(String clientId, Will will, long sessionSeconds) {
    long wait = Math.min(will.delaySeconds(), sessionSeconds);
    if (wait == 0) {
      publish(clientId, will);
      return;
    }
    ScheduledFuture<?> timer =
        loop.schedule(
            () -> {
              delayed.remove(clientId);
              publish(clientId, will);
            },
            wait,
            TimeUnit.SECONDS);
    delayed.put(clientId, new Delayed(will, timer));
  }

  /**
   * A client is here again: its delayed will is dropped, or is due where its session ended.
   *
   * @param sessionPresent whether it continues its session
   */
  void connected(String clientId, boolean sessionPresent) {
    Delayed waiting = delayed.remove(clientId);
    if (waiting == null) {
      return;
    }
    waiting.timer().cancel(false);
    if (!sessionPresent) {
      publish(clientId, waiting.will());
    }
  }

  private void publish(String clientId, Will will) {
    long expiresAt = will.expirySeconds() == 0 ? 0 : clock.millis() + will.expirySeconds() * 1_000;
    Message message =
        new Message(will.topic().name(), will.payload(), will.qos(), will.properties(), expiresAt);
    router.publish(will.topic(), message, null, new Published(clientId, will.topic().name()));
  }

  private final class Published extends PublishCompletion {
    private final String clientId;
    private final String topic;

    private Published(String clientId, String topic) {
      this.clientId = clientId;
      this.topic = topic;
    }

    @Override
    void finished() {
      if (outcome() != PublishOutcome.ACCEPTED && outcome() != PublishOutcome.NO_SUBSCRIBERS) {
        loop.execute(
            () ->
                events.warn(
                    EventLog.Kind.WILL,
                    "A will was not published: " + outcome(),
                    Map.of("client", clientId, "topic", topic)));
      }
    }
  }
}
