package io.twinloom.local.invoke;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.worker.UserFunctions;
import io.twinloom.model.TwinloomException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The functions of one local cloud, by name, and the calling of them. Events are serialised between
 * functions here as between those of a real cloud.
 */
public final class FunctionHost implements FunctionInvoker {

  /**
   * So many events every user function may have at a time, those that wait for its worker included.
   * It may have more while it makes progress and the functions together leave room; further events
   * are put off. So a function that hangs, or is slower than its devices, does not hold all that
   * the queue may run.
   */
  static final int CALLS_OF_EACH_USER_FUNCTION = 48;

  /** Beyond so many calls of user functions together, each has only its own share. */
  static final int CALLS_WITH_ROOM = 128;

  /** A function that has answered within this time makes progress. */
  private static final long PROGRESS_MILLIS = 2_000;

  /** What a function has done since the start. */
  public record Counts(String function, long invocations, long errors, Optional<Instant> last) {}

  private static final class Tally {
    final LongAdder invocations = new LongAdder();
    final LongAdder errors = new LongAdder();
    volatile long lastMillis = -1;
  }

  /** A system function as it is deployed, and how many runs of it are under way. */
  private static final class Deployed {
    final HostedFunction function;
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private int running;
    private boolean replaced;

    Deployed(HostedFunction function) {
      this.function = function;
    }

    /** Begins a run, unless another one has its place already, whose run it has to be. */
    synchronized boolean enter() {
      if (!replaced) {
        running++;
      }
      return !replaced;
    }

    synchronized void leave() {
      running--;
      completeIfLeft();
    }

    /** Completes when no run of it is under way any more. */
    synchronized CompletableFuture<Void> replace() {
      replaced = true;
      completeIfLeft();
      return left;
    }

    private void completeIfLeft() {
      if (replaced && running == 0) {
        left.complete(null);
      }
    }
  }

  private static final class UserFunctionSlot {
    final AtomicInteger calls = new AtomicInteger();
    volatile long lastAnswerMillis;
  }

  private final InstantSource clock;
  private final UserFunctions userFunctions;
  private final Map<String, Deployed> functions = new ConcurrentHashMap<>();
  private final Map<String, UserFunctionSlot> userSlots = new ConcurrentHashMap<>();
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
  private final AtomicInteger userCalls = new AtomicInteger();
  private volatile Optional<InvocationQueue> queue = Optional.empty();

  public FunctionHost(InstantSource clock, UserFunctions userFunctions) {
    this.clock = clock;
    this.userFunctions = userFunctions;
  }

  /** Sets the queue that {@link #invokeLater} uses; once, before any function runs. */
  public void attach(InvocationQueue invocationQueue) {
    queue = Optional.of(invocationQueue);
  }

  /** Adds one of the system's functions. */
  public void add(String name, HostedFunction function) {
    functions.put(name, new Deployed(function));
    tallies.put(name, new Tally());
  }

  /**
   * Puts a function in the place of the one that has this name: with other settings, say.
   *
   * @return completes when no run of the former one is under way any more, and none can begin
   */
  public CompletableFuture<Void> replace(String name, HostedFunction function) {
    Deployed former = functions.put(name, new Deployed(function));
    return former == null ? CompletableFuture.completedFuture(null) : former.replace();
  }

  /** Adds a user function, which the workers run. */
  public void addUserFunction(String name) {
    userSlots.put(name, new UserFunctionSlot());
    tallies.put(name, new Tally());
  }

  /** Whether this cloud has a function of this name. */
  public boolean has(String name) {
    return functions.containsKey(name);
  }

  /** The function of a name, as its endpoint sees it: counted. */
  public Optional<HostedFunction> receiver(String name) {
    Deployed function = functions.get(name);
    return function == null ? Optional.empty() : Optional.of(new Counted(name, function));
  }

