package io.twinloom.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.Workflows;
import io.twinloom.functions.port.Workflows.Run;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.invoke.EventHandling;
import io.twinloom.local.invoke.FunctionHost;
import io.twinloom.local.invoke.InvocationQueue;
import io.twinloom.local.invoke.LocalInvoker;
import io.twinloom.local.invoke.QueueLimits;
import io.twinloom.local.invoke.RetrySchedule;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.worker.UserFunctions;
import io.twinloom.model.TwinloomException;
import io.twinloom.testkit.contract.WorkflowsContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows on the queue of a local cloud. */
class LocalWorkflowsTest implements WorkflowsContract {

  private static final String NAME = "plant-workflow";

  @TempDir Path folder;

  private final Map<String, UnaryOperator<JsonObject>> functions = new ConcurrentHashMap<>();
  private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private ScheduledExecutorService timer;
  private FunctionHost host;
  private LocalInvoker invoker;

  @BeforeEach
  void start() {
    timer = Executors.newSingleThreadScheduledExecutor();
    host = host(folder.resolve("cloud.db"));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : open.reversed()) {
      resource.close();
    }
    timer.shutdownNow();
  }

  private FunctionHost host(Path file) {
    CloudDatabase database = CloudDatabase.open(file, InvocationQueue.schema());
    open.add(database);
    FunctionHost made = new FunctionHost(InstantSource.system(), new Defined());
    functions.keySet().forEach(made::addUserFunction);
    InvocationQueue queue =
        new InvocationQueue(
            database,
            made,
            new EventHandling(
                new RetrySchedule(List.of(Duration.ofMillis(20), Duration.ofMillis(40))), true),
            QueueLimits.DEFAULT,
            letters::add,
            InvocationLog.SILENT,
            InstantSource.system(),
            timer);
    open.add(queue);
    invoker = new LocalInvoker(made, queue);
    made.add(NAME, new Steps(new WorkflowSteps(invoker)));
    queue.start();
    return made;
  }

  @Override
  public void define(String name, UnaryOperator<JsonObject> code) {
    functions.put(name, code);
    host.addUserFunction(name);
  }

  @Override
  public Workflows workflows() {
    return new LocalWorkflows(invoker);
  }

  @Override
  public String workflow() {
    return "arn:aws:states:local:000000000000:stateMachine:" + NAME;
  }

  @Override
  public List<DeadLetter> deadLetters() {
    return letters;
  }

  @Test
  void aNameThatIsNoArnIsTheFunctions() {
    CountDownLatch ran = new CountDownLatch(1);
    define("only", counting(ran));
    workflows().start(NAME, new Run(List.of("only"), JsonObject.EMPTY));
    await().until(() -> ran.getCount() == 0);
  }

  @Test
  void aRunThatACrashInterruptsGoesOnAfterIt() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    define("first", event -> json("{\"litres\": 21.50}"));
    define(
        "second",
        event -> {
          reached.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return event;
        });
    workflows().start(NAME, new Run(List.of("first", "second"), json("{\"n\": 1.0}")));
    reached.await();

    Path after = folder.resolve("after.db");
    for (String part : List.of("", "-wal")) {
      Path file = folder.resolve("cloud.db" + part);
      if (Files.exists(file)) {
        Files.copy(file, folder.resolve("after.db" + part));
      }
    }
    Queue<JsonObject> given = new ConcurrentLinkedQueue<>();
    functions.put(
        "second",
        event -> {
          given.add(event);
          return event;
        });
    FunctionHost ignored = host(after);
    await().until(() -> !given.isEmpty());
    assertThat(String.valueOf(given.peek())).isEqualTo("{\"n\":1.0,\"result\":{\"litres\":21.50}}");
    never.countDown();
  }

  @Test
  void aDeadLetterIsReplayedFromTheStepThatFailed() {
    Queue<String> runs = new ConcurrentLinkedQueue<>();
    define("first", event -> recorded(runs, "first", json("{\"litres\": 5}")));
    define(
        "second",
        event -> {
          throw new IllegalStateException("broken");
        });
    workflows().start(NAME, new Run(List.of("first", "second"), json("{}")));
    await().until(() -> !letters.isEmpty());
    DeadLetter letter = letters.getFirst();
    assertThat(letter.error()).startsWith("Step 2 of 2, second: ");

    define("second", event -> recorded(runs, "second " + event, event));
    invoker.invokeLater(letter.function(), (JsonObject) letter.event());
    await().until(() -> runs.size() == 2);
    assertThat(runs).containsExactly("first", "second {\"result\":{\"litres\":5}}");
  }

  @Test
  void aStepThatThereIsNoRoomForIsPutOffAndNotFailed() {
    Queue<String> runs = new ConcurrentLinkedQueue<>();
    define(
        "busy",
        event -> {
          if (runs.size() < 1) {
            recorded(runs, "busy", event);
            throw InvocationException.unavailable("Busy", "busy", "");
          }
          return recorded(runs, "done", event);
        });
    workflows().start(NAME, new Run(List.of("busy"), json("{}")));
    await().until(() -> runs.contains("done"));
    assertThat(letters).isEmpty();
  }

  private static JsonObject recorded(Queue<String> runs, String what, JsonObject result) {
    runs.add(what);
    return result;
  }

  private static UnaryOperator<JsonObject> counting(CountDownLatch latch) {
    return event -> {
      latch.countDown();
      return event;
    };
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The functions as their workers would run them. */
  private final class Defined implements UserFunctions {
    @Override
    public List<Called> callAll(String function, List<Call> calls) {
      return calls.stream().map(call -> called(function, call.event())).toList();
    }

    private Called called(String function, JsonObject event) {
      try {
        return new Called.Returned(functions.getOrDefault(function, e -> e).apply(event));
      } catch (IllegalStateException e) {
        return new Called.NotReturned(
            InvocationException.failed(String.valueOf(e.getMessage()), function, "", e));
      }
    }

    @Override
    public void close() {}
  }

  private record Steps(WorkflowSteps steps) implements HostedFunction {
    @Override
    public JsonValue invoke(JsonObject event) {
      throw new AssertionError("its queue gives it a scope");
    }

    @Override
    public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later) {
      return events.stream().map(event -> step(event, later)).toList();
    }

    private Outcome step(JsonObject event, AsyncInvoker later) {
      try {
        Done done =
            steps.run(event, new Invocation(NAME, InvocationLog.SILENT, letter -> {}, false, ""));
        later.handOn(List.of(done.next()));
        return done;
      } catch (TwinloomException e) {
        return Failures.outcome(e);
      }
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpHead head) {
      return Optional.empty();
    }

    @Override
    public HttpAnswer receive(HttpHead head, byte[] body) {
      throw new AssertionError("a workflow has no endpoint");
    }

    @Override
    public boolean isReceiver() {
      return false;
    }
  }
}
