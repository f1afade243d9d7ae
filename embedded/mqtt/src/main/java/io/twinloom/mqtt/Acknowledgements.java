package io.twinloom.mqtt;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The publishes of a connection that are not acknowledged yet. Messages become safe in any order
 * and on any thread; they are acknowledged in the order they came [MQTT-4.6.0-2], as soon as all
 * before them are. Confined to the event loop but for the ends of messages.
 */
final class Acknowledgements {

  /** One message that came. */
  final class Waiting extends PublishCompletion {
    private final int packetId;
    private final int bytes;
    private final String topic;

    private Waiting(int packetId, int bytes, String topic) {
      this.packetId = packetId;
      this.bytes = bytes;
      this.topic = topic;
    }

    String topic() {
      return topic;
    }

    /** 0: its publisher wants no acknowledgement. */
    int packetId() {
      return packetId;
    }

    @Override
    void finished() {
      settleSoon();
    }
  }

  /** Called for the messages in the order they came, each once. */
  interface Settled {
    void settled(Waiting message);

    /** Some were settled, for now no more are. */
    void noMore();
  }

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final EventLoop loop;
  private final InFlightBytes inFlight;
  private final Settled settled;
  private int bytes;
  private int unacknowledged;

  Acknowledgements(EventLoop loop, InFlightBytes inFlight, Settled settled) {
    this.loop = loop;
    this.inFlight = inFlight;
    this.settled = settled;
  }

  /** A message came; the caller submits it. */
  Waiting expect(int packetId, int size, String topic) {
    Waiting message = new Waiting(packetId, size, topic);
    waiting.add(message);
    bytes += size;
    if (packetId != 0) {
      unacknowledged++;
    }
    inFlight.add(size);
    return message;
  }

  int messages() {
    return waiting.size();
  }

  int bytes() {
    return bytes;
  }

  /** QoS 1 messages that are not acknowledged yet. */
  int unacknowledged() {
    return unacknowledged;
  }

  private void settleSoon() {
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(this::settle);
    }
  }

  private void settle() {
    scheduled.set(false);
    boolean any = false;
    for (Waiting head; (head = waiting.peek()) != null && head.isFinished(); ) {
      waiting.poll();
      any = true;
      bytes -= head.bytes;
      inFlight.remove(head.bytes);
      if (head.packetId != 0) {
        unacknowledged--;
      }
      settled.settled(head);
    }
    if (any) {
      settled.noMore();
    }
  }
}
