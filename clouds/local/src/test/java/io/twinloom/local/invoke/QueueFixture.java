package io.twinloom.local.invoke;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Queues whose attempts follow each other soon, and what they could not run. */
abstract class QueueFixture {
  private static final RetrySchedule SOON =
      new RetrySchedule(List.of(Duration.ofMillis(20), Duration.ofMillis(40)));

  @TempDir Path folder;

  final ConcurrentLinkedQueue<DeadLetter> dead = new ConcurrentLinkedQueue<>();
  private final List<InvocationQueue> queues = new ArrayList<>();
  private final List<CloudDatabase> databases = new ArrayList<>();
  private ScheduledExecutorService timer;

  @BeforeEach
  void makeTimer() {
    timer = Executors.newSingleThreadScheduledExecutor();
  }

  @AfterEach
  void close() {
    queues.forEach(InvocationQueue::close);
    databases.forEach(CloudDatabase::close);
    timer.shutdownNow();
  }

  CloudDatabase database(Path file) {
    CloudDatabase database = CloudDatabase.open(file, InvocationQueue.schema());
    databases.add(database);
    return database;
  }

  /** A queue that is not started. */
  InvocationQueue unstarted(
      CloudDatabase database, QueueLimits limits, DeadLetters letters, Work work) {
    return unstarted(database, limits, letters, new Singles(work));
  }

  InvocationQueue unstarted(
      CloudDatabase database, QueueLimits limits, DeadLetters letters, FunctionRunner runner) {
    return unstarted(database, limits, letters, runner, InstantSource.system());
  }

  InvocationQueue unstarted(
      CloudDatabase database,
      QueueLimits limits,
      DeadLetters letters,
      FunctionRunner runner,
      InstantSource clock) {
    InvocationQueue queue =
        new InvocationQueue(
            database,
            runner,
            new EventHandling(SOON, true),
            limits,
            letters,
            InvocationLog.SILENT,
            clock,
            timer);
    queues.add(queue);
    return queue;
  }

  InvocationQueue queue(CloudDatabase database, QueueLimits limits, Work work) {
    return queue(database, limits, new Singles(work));
  }

  InvocationQueue queue(CloudDatabase database, QueueLimits limits, FunctionRunner runner) {
    InvocationQueue queue = unstarted(database, limits, dead::add, runner);
    queue.start();
    return queue;
  }

  InvocationQueue queue(Work work) {
    return queue(new Singles(work));
  }

  InvocationQueue queue(FunctionRunner runner) {
    return queue(database(folder.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
  }

  /** Work on one event; what it throws is its failure. */
  @FunctionalInterface
  interface Work {
    void run(String function, JsonObject event, Scope scope);
  }

  /** Takes what an event passes on. */
  @FunctionalInterface
  interface Scope {
    void invokeLater(String function, JsonObject event);
  }

  /** Functions of which each is given one event in a run. */
  record Singles(Work work) implements FunctionRunner {
    @Override
    public List<Outcome> run(String function, List<JsonObject> events, AsyncInvoker scope) {
      List<Handed> next = new ArrayList<>();
      work.run(function, events.getFirst(), (target, event) -> next.add(Handed.to(target, event)));
      scope.handOn(List.of(next));
      return List.of(new Outcome.Done(next, JsonObject.EMPTY));
    }

    @Override
    public Optional<InvocationException> unknown(String function) {
      return Optional.empty();
    }

    @Override
    public Outcome failure(String function, Throwable thrown) {
      return thrown instanceof TwinloomException known
          ? Failures.outcome(known)
          : new Outcome.Failed(
              InvocationException.failed(String.valueOf(thrown.getMessage()), function, ""));
    }

    @Override
    public String lane(String function, Supplier<JsonObject> event) {
      return "";
    }

    @Override
    public LaneRule rule(String function) {
      return LaneRule.SINGLE_EVENTS;
    }
  }

  static JsonObject event(Object value) {
    return JsonObject.builder().put("value", value.toString()).build();
  }

  static String value(JsonObject event) {
    return event.text("value").orElseThrow();
  }

  static void hang(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
