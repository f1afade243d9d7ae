package io.twinloom.serverless.queue;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function on the events that its queue has handed out together: those that may go together
 * in one run, several runs at once, since each mostly waits. What could not end in time is not
 * begun.
 */
public final class EventRuns {

  /** So many runs at once, not counting those that wait to pass on. */
  private static final int AT_ONCE = 16;

  private final HostedFunction function;
  private final AsyncInvoker later;
  private final String name;
  private final InstantSource clock;
  private final Duration longest;

  /**
   * @param later takes what the events pass on
   * @param longest how long one run may take: one that begins later than that before the end is put
   *     off
   */
  public EventRuns(
      HostedFunction function,
      AsyncInvoker later,
      String name,
      InstantSource clock,
      Duration longest) {
    this.function = function;
    this.later = later;
    this.name = name;
    this.clock = clock;
    this.longest = longest;
  }

  /** What events of one run have in common. */
  private record Group(String lane, int company) {}

  /** The outcome of each event, in order. */
  List<Outcome> run(List<QueuedEvent> events, Instant end) {
    Outcome[] outcomes = new Outcome[events.size()];
    List<List<Integer>> runs = runs(events);
    if (runs.size() == 1) {
      run(runs.getFirst(), events, outcomes, end, later);
      return List.of(outcomes);
    }
    GatheredInvocations gathered = new GatheredInvocations(later, runs.size());
    Semaphore permits = new Semaphore(AT_ONCE);
    ExecutorService threads = Executors.newFixedThreadPool(runs.size());
    try {
      List<Future<?>> all = new ArrayList<>();
      for (List<Integer> one : runs) {
        all.add(
            threads.submit(
                () -> {
                  try {
                    atOnce(permits, gathered, handOn -> run(one, events, outcomes, end, handOn));
                  } finally {
                    gathered.ended();
                  }
                }));
      }
      for (Future<?> one : all) {
        @Nullable Object ended = one.get();
      }
      return List.of(outcomes);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run of " + name + " has failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " ran", e);
    } finally {
      threads.shutdown();
    }
  }

  /** Runs something with a permit, which is given back when it waits to pass on. */
  private static void atOnce(
      Semaphore permits, GatheredInvocations gathered, Consumer<AsyncInvoker> run) {
    permits.acquireUninterruptibly();
    AtomicBoolean held = new AtomicBoolean(true);
    Runnable release =
        () -> {
          if (held.getAndSet(false)) {
            permits.release();
          }
        };
    try {
      run.accept(
          new AsyncInvoker() {
            @Override
            public void invokeLater(String function, JsonObject event) {
              gathered.invokeLater(function, event);
            }

            @Override
            public List<List<Optional<InvocationException>>> handOn(List<List<Handed>> byCause) {
              release.run();
              return gathered.handOn(byCause);
            }
          });
    } finally {
      release.run();
    }
  }

  /** The places of the events of each run, those that have failed least first. */
  private List<List<Integer>> runs(List<QueuedEvent> events) {
    Map<Group, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      QueuedEvent event = events.get(i);
      int company = function.takesBatches() ? QueueConsumer.company(event.attempts()) : 1;
      groups
          .computeIfAbsent(
              new Group(function.lane(event::event), company), group -> new ArrayList<>())
          .add(i);
    }
    List<List<Integer>> runs = new ArrayList<>();
    groups.entrySet().stream()
        .sorted((a, b) -> Integer.compare(b.getKey().company(), a.getKey().company()))
        .forEach(
            group -> {
              List<Integer> places = group.getValue();
              int most = group.getKey().company();
              for (int from = 0; from < places.size(); from += most) {
                runs.add(places.subList(from, Math.min(places.size(), from + most)));
              }
            });
    return runs;
  }

  private void run(
      List<Integer> places,
      List<QueuedEvent> events,
      Outcome[] outcomes,
      Instant end,
      AsyncInvoker handOn) {
    if (clock.instant().plus(longest).isAfter(end)) {
      Outcome late =
          new Outcome.PutOff(
              InvocationException.unavailable(
                  "There was no time left for the event",
                  name,
                  "Nothing to do: it comes again by itself."));
      places.forEach(place -> outcomes[place] = late);
      return;
    }
    List<JsonObject> given = places.stream().map(place -> events.get(place).event()).toList();
    List<Outcome> made = function.invokeAll(given, handOn);
    for (int i = 0; i < made.size(); i++) {
      outcomes[places.get(i)] = made.get(i);
    }
  }
}
