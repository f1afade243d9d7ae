package io.twinloom.server.events;

import io.twinloom.http.ResponseStream;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.http.StreamLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Sends the events of one twin to all its clients. One thread looks at the topics that anybody
 * wants, and writes what has changed to each client once; the newest thousand events are kept for
 * clients that connect again. Nothing is looked at while nobody listens.
 */
public final class EventHub implements AutoCloseable {

  /** No topic is looked at more often. */
  public static final Duration STEP = Duration.ofMillis(250);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** So many clients are served at once. */
  private static final int MOST_CLIENTS = 256;

  private static final int KEPT = 1_000;
  private static final long KEPT_CHARS = 16L * 1024 * 1024;

  private record Event(long number, String topic, String text) {}

  /** A client that connects, and the last event that it has. */
  private record Arrival(Subscriber subscriber, Optional<String> last) {}

  private final String boot;
  private final String project;
  private final Map<String, Topic> topics;
  private final InstantSource clock;
  private final Queue<Arrival> arriving = new ConcurrentLinkedQueue<>();
  private final StreamLimit clients =
      new StreamLimit(MOST_CLIENTS, "streams of live events", "/events");
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final Deque<Event> kept = new ArrayDeque<>();
  private final Map<String, String> states = new HashMap<>();
  private final Map<String, Long> looked = new HashMap<>();
  private final Set<String> failing = new HashSet<>();
  private final BiConsumer<String, Throwable> failures;
  private final Thread thread;
  private long keptChars;
  private long number;
  private long beat;
  private volatile boolean closed;

  /**
   * @param boot distinguishes the ids of this process from those of an earlier one
   * @param failures takes the name of a topic that fails unexpectedly, and why, once until it works
   *     again
   */
  public EventHub(
      String boot,
      String project,
      List<Topic> topics,
      InstantSource clock,
      BiConsumer<String, Throwable> failures) {
    this.boot = boot;
    this.project = project;
    this.topics = topics.stream().collect(Collectors.toMap(Topic::name, t -> t));
    this.clock = clock;
    this.failures = failures;
    this.thread = Thread.ofVirtual().name("events").start(this::run);
  }

  /** The names of all topics. */
  public Set<String> topics() {
    return topics.keySet();
  }

  /**
   * Counts another client, until its stream ends.
   *
   * @throws TwinloomException {@code TL-API-BUSY} if as many are served as may be
   */
  void admit() {
    clients.admit();
  }

  /**
   * Sends events from now on to a client that was admitted.
   *
   * @param last the id of the last event that the client has
   */
  public void add(ResponseStream stream, Set<String> wanted, Optional<String> last) {
    stream.onClose(clients::release);
    arriving.add(new Arrival(new Subscriber(stream, wanted), last));
  }

  private void run() {
    beat = System.nanoTime();
    while (!closed) {
      step();
      try {
        TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
      } catch (InterruptedException e) {
        break;
      }
    }
    subscribers.forEach(Subscriber::close);
  }

  private void step() {
    subscribers.removeIf(Subscriber::isClosed);
    List<Arrival> arrivals = new ArrayList<>();
    for (Arrival one; (one = arriving.poll()) != null; ) {
      arrivals.add(one);
    }
    Set<String> wanted = new TreeSet<>();
    subscribers.forEach(s -> wanted.addAll(s.topics()));
    arrivals.forEach(a -> wanted.addAll(a.subscriber().topics()));
    for (String name : wanted) {
      Topic topic = topics.get(name);
      if (topic != null) {
        look(topic);
      }
    }
    states.keySet().retainAll(wanted);
    arrivals.forEach(this::welcome);
    subscribers.stream().filter(Subscriber::hasCaughtUp).forEach(s -> resync(s, "too slow"));
    if (System.nanoTime() - beat >= HEARTBEAT.toNanos()) {
      beat = System.nanoTime();
      subscribers.forEach(s -> s.send(SseText.HEARTBEAT));
    }
  }

  private void look(Topic topic) {
    long now = System.nanoTime();
    Long before = looked.get(topic.name());
    boolean known = !topic.state() || states.containsKey(topic.name());
    if (known && before != null && now - before < topic.every().toNanos() - STEP.toNanos() / 2) {
      return;
    }
    looked.put(topic.name(), now);
    try {
      topic.look().get().ifPresent(data -> publish(topic, data));
      failing.remove(topic.name());
    } catch (TwinloomException e) {
      // It is looked at again soon; its route answers why it fails.
      return;
    } catch (RuntimeException | Error e) {
      // The other topics go on, and this one is looked at again.
      if (failing.add(topic.name())) {
        failures.accept(topic.name(), e);
      }
    }
  }

  private void publish(Topic topic, JsonObject data) {
    String text = SseText.event(id(number + 1), topic.name(), data);
    String content = text.substring(text.indexOf('\n'));
    if (topic.state() && content.equals(states.put(topic.name(), content))) {
      return;
    }
    number++;
    keep(new Event(number, topic.name(), text));
    subscribers.stream().filter(s -> s.wants(topic.name())).forEach(s -> s.send(text));
  }

  private void keep(Event event) {
    kept.addLast(event);
    keptChars += event.text().length();
    while (kept.size() > KEPT || keptChars > KEPT_CHARS && kept.size() > 1) {
      keptChars -= kept.removeFirst().text().length();
    }
  }

  private String id(long of) {
    return boot + "-" + of;
  }

  private void welcome(Arrival arrival) {
    Subscriber subscriber = arrival.subscriber();
    subscribers.add(subscriber);
    subscriber.send(SseText.RETRY);
    subscriber.send(
        SseText.event(
            id(number),
            "hello",
            JsonObject.builder()
                .put("id", id(number))
                .put("project", project)
                .put("topics", names(subscriber))
                .put("time", clock.instant().toString())
                .build()));
    if (arrival.last().isEmpty()) {
      sendStates(subscriber);
      return;
    }
    long last = number(arrival.last().get()).orElse(Long.MIN_VALUE);
    if (last >= firstKept() - 1 && last <= number) {
      this.kept.stream()
          .filter(e -> e.number() > last && subscriber.wants(e.topic()))
          .forEach(e -> subscriber.send(e.text()));
    } else {
      resync(subscriber, "missed");
    }
  }

  private long firstKept() {
    return kept.isEmpty() ? number + 1 : kept.getFirst().number();
  }

  /** The number of an event of this process; empty where it is of another one. */
  private Optional<Long> number(String id) {
    String prefix = boot + "-";
    String digits = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
    return digits.matches("\\d{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }

  private void resync(Subscriber subscriber, String reason) {
    subscriber.goOn();
    subscriber.send(
        SseText.event(
            id(number),
            "resync",
            JsonObject.builder().put("topics", names(subscriber)).put("reason", reason).build()));
    sendStates(subscriber);
  }

  private static JsonArray names(Subscriber subscriber) {
    return JsonArray.ofTexts(subscriber.topics().stream().sorted().toList());
  }

  /** The newest state of each topic. */
  private void sendStates(Subscriber subscriber) {
    states.forEach(
        (topic, content) -> {
          if (subscriber.wants(topic)) {
            subscriber.send("id: " + id(number) + content);
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
