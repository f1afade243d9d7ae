package io.twinloom.local.mqtt;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a connection has published and was not told of yet. Messages become safe in any order and on
 * any thread; they are acknowledged in the order they came [MQTT-4.6.0-2], as soon as all before
 * them are. Confined to the event loop but for the ends of messages.
 */
final class Acknowledgements {

  /** One message that came. */
  final class Waiting extends Handover {
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

    /** 0: its publisher does not want to be told. */
    int packetId() {
      return packetId;
    }

    @Override
    void finished() {
      settleSoon();
    }
  }

  /** Is told of messages in the order they came, each once. */
  interface Settled {
    void settled(Waiting message);

    /** Some were settled, for now no more are. */
    void noMore();
  }

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final EventLoop loop;
  private final Load load;
  private final Settled settled;
  private int bytes;
  private int unacknowledged;

  Acknowledgements(EventLoop loop, Load load, Settled settled) {
    this.loop = loop;
    this.load = load;
    this.settled = settled;
  }

  /** A message came; the caller hands it over. */
  Waiting expect(int packetId, int size, String topic) {
    Waiting message = new Waiting(packetId, size, topic);
    waiting.add(message);
    bytes += size;
    if (packetId != 0) {
      unacknowledged++;
    }
    load.add(size);
    return message;
  }

  int messages() {
    return waiting.size();
  }

  int bytes() {
    return bytes;
  }

  /** QoS 1 messages whose publisher was not told yet. */
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
      load.remove(head.bytes);
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
