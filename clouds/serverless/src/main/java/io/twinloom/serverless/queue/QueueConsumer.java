package io.twinloom.serverless.queue;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.StoreException;
import io.twinloom.model.TwinloomException;
import io.twinloom.serverless.queue.FunctionQueue.Outgoing;
import io.twinloom.serverless.queue.QueueMessage.Packed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Handles what a function's queue hands out: runs the events, sends again what failed or is put
 * off, each with its own counts and a delay, and keeps what failed in the end. A message is settled
 * when each of its events has ended or is in another message.
 *
 * <p>A process that dies says nothing of its events: all their messages come again. At its third
 * delivery a message is divided into tens of events, and at their second one each of these into
 * single events; what is left of a message is run when all that came with it is settled, so that it
 * takes nothing along. A single event is a dead letter once enough runs of it have begun and never
 * ended.
 */
public final class QueueConsumer {

  /** Up to this delivery a message is run as it is. */
  private static final int UNSUSPICIOUS = 2;

  /** A part of one that was divided may end one process more. */
  private static final int UNSUSPICIOUS_PART = 1;

  /** So many runs of one event may begin and not end. */
  static final int MOST_BEGUN = 2;

  /** An event that has failed comes again with fewer others, and in the end alone. */
  static final int FEW = 10;

  private final String function;
  private final EventRuns runs;
  private final FunctionQueue queue;
  private final RetryDelays delays;
  private final Dependencies dependencies;

  /** The ports of its cloud that it uses beside the queue. */
  public record Dependencies(
      DeadLetters deadLetters, BegunRuns begun, InvocationLog log, InstantSource clock) {}

  public QueueConsumer(
      String function,
      EventRuns runs,
      FunctionQueue queue,
      RetryDelays delays,
      Dependencies dependencies) {
    this.function = function;
    this.runs = runs;
    this.queue = queue;
    this.delays = delays;
    this.dependencies = dependencies;
  }

  /**
   * Handles messages.
   *
   * @param end when the run has to be over; what cannot begin before is put off
   * @return the ids of those that are to be handed out again, since not all of them is settled
   */
  public List<String> handle(List<Delivered> messages, Instant end) {
    Set<String> again = new HashSet<>();
    List<Delivered> usual = new ArrayList<>();
    List<Delivered> suspicious = new ArrayList<>();
    for (Delivered message : messages) {
      if (isHandedOutTooOften(message) && message.events().size() > 1) {
        divide(message, again);
      } else if (isPart(message) || isHandedOutTooOften(message)) {
        suspicious.add(message);
      } else {
        usual.add(message);
      }
    }
    run(usual, end, again);
    List<Delivered> ended = new ArrayList<>(messages);
    ended.removeAll(suspicious);
    for (Delivered message : suspicious) {
      // What has ended is not to come again where this one ends the process.
      settle(ended, again);
      ended.clear();
      runAlone(message, end, again);
      ended.add(message);
    }
    return messages.stream().map(Delivered::id).filter(again::contains).toList();
  }

  private static boolean isPart(Delivered message) {
    return message.events().stream().anyMatch(QueuedEvent::divided);
  }

  private static boolean isHandedOutTooOften(Delivered message) {
    return message.times() > (isPart(message) ? UNSUSPICIOUS_PART : UNSUSPICIOUS);
  }

  private void divide(Delivered message, Set<String> again) {
    int most = message.events().size() > FEW ? FEW : 1;
    List<QueuedEvent> events = message.events().stream().map(QueuedEvent::inPart).toList();
    List<Outgoing> parts =
        QueueMessage.pack(events, most).stream()
            .map(part -> new Outgoing(function, part.body(), Duration.ZERO))
            .toList();
    if (queue.send(parts).stream().anyMatch(Optional::isPresent)) {
      again.add(message.id());
    }
  }

  private void settle(List<Delivered> ended, Set<String> again) {
    List<String> receipts =
        ended.stream().filter(m -> !again.contains(m.id())).map(Delivered::receipt).toList();
    if (!receipts.isEmpty()) {
      queue.settle(function, receipts);
    }
  }

  private void runAlone(Delivered message, Instant end, Set<String> again) {
    boolean counted = isHandedOutTooOften(message);
    if (counted && begun(message) > MOST_BEGUN) {
      for (QueuedEvent event : message.events()) {
        keep(event.failed(), message.id(), endsProcesses(), again);
      }
    } else {
      run(List.of(message), end, again);
    }
    if (counted && !again.contains(message.id())) {
      forget(message);
    }
  }

  /** Where it cannot be counted, the queue's own limit is the last resort. */
  private int begun(Delivered message) {
    try {
      return dependencies.begun().begin(message.id());
    } catch (StoreException e) {
      return 1;
    }
  }

  private void forget(Delivered message) {
    try {
      dependencies.begun().end(message.id());
    } catch (StoreException e) {
      // It expires.
      return;
    }
  }