  public List<Counts> counts() {
    return tallies.entrySet().stream()
        .map(
            e ->
                new Counts(
                    e.getKey(),
                    e.getValue().invocations.sum(),
                    e.getValue().errors.sum(),
                    e.getValue().lastMillis < 0
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(e.getValue().lastMillis))))
        .sorted(Comparator.comparing(Counts::function))
        .toList();
  }

  /** Runs a function on an event as it lies in the queue. */
  public void run(String function, byte[] event) {
    dispatch(function, Json.parseObject(event));
  }

  @Override
  public void invokeLater(String function, JsonObject event) {
    if (!functions.containsKey(function) && !userSlots.containsKey(function)) {
      throw unknown(function);
    }
    queue
        .orElseThrow(() -> new IllegalStateException("no queue is attached"))
        .invokeLater(function, Json.bytes(event));
  }

  @Override
  public JsonObject call(String function, JsonObject event) {
    JsonValue result;
    try {
      result = dispatch(function, event);
    } catch (InvocationException e) {
      throw e;
    } catch (TwinloomException e) {
      throw new InvocationException(
          InvocationException.Reason.FUNCTION_FAILED, e.what(), function, e.fix(), e);
    }
    if (result instanceof JsonObject object) {
      return object;
    }
    throw new InvocationException(
        InvocationException.Reason.FUNCTION_FAILED,
        "It returned " + result.kind() + ", not an object",
        function,
        "Return an object.",
        null);
  }

  /** Calls a function with whatever it returns; the deployer's way to the readers. */
  public JsonValue dispatch(String function, JsonObject event) {
    Deployed system = functions.get(function);
    UserFunctionSlot user = userSlots.get(function);
    boolean done = false;
    try {
      JsonValue result;
      if (system != null) {
        begin(function);
        result = run(function, system, f -> f.invoke(event));
      } else if (user != null) {
        begin(function);
        result = callUser(function, user, event);
      } else {
        throw unknown(function);
      }
      done = true;
      return result;
    } finally {
      Tally tally = tallies.get(function);
      if (!done && tally != null) {
        tally.errors.increment();
      }
    }
  }

  /**
   * Runs the user's code of a function, without what is around it: for what is around it.
   *
   * @throws InvocationException if there is none, or it failed
   */
  public JsonObject callUserCode(String function, JsonObject event) {
    UserFunctionSlot slot = userSlots.get(function);
    if (slot == null) {
      throw unknown(function);
    }
    return callUser(function, slot, event);
  }

  /** Has a function do something: the one that was found, or the one in its place by now. */
  private <T> T run(String name, Deployed found, Function<HostedFunction, T> doing) {
    Deployed current = found;
    while (!current.enter()) {
      current = functions.getOrDefault(name, current);
    }
    try {
      return doing.apply(current.function);
    } finally {
      current.leave();
    }
  }

  private JsonObject callUser(String function, UserFunctionSlot slot, JsonObject event) {
    int all = userCalls.incrementAndGet();
    int own = slot.calls.incrementAndGet();
    try {
      if (own > CALLS_OF_EACH_USER_FUNCTION && (all > CALLS_WITH_ROOM || !makesProgress(slot))) {
        throw new InvocationException(
            InvocationException.Reason.UNAVAILABLE,
            "It is busy with " + (own - 1) + " events",
            function,
            "The event is put off and tried again; make the code faster if this lasts.",
            null);
      }
      JsonObject result = userFunctions.call(function, event);
      slot.lastAnswerMillis = clock.millis();
      return result;
    } finally {
      slot.calls.decrementAndGet();
      userCalls.decrementAndGet();
    }
  }

  private boolean makesProgress(UserFunctionSlot slot) {
    return clock.millis() - slot.lastAnswerMillis < PROGRESS_MILLIS;
  }

  private Tally begin(String function) {
    Tally tally = tallies.computeIfAbsent(function, name -> new Tally());
    tally.invocations.increment();
    tally.lastMillis = clock.millis();
    return tally;
  }

  private static InvocationException unknown(String function) {
    return new InvocationException(
        InvocationException.Reason.UNKNOWN_FUNCTION,
        "There is no function " + function + " on this cloud",
        function,
        "Compare the name with those that `plan` lists.",
        null);
  }

  /** A function whose answered requests are counted. */
  private final class Counted implements HostedFunction {
    private final String name;
    private final Deployed deployed;

    Counted(String name, Deployed deployed) {
      this.name = name;
      this.deployed = deployed;
    }

    @Override
    public JsonValue invoke(JsonObject event) {
      return dispatch(name, event);
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpHead head) {
      return deployed.function.refuse(head);
    }

    @Override
    public HttpAnswer receive(HttpHead head, byte[] body) {
      Tally tally = begin(name);
      HttpAnswer answer = run(name, deployed, f -> f.receive(head, body));
      if (answer.status() >= 500) {
        tally.errors.increment();
      }
      return answer;
    }

    @Override
    public boolean isReceiver() {
      return deployed.function.isReceiver();
    }
  }
}
