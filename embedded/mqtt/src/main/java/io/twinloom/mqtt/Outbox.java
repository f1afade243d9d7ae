package io.twinloom.mqtt;

import io.netty.channel.EventLoop;
import io.twinloom.mqtt.SessionStore.Page;
import io.twinloom.mqtt.SessionStore.StoredMessage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What one session is to be sent, in order. QoS 1 messages of a persistent session are in the store
 * before they are sent and until they are acknowledged; in memory is only what comes next. All
 * others are only in memory, while their client is connected. Confined to the event loop.
 *
 * <p>Its state says where the next stored message comes from:
 *
 * <pre>
 * DETACHED -- attach, nothing stored --> LIVE
 * DETACHED -- attach, some stored -----> BEHIND
 * LIVE     -- no room in memory -------> BEHIND
 * BEHIND   -- few in memory -----------> READING
 * READING  -- page, more in the store -> BEHIND
 * READING  -- page, none left ---------> LIVE
 * READING  -- the store failed --------> BEHIND
 * any      -- detach ------------------> DETACHED
 * </pre>
 */
final class Outbox {

  /** Where the next stored message comes from. */
  private enum State {
    /** No client is connected: stored messages stay where they are. */
    DETACHED,
    /** Everything stored is in memory or in flight: new messages are queued as they are written. */
    LIVE,
    /** Some messages are in the store alone. */
    BEHIND,
    /** A page of them is being read. */
    READING
  }

  /** The next page is read when fewer messages than this are in memory. */
  private static final int READ_BELOW = 50;

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

  /** What became of a message that was offered. */
  sealed interface Offer {
    /** It will be sent. */
    record Accepted() implements Offer {}

    /** No client is connected, and the message is not one to be stored. */
    record Detached() implements Offer {}

    /** There is no room. */
    record Full() implements Offer {}

    /** It will be sent once it is in the store. */
    record Stored(CompletionStage<Void> written) implements Offer {}
  }

  private static final Offer ACCEPTED = new Offer.Accepted();
  private static final Offer DETACHED = new Offer.Detached();
  private static final Offer FULL = new Offer.Full();

  private final String clientId;
  private final boolean durable;
  private final MqttServerOptions options;
  private final EventLoop loop;
  private final EventLog events;

  private final OutgoingQueue queue;
  private final InFlightWindow inFlight = new InFlightWindow();
  private final PendingRemovals removals = new PendingRemovals();
  private final StoredTotals stored;
  private State state = State.DETACHED;
  private @Nullable Client client;
  private int attachment;

  // Numbers of messages: the last one given, up to which they were sent once, are in the store,
  // and have been in memory since the client connected.
  private long lastNumber;
  private long sentTo;
  private long writtenTo;
  private long queuedTo;

  /**
   * @param durable whether QoS 1 messages are stored
   */
  Outbox(
      String clientId,
      boolean durable,
      MqttServerOptions options,
      EventLoop loop,
      EventLog events) {
    this.clientId = clientId;
    this.durable = durable;
    this.options = options;
    this.loop = loop;
    this.events = events;
    this.queue = new OutgoingQueue(options.limits());
    this.stored = new StoredTotals(options.limits());
  }

  /** What was stored at the start. */
  void restore(long last, long sent, int messages, long bytes) {
    lastNumber = last;
    writtenTo = last;
    sentTo = sent;
    stored.set(messages, bytes);
  }

  /** Messages up to this number were sent once. */
  long sentTo() {
    return sentTo;
  }

  Offer offer(Message message, int qos) {
    return qos == 1 && durable ? store(message) : queue(message, qos);
  }

  private Offer queue(Message message, int qos) {
    if (state == State.DETACHED) {
      return DETACHED;
    }
    if (queue.full()) {
      return FULL;
    }
    queue.add(new OutgoingMessage(qos == 0 ? 0 : ++lastNumber, message, qos));
    pump();
    return ACCEPTED;
  }

  private Offer store(Message message) {
    if (!stored.hasRoomFor(message.payload().length)) {
      return FULL;
    }
    OutgoingMessage next = new OutgoingMessage(++lastNumber, message, 1);
    stored.add(next.bytes());
    CompletableFuture<Void> written = options.store().addMessage(clientId, next.number(), message);
    written.whenComplete((none, error) -> loop.execute(() -> written(next, error)));
    return new Offer.Stored(written);
  }

