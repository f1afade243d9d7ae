package io.twinloom.local.mqtt;

import io.netty.channel.EventLoop;
import io.twinloom.local.mqtt.SessionJournal.KeptMessage;
import io.twinloom.local.mqtt.SessionJournal.Page;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What one session is to be sent, in order. QoS 1 messages of a persistent session are on disk
 * before they are sent and until they are acknowledged; in memory stands only what comes next. All
 * others are only in memory, while their client is connected. Confined to the event loop.
 *
 * <p>Messages are numbered in the order they came. A packet id is made from its message's number,
 * so a message keeps it over reconnects and restarts [MQTT-4.4.0-1] without anything being written
 * when it is sent.
 */
final class Outbox {

  /** Packet ids are 1 to this. */
  static final int PACKET_IDS = 65_535;

  /** Read on when fewer wait. */
  private static final int READ_ON_BELOW = 50;

  /** The way to the connected client. */
  interface Client {
    boolean writable();

    /** The most QoS 1 messages it wants unacknowledged. */
    int window();

    /** A larger packet it does not take, in bytes. */
    long maximumPacket();

    void deliver(Message message, int qos, int packetId, boolean duplicate);

    void flush();

    /** The session's messages cannot be read. */
    void failed(Throwable cause);
  }

  /** Whether a message was taken. */
  sealed interface Offer {
    /** It will be sent, or is as safe as it need be. */
    record Taken() implements Offer {}

    /** Nobody is there to get it now, and it was not to be kept. */
    record Away() implements Offer {}

    /** There is no room. */
    record Full() implements Offer {}

    /** It will be sent once it is on disk. */
    record Kept(CompletionStage<Void> written) implements Offer {}
  }

  private static final Offer TAKEN = new Offer.Taken();
  private static final Offer AWAY = new Offer.Away();
  private static final Offer FULL = new Offer.Full();

  private record Outgoing(long number, Message message, int qos) {
    int bytes() {
      return message.payload().length;
    }
  }

  private final String clientId;
  private final boolean durable;
  private final SessionJournal journal;
  private final EventLoop loop;
  private final Limits limits;
  private final InstantSource clock;
  private final ChannelLog log;

  private final ArrayDeque<Outgoing> queue = new ArrayDeque<>();
  private final Map<Integer, Outgoing> inFlight = new LinkedHashMap<>();
  // Acknowledged, and perhaps still on disk; those of the second set only for a page being read.
  private final Set<Long> removing = new HashSet<>();
  private final Set<Long> removed = new HashSet<>();
  private @Nullable Client client;
  private int connection;
  private int queuedBytes;
  private long lastNumber;
  private long sentTo;
  private int kept;
  private long keptBytes;
  private long writtenTo;
  private long queuedTo;
  private boolean behind;
  private boolean reading;

  /**
   * @param durable whether QoS 1 messages are kept on disk
   */
  Outbox(
      String clientId,
      boolean durable,
      SessionJournal journal,
      EventLoop loop,
      Limits limits,
      InstantSource clock,
      ChannelLog log) {
    this.clientId = clientId;
    this.durable = durable;
    this.journal = journal;
    this.loop = loop;
    this.limits = limits;
    this.clock = clock;
    this.log = log;
  }

  /** What was on disk at the start. */
  void restore(long last, long sent, int messages, long bytes) {
    lastNumber = last;
    writtenTo = last;
    sentTo = sent;
    kept = messages;
    keptBytes = bytes;
  }

  /** Messages up to this number were sent once. */
  long sentTo() {
    return sentTo;
  }

  /** Undelivered messages on disk. */
  int kept() {
    return kept;
  }

  Offer offer(Message message, int qos) {
    return qos == 1 && durable ? keep(message) : queue(message, qos);
  }

  private Offer queue(Message message, int qos) {
    if (client == null) {
      return AWAY;
    }
    if (memoryFull()) {
      return FULL;
    }
    enqueue(new Outgoing(qos == 0 ? 0 : ++lastNumber, message, qos));
    pump();
    return TAKEN;
  }

  private Offer keep(Message message) {
    int bytes = message.payload().length;
    if (kept >= limits.keptMessages() || keptBytes + bytes > limits.keptBytes()) {
      return FULL;
    }
    Outgoing next = new Outgoing(++lastNumber, message, 1);
    kept++;
    keptBytes += bytes;
    CompletableFuture<Void> written = journal.addMessage(clientId, next.number(), message);
    written.whenComplete((count, error) -> loop.execute(() -> written(next, error)));
    return new Offer.Kept(written);
  }

