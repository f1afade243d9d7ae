package io.twinloom.local.invoke;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.invoke.FunctionRegistry.Registered;
import io.twinloom.local.worker.UserFunctions;
import io.twinloom.model.TwinloomException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The functions of one local cloud, called by name and counted. It knows no queue: what runs later
 * is {@link LocalInvoker}'s.
 */
public final class FunctionHost {

  /** What a function has done since the start. */
  public record Counts(String function, long invocations, long errors, Optional<Instant> last) {}

  private final FunctionRegistry functions = new FunctionRegistry();
  private final UserCodeAdmission userCode;
  private final FunctionCounts counts;

  public FunctionHost(InstantSource clock, UserFunctions workers) {
    this.userCode = new UserCodeAdmission(clock, workers);
    this.counts = new FunctionCounts(clock);
  }

  /** Adds one of the system's functions. */
  public void add(String name, HostedFunction function) {
    functions.put(name, function);
    counts.add(name);
  }

  /**
   * Puts a function in the place of the one that has this name: with other settings, say.
   *
   * @return completes when no run of the former one is under way any more, and none can begin
   */
  public CompletableFuture<Void> replace(String name, HostedFunction function) {
    return functions.put(name, function);
  }

  /** Adds a user function, which the workers run. */
  public void addUserFunction(String name) {
    userCode.add(name);
    counts.add(name);
  }

  /** Whether this cloud has a system function of this name. */
  public boolean has(String name) {
    return functions.has(name);
  }

  /**
   * Asks whether this cloud has any function of this name, a user's included.
   *
   * @throws InvocationException if not
   */
  void check(String name) {
    if (!functions.has(name) && !userCode.has(name)) {
      throw InvocationException.unknownFunction(name);
    }
  }

  /** The function of a name, as its endpoint sees it: counted. */
  public Optional<HostedFunction> receiver(String name) {
    return functions.find(name).map(found -> new Counted(name, found));
  }

  public List<Counts> counts() {
    return counts.all();
  }

  /**
   * Runs a function on an event as it lies in the queue; what it hands on is held by the event.
   *
   * @throws TwinloomException if it failed or is put off
   */
  public void run(String function, byte[] event, EventScope scope) {
    AsyncInvoker later =
        (target, next) -> {
          check(target);
          scope.invokeLater(target, Json.bytes(next));
        };
    JsonObject given = Json.parseObject(event);
    Optional<Registered> system = functions.find(function);
    if (system.isEmpty()) {
      var unused = dispatch(function, given);
      return;
    }
    counts.started(function);
    switch (functions
        .run(function, system.get(), f -> f.invokeAll(List.of(given), later))
        .getFirst()) {
      case Outcome.Done ignored -> {}
      case Outcome.GivenUp ignored -> {}
      case Outcome.Failed failed -> throw counted(function, failed.why());
      case Outcome.PutOff putOff -> throw counted(function, putOff.why());
    }
  }

  private TwinloomException counted(String function, TwinloomException why) {
    counts.failed(function);
    return why;
  }

  /**
   * Calls a function and waits for the object that it returns.
   *
   * @throws InvocationException if it is unknown, failed, or returned something else
   */
  public JsonObject call(String function, JsonObject event) {
    return call(function, event, trace(event));
  }

  /** The same for an event that does not hold its trace. */
  JsonObject call(String function, JsonObject event, String trace) {
    JsonValue result;
    try {
      result = dispatch(function, event, trace, f -> f.invoke(event));
    } catch (InvocationException e) {
      throw e;
    } catch (TwinloomException e) {
      throw InvocationException.failed(e.what(), function, e.fix(), e);
    }
    if (result instanceof JsonObject object) {
      return object;
    }
    throw InvocationException.returned(result.kind(), function);
  }

  /** Calls a function with whatever it returns; the deployer's way to the readers. */
  public JsonValue dispatch(String function, JsonObject event) {
    return dispatch(function, event, trace(event), f -> f.invoke(event));
  }

  private static String trace(JsonObject event) {
    return event.text("trace_id").orElse("");
  }

  private JsonValue dispatch(
      String function, JsonObject event, String trace, Function<HostedFunction, JsonValue> call) {
    check(function);
    Optional<Registered> system = functions.find(function);
    counts.started(function);
    boolean done = false;
    try {
      JsonValue result =
          system.isPresent()
              ? functions.run(function, system.get(), call)
              : userCode.call(function, event, trace);
      done = true;
      return result;
    } finally {
      if (!done) {
        counts.failed(function);
      }
    }
  }

  /**
   * Runs the user's code of a function, without what is around it: for what is around it.
   *
   * @throws InvocationException if there is none, or it failed
   */
  public JsonObject callUserCode(String function, JsonObject event, String trace) {
    return userCode.call(function, event, trace);
  }

  /** A function whose answered requests are counted. */
  private final class Counted implements HostedFunction {
    private final String name;
    private final Registered registered;

    Counted(String name, Registered registered) {
      this.name = name;
      this.registered = registered;
    }

    @Override
    public JsonValue invoke(JsonObject event) {
      return dispatch(name, event);
    }

    @Override
    public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later) {
      return functions.run(name, registered, f -> f.invokeAll(events, later));
    }

    @Override
    public boolean takesBatches() {
      return registered.function().takesBatches();
    }

    @Override
    public String lane(JsonObject event) {
      return registered.function().lane(event);
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpHead head) {
      return registered.function().refuse(head);
    }

    @Override
    public HttpAnswer receive(HttpHead head, byte[] body) {
      counts.started(name);
      HttpAnswer answer = functions.run(name, registered, f -> f.receive(head, body));
      if (answer.status() >= 500) {
        counts.failed(name);
      }
      return answer;
    }

    @Override
    public boolean isReceiver() {
      return registered.function().isReceiver();
    }
  }
}
