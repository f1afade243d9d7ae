package io.twinloom.local.invoke;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.invoke.FunctionRegistry.Registered;
import io.twinloom.local.worker.UserFunctions;
import io.twinloom.model.TwinloomException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The functions of one local cloud, called by name and counted. It knows no queue: what runs later
 * is {@link LocalInvoker}'s.
 */
public final class FunctionHost implements FunctionRunner {

  /**
   * What a function has done since the start.
   *
   * @param invocations events that it was given
   * @param errors those of them that failed
   * @param batches runs, each on one event or several
   */
  public record Counts(
      String function, long invocations, long errors, long batches, Optional<Instant> last) {}

  private final Map<String, LaneRule> rules = new ConcurrentHashMap<>();
  private final FunctionRegistry functions = new FunctionRegistry();
  private final UserCodeAdmission userCode;
  private final FunctionCounts counts;

  public FunctionHost(InstantSource clock, UserFunctions workers) {
    this.userCode = new UserCodeAdmission(clock, workers);
    this.counts = new FunctionCounts(clock);
  }

  /** Adds one of the system's functions, which is given one event in a run. */
  public CompletableFuture<Void> add(String name, HostedFunction function) {
    return add(name, function, LaneRule.SINGLE_EVENTS);
  }

  /**
   * Adds one of the system's functions.
   *
   * @param rule how it is given events that wait for it
   * @return completes when no run is under way any more of one that had its name before
   */
  public CompletableFuture<Void> add(String name, HostedFunction function, LaneRule rule) {
    CompletableFuture<Void> former = functions.put(name, function);
    rules.put(name, function.takesBatches() ? rule : LaneRule.SINGLE_EVENTS);
    counts.add(name);
    return former;
  }

  /**
   * Removes a function that nobody invokes or calls any more.
   *
   * @return completes when no run of it is under way any more
   */
  public CompletableFuture<Void> remove(String name) {
    counts.remove(name);
    userCode.remove(name);
    return functions.remove(name);
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
    Optional<InvocationException> unknown = unknown(name);
    if (unknown.isPresent()) {
      throw unknown.get();
    }
  }

  /** The function of a name, as its endpoint sees it: counted. */
  public Optional<HostedFunction> receiver(String name) {
    return functions.find(name).map(found -> new Counted(name, found));
  }

  public List<Counts> counts() {
    return counts.all();
  }

  @Override
  public List<Outcome> run(String function, List<JsonObject> events, AsyncInvoker scope) {
    Optional<Registered> system = functions.find(function);
    if (system.isEmpty()) {
      return events.stream().map(event -> called(function, event)).toList();
    }
    counts.started(function, events.size());
    List<Outcome> outcomes = functions.run(function, system.get(), f -> f.invokeAll(events, scope));
    counts.failed(function, (int) outcomes.stream().filter(FunctionHost::isFailure).count());
    return outcomes;
  }

  private static boolean isFailure(Outcome outcome) {
    return outcome instanceof Outcome.Failed || outcome instanceof Outcome.PutOff;
  }

  private Outcome called(String function, JsonObject event) {
    try {
      return Outcome.Done.answering(dispatch(function, event));
    } catch (RuntimeException e) {
      return failure(function, e);
    }
  }

  @Override
  public Optional<InvocationException> unknown(String function) {
    return functions.has(function) || userCode.has(function)
        ? Optional.empty()
        : Optional.of(InvocationException.unknownFunction(function));
  }

  @Override
  public Outcome failure(String function, Throwable thrown) {
    return Failures.outcome(function, thrown);
  }

  @Override
  public String lane(String function, Supplier<JsonObject> event) {
    return functions.find(function).map(found -> found.function().lane(event)).orElse("");
  }

  @Override
  public LaneRule rule(String function) {
    return rules.getOrDefault(function, LaneRule.SINGLE_EVENTS);
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

  /** Calls a user function with several events, as {@link LocalInvoker#callAll} does. */
  List<Called> callAll(String function, List<Call> calls) {
    if (functions.has(function) || !userCode.has(function)) {
      return calls.stream().map(one -> called(function, one)).toList();
    }
    counts.started(function, calls.size());
    List<Called> ended = userCode.callAll(function, calls);
    counts.failed(
        function, (int) ended.stream().filter(Called.NotReturned.class::isInstance).count());
    return ended;
  }

  private Called called(String function, Call one) {
    try {
      return new Called.Returned(call(function, one.event(), one.trace()));
    } catch (InvocationException e) {
      return new Called.NotReturned(e);
    }
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
    public String lane(Supplier<JsonObject> event) {
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
      counts.more(name, answer.events() - 1);
      counts.failed(name, answer.failed());
      return answer;
    }

    @Override
    public boolean isReceiver() {
      return registered.function().isReceiver();
    }
  }
}
