package io.twinloom.local.worker;

import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.worker.CallResult;
import io.twinloom.worker.WorkerCall;
import io.twinloom.worker.WorkerException;
import io.twinloom.worker.WorkerLimits;
import io.twinloom.worker.WorkerLog;
import io.twinloom.worker.WorkerPools;
import io.twinloom.worker.Workplace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** User code in worker processes. */
public final class WorkerUserFunctions implements UserFunctions {

  /** How often a process for user code ended, for which another one starts. */
  public static final String RESTARTED = "user-code-restarts";

  /** The field of a line with what the code is known by that printed it. */
  public static final String VERSION = "version";

  private final Map<String, UserFunction> functions;
  private final WorkerPools pools;

  private WorkerUserFunctions(List<UserFunction> functions, WorkerPools pools) {
    this.functions = new ConcurrentHashMap<>();
    functions.forEach(function -> this.functions.put(function.name(), function));
    this.pools = pools;
  }

  /**
   * Makes the functions callable; no process is started before the first call.
   *
   * @param variables that all their code finds in its environment
   * @param log of the cloud that user code runs on, whenever it is asked
   * @param place where their workers run
   */
  public static WorkerUserFunctions start(
      List<UserFunction> functions,
      Map<String, String> variables,
      WorkerLimits limits,
      Supplier<InvocationLog> log,
      Workplace place) {
    return new WorkerUserFunctions(
        functions,
        WorkerPools.start(
            functions.stream().map(function -> function.forWorkers(variables)).toList(),
            limits,
            new Notes(log),
            place));
  }

  /**
   * Makes functions callable, in place of those of their names where these are another version.
   * What runs ends with the former version; no event runs the new one before it is loaded.
   *
   * @param all the twin's functions: those that are as they run already are left as they are
   * @param variables that the code of new versions finds in its environment
   * @return the names of those that were exchanged or are new
   * @throws InvocationException if one cannot be loaded: then all stay as they are
   */
  public List<String> exchange(List<UserFunction> all, Map<String, String> variables) {
    List<UserFunction> versions =
        all.stream().filter(f -> !f.equals(functions.get(f.name()))).toList();
    try {
      pools.exchange(versions.stream().map(f -> f.forWorkers(variables)).toList());
    } catch (WorkerException e) {
      throw failure(e);
    }
    versions.forEach(version -> functions.put(version.name(), version));
    return versions.stream().map(UserFunction::name).toList();
  }

  private record Notes(Supplier<InvocationLog> log) implements WorkerLog {
    @Override
    public void printed(String function, String version, String trace, Level level, String line) {
      log.get().note(level(level), function, trace, line, fields(version));
    }

    private static Map<String, String> fields(String version) {
      if (version.isEmpty()) {
        return InvocationLog.OF_USER_CODE;
      }
      Map<String, String> fields = new TreeMap<>(InvocationLog.OF_USER_CODE);
      fields.put(VERSION, version);
      return fields;
    }

    private static InvocationLog.Level level(Level level) {
      return switch (level) {
        case DEBUG -> InvocationLog.Level.DEBUG;
        case INFO -> InvocationLog.Level.INFO;
        case WARN -> InvocationLog.Level.WARN;
        case ERROR -> InvocationLog.Level.ERROR;
      };
    }

    @Override
    public void died(String function, String how, String lastWords) {
      InvocationLog to = log.get();
      to.count(function, RESTARTED);
      to.note(
          InvocationLog.Level.WARN,
          function,
          "",
          "A process for user code " + how,
          Map.of("last_words", lastWords));
    }
  }

  @Override
  public List<Called> callAll(String function, List<Call> calls) {
    List<byte[]> bytes = Json.bytesOfEach(calls.stream().map(Call::event).toList());
    List<WorkerCall> events = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      events.add(new WorkerCall(bytes.get(i), calls.get(i).trace()));
    }
    return pools.callAll(function, events).stream().map(ended -> called(function, ended)).toList();
  }

  private Called called(String function, CallResult ended) {
    return switch (ended) {
      case CallResult.Failed failed -> new Called.NotReturned(failure(failed.why()));
      case CallResult.Returned returned -> {
        try {
          yield new Called.Returned(read(function, returned.json()));
        } catch (InvocationException e) {
          yield new Called.NotReturned(e);
        }
      }
    };
  }

  private JsonObject read(String function, byte[] result) {
    try {
      return Json.parseObject(result);
    } catch (IllegalArgumentException e) {
      // The worker writes JSON that not everybody reads: two members of one name, say.
      throw InvocationException.of(
          Reason.FUNCTION_FAILED,
          "What it returned cannot be read: " + e.getMessage(),
          function,
          "Fix " + folder(function) + "; events that failed can be replayed afterwards.");
    }
  }

  private InvocationException failure(WorkerException e) {
    return switch (e.reason()) {
      case UNKNOWN_FUNCTION ->
          error(e, Reason.UNKNOWN_FUNCTION, "Add its code to the project and deploy again.");
      case FUNCTION_FAILED ->
          error(
              e,
              Reason.FUNCTION_FAILED,
              "Fix " + folder(e) + "; events that failed can be replayed afterwards.");
      case TIMED_OUT ->
          error(
              e,
              Reason.LIMIT_EXCEEDED,
              "Make " + folder(e) + " faster: what is slow belongs outside of it.");
      case MEMORY_EXCEEDED ->
          error(
              e,
              Reason.LIMIT_EXCEEDED,
              "Let " + folder(e) + " hold less: what it keeps between events counts too.");
      case UNAVAILABLE -> error(e, Reason.UNAVAILABLE, "See the log; it is tried again by itself.");
      case CLOSED -> error(e, Reason.UNAVAILABLE, "Start it again.");
    };
  }

  private static InvocationException error(WorkerException e, Reason reason, String fix) {
    return InvocationException.of(reason, what(e), e.function(), fix);
  }

  /** With the code that ran, since another may be deployed by the time at which this is read. */
  private static String what(WorkerException e) {
    return e.version().isEmpty()
        ? String.valueOf(e.getMessage())
        : e.getMessage() + " (code " + e.version() + ")";
  }

  private String folder(WorkerException e) {
    return folder(e.function());
  }

  private String folder(String name) {
    UserFunction function = functions.get(name);
    return function == null ? name : function.code().folder();
  }

  @Override
  public void close() {
    pools.close();
  }
}