  private TwinloomException endsProcesses() {
    return InvocationException.limitExceeded(
        "Each process of " + function + " that was given the event ended before it was done",
        function,
        "See the function's log for its time and memory; the cloud's own lines say which it lacked.");
  }

  /** An event and the message that it came in. */
  private record Origin(QueuedEvent event, String message) {}

  /** What comes again, by its delay: what was put off together travels together. */
  private static final class Later {
    private final RetryDelays delays;
    private final Map<Duration, List<Origin>> events = new TreeMap<>();
    private final Map<Integer, Duration> chosen = new HashMap<>();

    Later(RetryDelays delays) {
      this.delays = delays;
    }

    void putOff(Origin origin) {
      add(chosen.computeIfAbsent(origin.event().putOff(), delays::afterPutOff), origin);
    }

    void failed(Origin origin) {
      add(delays.afterFailure(origin.event().attempts()), origin);
    }

    private void add(Duration delay, Origin origin) {
      events.computeIfAbsent(delay, each -> new ArrayList<>()).add(origin);
    }
  }

  private void run(List<Delivered> messages, Instant end, Set<String> again) {
    List<Origin> origins = new ArrayList<>();
    for (Delivered message : messages) {
      message.events().forEach(event -> origins.add(new Origin(event, message.id())));
    }
    if (origins.isEmpty()) {
      return;
    }
    List<Outcome> outcomes = runs.run(origins.stream().map(Origin::event).toList(), end);
    Later later = new Later(delays);
    for (int i = 0; i < outcomes.size(); i++) {
      Origin origin = origins.get(i);
      switch (outcomes.get(i)) {
        case Outcome.Done ignored -> {}
        case Outcome.GivenUp ignored -> {}
        case Outcome.PutOff putOff -> putOff(origin, putOff.why(), later, again);
        case Outcome.Failed failed -> failed(origin, failed.why(), later, again);
      }
    }
    sendAgain(later, again);
  }

  private void putOff(Origin origin, TwinloomException why, Later later, Set<String> again) {
    Instant now = dependencies.clock().instant();
    QueuedEvent event = origin.event().postponed(now);
    Instant since = event.putOffSince().orElse(now);
    if (Duration.between(since, now).compareTo(delays.longestPutOff()) > 0) {
      failed(origin, why, later, again);
      return;
    }
    later.putOff(new Origin(event, origin.message()));
  }

  private void failed(Origin origin, TwinloomException why, Later later, Set<String> again) {
    QueuedEvent event = origin.event().failed();
    if (event.attempts() < RetryDelays.ATTEMPTS) {
      later.failed(new Origin(event, origin.message()));
      return;
    }
    keep(event, origin.message(), why, again);
  }

  private void keep(QueuedEvent event, String message, TwinloomException why, Set<String> again) {
    try {
      dependencies
          .deadLetters()
          .keep(
              new DeadLetter(
                  function, event.event(), why.what(), event.attempts(), event.traceId()));
      dependencies
          .log()
          .note(
              Level.WARN,
              function,
              event.traceId(),
              "The event is a dead letter: " + why.what(),
              Map.of("code", why.code(), "attempts", Integer.toString(event.attempts())));
    } catch (StoreException e) {
      again.add(message);
    }
  }

  private void sendAgain(Later later, Set<String> again) {
    List<Outgoing> outgoing = new ArrayList<>();
    List<Set<String>> origins = new ArrayList<>();
    later.events.forEach(
        (delay, events) ->
            byCompany(events)
                .forEach(
                    (most, some) -> {
                      int at = 0;
                      for (Packed packed :
                          QueueMessage.pack(some.stream().map(Origin::event).toList(), most)) {
                        Set<String> from = new HashSet<>();
                        for (int i = 0; i < packed.events().size(); i++) {
                          from.add(some.get(at++).message());
                        }
                        outgoing.add(new Outgoing(function, packed.body(), delay));
                        origins.add(from);
                      }
                    }));
    if (outgoing.isEmpty()) {
      return;
    }
    List<Optional<InvocationException>> refused = queue.send(outgoing);
    for (int i = 0; i < refused.size(); i++) {
      if (refused.get(i).isPresent()) {
        again.addAll(origins.get(i));
      }
    }
  }

  /** Events by how many of them go together. */
  private static Map<Integer, List<Origin>> byCompany(List<Origin> events) {
    Map<Integer, List<Origin>> byCompany = new LinkedHashMap<>();
    for (Origin origin : events) {
      byCompany
          .computeIfAbsent(company(origin.event().attempts()), most -> new ArrayList<>())
          .add(origin);
    }
    return byCompany;
  }

  /** With how many others an event is run that has failed so often. */
  static int company(int attempts) {
    return switch (attempts) {
      case 0 -> QueueMessage.MAX_EVENTS;
      case 1 -> FEW;
      default -> 1;
    };
  }
}
