package io.twinloom.deployer.live;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is seen of a twin that runs in this process, beyond what every deployed twin answers. Safe
 * for threads.
 */
public interface LiveTwin {

  /** What is seen reaches back so far. */
  Duration KEPT = Duration.ofHours(1);

  /** When it was started: nothing is known of what was before. */
  Instant started();

  /** Whether every measurement is accounted for by now, see {@link #ledger(Duration, Instant)}. */
  Ledger ledger(Duration window);

  /**
   * Whether every measurement was accounted for at the end of the ten seconds that an instant is
   * in, all figures of that time.
   *
   * @param window how far back from it
   * @param at within what is {@link #KEPT} of this run
   */
  Ledger ledger(Duration window, Instant at);

  /** What has become of measurements since the start, counted where it happens. */
  Measured measured();

  /** What every connection and function has done in a window that ends now. */
  Traffic traffic(Duration window);

  /**
   * What every connection and function had done in a window that ends as that of {@link
   * #ledger(Duration, Instant)} does; what is not known of the past is empty.
   *
   * @param at within what is {@link #KEPT} of this run
   */
  Traffic traffic(Duration window, Instant at);

  /** What each device has sent that has sent anything. */
  Map<String, DeviceActivity> devices();

  /** What the channel refused of a device's client, or by a topic that names it, newest first. */
  List<RefusedTopic> refusedTopics(String device);

  /** The devices that are connected now; empty where the channel does not know. */
  Optional<Set<String>> connectedDevices();

  /**
   * The newest items of a device in the hot store, newest first. Looking at them is no request to a
   * reader: it leaves no line in the log.
   */
  List<JsonObject> newestItems(String device, int limit);

  /** What rules did, over restarts, the newest first. */
  List<Firing> firings(FiringQuery wanted, int limit);

  /**
   * Gives the lines of the log that were written since it was asked last, to each caller its own.
   */
  LogFollower followLog();

  /** What the tiers hold by device and day. */
  TierContents tiers();

  /**
   * Runs the code of a user function alone, with an event, and waits for it: nothing is stored.
   *
   * @throws io.twinloom.model.TwinloomException if there is no such function, or it failed
   */
  JsonValue runUserCode(String function, JsonObject event);

  /**
   * Invokes a dead letter's function with another event in the place of its own, and forgets the
   * letter.
   *
   * @return whether there is such a letter
   */
  boolean replay(String letter, JsonObject event);

  /** Connections that are broken on purpose. */
  Faults faults();

  /** See {@link LiveTwin#followLog}. Not for several threads. */
  interface LogFollower {

    /** Hands over the new lines; returns at once where there are none. */
    void poll(Consumer<LogLine> lines);
  }

  /** Breaks connections on purpose, for a while. */
  interface Faults {

    /** The ids of those that can be broken. */
    List<String> connections();

    /** What is broken now. */
    List<ActiveFault> active();

    /** Breaks one, whatever was broken of it before. */
    void set(String connection, Fault fault, Duration length);

    /** Ends what is broken of one; returns whether anything was. */
    boolean end(String connection);
  }

  /**
   * How a connection is broken.
   *
   * @param cut whether its requests fail at once
   * @param latency what is added to each request
   * @param errorRate the share of requests that fail, 0 to 1
   * @param wrongToken whether its requests have another token than the receiver's, and are refused
   */
  record Fault(boolean cut, Duration latency, double errorRate, boolean wrongToken) {}

  /**
   * A connection that is broken.
   *
   * @param affected how many requests that has changed
   */
  record ActiveFault(String connection, Fault fault, Instant since, Instant until, long affected) {}

  /**
   * What became of the measurements of a window.
   *
   * @param oldestQueued how long the oldest has been on its way
   */
  record Ledger(
      Instant from,
      Instant to,
      long stored,
      long queued,
      long deadLettered,
      long filtered,
      long missing,
      Optional<Duration> oldestQueued) {

    /** What devices published, each of which became one of these. */
    public long published() {
      return stored + queued + deadLettered + filtered + missing;
    }
  }

  /**
   * Measurements since the start.
   *
   * @param published that the channel acknowledged, and those that were replayed
   * @param stored that the hot store did not have before
   */
  record Measured(long published, long stored, long deadLettered, long filtered) {}

  /** What happened in a window, by connection and by function. */
  record Traffic(
      Instant from, Instant to, Map<String, Figures> connections, Map<String, Figures> functions) {
    public Traffic {
      connections = Map.copyOf(connections);
      functions = Map.copyOf(functions);
    }
  }

  /**
   * How often something happened and how long it took.
   *
   * @param p50 milliseconds, as are p95 and max; 0 where nothing happened
   * @param usual the median of the last hundred, whenever they were
   * @param last when it last happened
   * @param totals since the start
   */
  record Figures(
      long count,
      long errors,
      double p50,
      double p95,
      double max,
      OptionalDouble usual,
      Optional<Instant> last,
      Totals totals) {}

  /**
   * How often something has happened since the start, and how long it took.
   *
   * @param ranges how many took up to 0.05 ms, up to 0.1 ms, and so on in doublings; the last
   *     number is of all that took longer
   */
  record Totals(long count, long errors, double seconds, List<Long> ranges) {
    public Totals {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * What a device has sent since the start.
   *
   * @param refused how many messages were refused, by error code
   */
  record DeviceActivity(
      long messages,
      Optional<Instant> lastSeen,
      Optional<Refusal> lastRefusal,
      Map<String, Long> refused) {
    public DeviceActivity {
      refused = Map.copyOf(refused);
    }
  }

  /** A topic that a client published to and must not, or (empty) its connection, and why. */
  record RefusedTopic(Instant time, String client, String topic, String why) {}

  /** A message that was refused. */
  record Refusal(Instant time, String code, String reason) {}

  /**
   * Something that a rule did.
   *
   * @param kind {@code fired}, {@code skipped} or {@code command}
   * @param rule from 1
   * @param event the id of the event that it did it for
   */
  record Firing(
      Instant time,
      String kind,
      int rule,
      Optional<String> device,
      String function,
      Optional<String> trace,
      Optional<String> event,
      String text) {}

  /** Which firings are wanted: all that is given must hold. */
  record FiringQuery(
      Optional<Integer> rule,
      Optional<String> device,
      Optional<String> kind,
      Optional<Instant> since,
      Optional<Instant> until) {

    /** All. */
    public static final FiringQuery ALL =
        new FiringQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Rules that fired between two times. */
    public static FiringQuery fired(Instant since, Instant until) {
      return new FiringQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.of("fired"),
          Optional.of(since),
          Optional.of(until));
    }
  }
}