  private void written(OutgoingMessage next, @Nullable Throwable error) {
    if (error != null) {
      stored.remove(next.bytes());
      return;
    }
    writtenTo = next.number();
    if (next.number() <= queuedTo) {
      return;
    }
    if (state == State.LIVE) {
      if (queue.full()) {
        state = State.BEHIND;
      } else {
        queuedTo = next.number();
        queue.add(next);
      }
    }
    pump();
  }

  /** The client is connected: it gets what it did not acknowledge, then what came since. */
  void attach(Client now) {
    clear();
    client = now;
    queuedTo = 0;
    state = stored.isEmpty() ? State.LIVE : State.BEHIND;
    pump();
  }

  void detach() {
    clear();
    client = null;
    state = State.DETACHED;
  }

  private void clear() {
    attachment++;
    removals.readingEnded();
    queue.clear();
    inFlight.clear();
  }

  /** The client has the message of this packet id. */
  void acknowledged(int packetId) {
    OutgoingMessage sent = inFlight.remove(packetId);
    if (sent != null) {
      remove(sent);
      pump();
    }
  }

  private void remove(OutgoingMessage gone) {
    if (durable && gone.qos() == 1) {
      removals.begin(gone.number());
      stored.remove(gone.bytes());
      options
          .store()
          .removeMessage(clientId, gone.number())
          .whenComplete(
              (none, error) ->
                  loop.execute(() -> removals.done(gone.number(), state == State.READING)));
    }
  }

  /** Sends what can be sent now. */
  void pump() {
    Client to = client;
    if (to == null) {
      return;
    }
    boolean any = false;
    for (OutgoingMessage next; (next = queue.peek()) != null && to.writable(); ) {
      int window = Math.min(to.window(), options.limits().outgoing().inFlight());
      if (next.qos() == 1 && !inFlight.open(next.number(), window)) {
        break;
      }
      queue.removeFirst();
      any |= send(to, next);
    }
    if (any) {
      to.flush();
    }
    if (state == State.BEHIND && queue.size() < READ_BELOW) {
      read();
    }
  }

  private boolean send(Client to, OutgoingMessage next) {
    Message message = next.message();
    if (message.expired(options.clock().millis())) {
      remove(next);
      return false;
    }
    if (message.packetBytes() > to.maximumPacket()) {
      events.warn(
          EventLog.Kind.DROPPED,
          "A message is larger than its subscriber takes, and was dropped",
          Map.of("client", clientId, "topic", message.topic()));
      remove(next);
      return false;
    }
    if (next.qos() == 0) {
      to.deliver(message, 0, 0, false);
    } else {
      to.deliver(message, 1, inFlight.add(next), next.number() <= sentTo);
      sentTo = Math.max(sentTo, next.number());
    }
    events.add(EventLog.Kind.DELIVERED);
    return true;
  }

  private void read() {
    state = State.READING;
    int reader = attachment;
    long complete = writtenTo;
    options
        .store()
        .messagesAfter(clientId, queuedTo)
        .whenComplete((page, error) -> loop.execute(() -> readIn(reader, complete, page, error)));
  }

  private void readIn(int reader, long complete, @Nullable Page page, @Nullable Throwable error) {
    Client to = client;
    if (reader != attachment || to == null) {
      return;
    }
    if (page == null) {
      removals.readingEnded();
      state = State.BEHIND;
      to.failed(error == null ? new IllegalStateException("The store gave no page") : error);
      return;
    }
    for (StoredMessage one : page.messages()) {
      queuedTo = Math.max(queuedTo, one.number());
      if (!removals.contains(one.number())) {
        queue.add(new OutgoingMessage(one.number(), one.message(), 1));
      }
    }
    if (page.complete()) {
      // What was written before the page was read is in it, or was delivered already.
      queuedTo = Math.max(queuedTo, complete);
    }
    removals.readingEnded();
    state = page.complete() && writtenTo <= queuedTo ? State.LIVE : State.BEHIND;
    pump();
  }
}
