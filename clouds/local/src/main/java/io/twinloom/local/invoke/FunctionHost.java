package io.twinloom.local.invoke;

import io.twinloom.functions.HostedFunction;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.local.worker.UserFunctions;
import io.twinloom.model.json.Json;
import io.twinloom.model.json.JsonObject;
import io.twinloom.model.json.JsonValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * The functions of one local cloud, by name, and the calling of them. Events are serialised between
 * functions here as between those of a real cloud.
 */
public final class FunctionHost implements FunctionInvoker {

  /**
   * So many events may be with one user function at a time, those that wait for its worker included;
   * further ones are put off. It keeps a slow function from holding all that the queue may run.
   */
  static final int MAX_CALLS_PER_USER_FUNCTION = 64;

  /** What a function has done since the start. */
  public record Counts(String function, long invocations, long errors, Optional<Instant> last) {}

  private static final class Tally {
    final LongAdder invocations = new LongAdder();
    final LongAdder errors = new LongAdder();
    volatile long lastMillis = -1;
  }

  private record UserFunctionSlot(Semaphore calls) {}

  private final InstantSource clock;
  private final UserFunctions userFunctions;
  private final Map<String, HostedFunction> functions = new ConcurrentHashMap<>();
  private final Map<String, UserFunctionSlot> userSlots = new ConcurrentHashMap<>();
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
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
    functions.put(name, function);
    tallies.put(name, new Tally());
  }

  /** Adds a user function, which the workers run. */
  public void addUserFunction(String name) {
    userSlots.put(name, new UserFunctionSlot(new Semaphore(MAX_CALLS_PER_USER_FUNCTION)));
    tallies.put(name, new Tally());
  }

  /** The function of a name, as its endpoint sees it: counted. */
  public Optional<HostedFunction> receiver(String name) {
    HostedFunction function = functions.get(name);
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
        .sorted(java.util.Comparator.comparing(Counts::function))
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
    JsonValue result = dispatch(function, event);
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
    HostedFunction system = functions.get(function);
    UserFunctionSlot user = system == null ? userSlots.get(function) : null;
    if (system == null && user == null) {
      throw unknown(function);
    }
    Tally tally = begin(function);
    boolean done = false;
    try {
      JsonValue result = system != null ? system.invoke(event) : callUser(function, user, event);
      done = true;
      return result;
    } finally {
      if (!done) {
        tally.errors.increment();
      }
    }
  }

  private JsonObject callUser(
      String function, @org.jspecify.annotations.Nullable UserFunctionSlot slot, JsonObject event) {
    if (slot == null || !slot.calls().tryAcquire()) {
      throw new InvocationException(
          InvocationException.Reason.UNAVAILABLE,
          "It is busy: " + MAX_CALLS_PER_USER_FUNCTION + " events are with it already",
          function,
          "The event is put off and tried again; make the code faster if this lasts.",
          null);
    }
    try {
      return userFunctions.call(function, event);
    } finally {
      slot.calls().release();
    }
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
    private final HostedFunction function;

    Counted(String name, HostedFunction function) {
      this.name = name;
      this.function = function;
    }

    @Override
    public JsonValue invoke(JsonObject event) {
      return dispatch(name, event);
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpHead head) {
      return function.refuse(head);
    }

    @Override
    public HttpAnswer receive(HttpHead head, byte[] body) {
      Tally tally = begin(name);
      HttpAnswer answer = function.receive(head, body);
      if (answer.status() >= 500) {
        tally.errors.increment();
      }
      return answer;
    }

    @Override
    public boolean isReceiver() {
      return function.isReceiver();
    }
  }
}
