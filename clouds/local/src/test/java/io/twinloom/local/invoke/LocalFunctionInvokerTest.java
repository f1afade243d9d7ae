package io.twinloom.local.invoke;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.error.LocalError;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.TwinloomException;
import io.twinloom.testkit.contract.FunctionInvokerContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The local clouds' invocation keeps what every cloud's promises. */
class LocalFunctionInvokerTest implements FunctionInvokerContract {

  @TempDir Path folder;

  private final List<DeadLetter> dead = new CopyOnWriteArrayList<>();
  private ScheduledExecutorService timer;
  private CloudDatabase database;
  private InvocationQueue queue;
  private FunctionHost host;

  @BeforeEach
  void start() {
    timer = Executors.newSingleThreadScheduledExecutor();
    database = CloudDatabase.open(folder.resolve("cloud.db"), InvocationQueue.schema());
    host = new FunctionHost(InstantSource.system(), new NoUserCode());
    queue =
        new InvocationQueue(
            database,
            host,
            new EventHandling(
                new RetrySchedule(List.of(Duration.ofMillis(20), Duration.ofMillis(40))), true),
            QueueLimits.DEFAULT,
            dead::add,
            InvocationLog.SILENT,
            InstantSource.system(),
            timer);
    queue.start();
  }

  @AfterEach
  void stop() {
    queue.close();
    database.close();
    timer.shutdownNow();
  }

  @Override
  public void define(String name, UnaryOperator<JsonObject> code) {
    host.add(name, new Defined(code));
  }

  @Override
  public FunctionInvoker invoker() {
    return new LocalInvoker(host, queue);
  }

  @Override
  public List<DeadLetter> deadLetters() {
    return dead;
  }

  private record Defined(UnaryOperator<JsonObject> code) implements HostedFunction {
    @Override
    public JsonValue invoke(JsonObject event) {
      try {
        return code.apply(event);
      } catch (IllegalStateException e) {
        throw new TwinloomException(LocalError.WORKFLOW_STEP, "It fails.", "", "");
      }
    }

    @Override
    public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later) {
      return events.stream().map(this::outcome).toList();
    }

    private Outcome outcome(JsonObject event) {
      try {
        return Done.answering(invoke(event));
      } catch (TwinloomException e) {
        return Failures.outcome(e);
      }
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpHead head) {
      return Optional.of(HttpAnswer.error(404, "It has no endpoint."));
    }

    @Override
    public HttpAnswer receive(HttpHead head, byte[] body) {
      return HttpAnswer.error(404, "It has no endpoint.");
    }

    @Override
    public boolean isReceiver() {
      return false;
    }
  }
}
