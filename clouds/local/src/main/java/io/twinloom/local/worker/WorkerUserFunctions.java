package io.twinloom.local.worker;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.worker.WorkerException;
import io.twinloom.worker.WorkerLimits;
import io.twinloom.worker.WorkerLog;
import io.twinloom.worker.WorkerPools;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** User code in worker processes. */
public final class WorkerUserFunctions implements UserFunctions {
  private final Map<String, UserFunction> functions;
  private final WorkerPools pools;

  private WorkerUserFunctions(Map<String, UserFunction> functions, WorkerPools pools) {
    this.functions = functions;
    this.pools = pools;
  }

  /**
   * Makes the functions callable; no process is started before the first call.
   *
   * @param variables that all their code finds in its environment
   * @param scratch a folder for workers' temporary files, which it makes, empties and in the end
   *     removes; on a local disk, and nobody else's
   */
  public static WorkerUserFunctions start(
      List<UserFunction> functions,
      Map<String, String> variables,
      WorkerLimits limits,
      InvocationLog log,
      Path scratch) {
    return new WorkerUserFunctions(
        functions.stream().collect(Collectors.toMap(UserFunction::name, Function.identity())),
        WorkerPools.start(
            functions.stream().map(function -> function.forWorkers(variables)).toList(),
            limits,
            new Notes(log),
            scratch));
  }

  private record Notes(InvocationLog log) implements WorkerLog {
    @Override
    public void printed(String function, String trace, Level level, String line) {
      log.note(level(level), function, trace, line, InvocationLog.OF_USER_CODE);
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
      log.note(
          InvocationLog.Level.WARN,
          function,
          "",
          "A process for user code " + how,
          Map.of("last_words", lastWords));
    }
  }

  @Override
  public JsonObject call(String function, JsonObject event, String trace) {
    byte[] result;
    try {
      result = pools.call(function, Json.bytes(event), trace);
    } catch (WorkerException e) {
      throw failure(e);
    }
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
    return InvocationException.of(reason, String.valueOf(e.getMessage()), e.function(), fix);
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