  private void written(Outgoing next, @Nullable Throwable error) {
    if (error != null) {
      forget(next);
      return;
    }
    writtenTo = next.number();
    if (next.number() <= queuedTo) {
      return;
    }
    if (client == null || behind || reading || memoryFull()) {
      behind = true;
    } else {
      queuedTo = next.number();
      enqueue(next);
    }
    pump();
  }

  private boolean memoryFull() {
    return queue.size() >= limits.queuedMessages() || queuedBytes >= limits.queuedBytes();
  }

  private void enqueue(Outgoing next) {
    queue.add(next);
    queuedBytes += next.bytes();
  }

  /** The client is connected: it gets what it did not acknowledge, then what came since. */
  void attach(Client now) {
    clear();
    client = now;
    queuedTo = 0;
    behind = kept > 0;
    pump();
  }

  void detach() {
    clear();
    client = null;
  }

  private void clear() {
    connection++;
    readingEnds();
    queue.clear();
    queuedBytes = 0;
    inFlight.clear();
  }

  private void readingEnds() {
    reading = false;
    removing.removeAll(removed);
    removed.clear();
  }

  /** The client has the message of this packet id. */
  void acknowledged(int packetId) {
    Outgoing sent = inFlight.remove(packetId);
    if (sent != null) {
      remove(sent);
      pump();
    }
  }

  private void remove(Outgoing gone) {
    if (durable && gone.qos() == 1) {
      removing.add(gone.number());
      forget(gone);
      journal
          .removeMessage(clientId, gone.number())
          .whenComplete((count, error) -> loop.execute(() -> removed(gone.number())));
    }
  }

  private void removed(long number) {
    if (reading) {
      removed.add(number);
    } else {
      removing.remove(number);
    }
  }

  private void forget(Outgoing gone) {
    kept--;
    keptBytes -= gone.bytes();
  }

  /** Sends what can be sent now. */
  void pump() {
    Client to = client;
    if (to == null) {
      return;
    }
    boolean any = false;
    for (Outgoing next; (next = queue.peek()) != null && to.writable(); ) {
      if (next.qos() == 1 && !windowOpen(to, next.number())) {
        break;
      }
      queue.poll();
      queuedBytes -= next.bytes();
      any |= send(to, next);
    }
    if (any) {
      to.flush();
    }
    if (behind && !reading && queue.size() < READ_ON_BELOW) {
      read();
    }
  }

  private boolean windowOpen(Client to, long number) {
    if (inFlight.size() >= Math.min(to.window(), limits.inFlight())) {
      return false;
    }
    return inFlight.isEmpty() || number - inFlight.values().iterator().next().number() < PACKET_IDS;
  }

  private boolean send(Client to, Outgoing next) {
    Message message = next.message();
    if (message.expired(clock.millis())) {
      remove(next);
      return false;
    }
    if (message.packetBytes() > to.maximumPacket()) {
      log.warn(
          ChannelLog.Kind.DROPPED,
          "A message is larger than its subscriber takes, and was dropped",
          Map.of("client", clientId, "topic", message.topic()));
      remove(next);
      return false;
    }
    if (next.qos() == 0) {
      to.deliver(message, 0, 0, false);
    } else {
      int packetId = (int) ((next.number() - 1) % PACKET_IDS) + 1;
      inFlight.put(packetId, next);
      to.deliver(message, 1, packetId, next.number() <= sentTo);
      sentTo = Math.max(sentTo, next.number());
    }
    log.add(ChannelLog.Kind.DELIVERED);
    return true;
  }

  private void read() {
    reading = true;
    int reader = connection;
    long complete = writtenTo;
    journal
        .messagesAfter(clientId, queuedTo)
        .whenComplete((page, error) -> loop.execute(() -> readIn(reader, complete, page, error)));
  }

  private void readIn(int reader, long complete, @Nullable Page page, @Nullable Throwable error) {
    if (reader != connection || client == null) {
      return;
    }
    if (page == null) {
      readingEnds();
      client.failed(error == null ? new IllegalStateException() : error);
      return;
    }
    for (KeptMessage one : page.messages()) {
      queuedTo = Math.max(queuedTo, one.number());
      if (!removing.contains(one.number())) {
        enqueue(new Outgoing(one.number(), one.message(), 1));
      }
    }
    if (page.complete()) {
      // What was written before the page was read is in it, or was delivered already.
      queuedTo = Math.max(queuedTo, complete);
    }
    readingEnds();
    behind = !page.complete() || writtenTo > queuedTo;
    pump();
  }
}
