package io.twinloom.deployer.cloud;

import io.twinloom.deployer.StatusReport;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the deployer can do with the part of a twin that one cloud carries, with its own rights.
 * Every method throws a {@link io.twinloom.model.TwinloomException} where the cloud cannot.
 */
public interface CloudOperations extends AutoCloseable {

  /**
   * How a function is.
   *
   * @param active whether the cloud would run it now
   * @param problem why not, in the cloud's words
   * @param counts since {@link #countedSince}
   */
  record FunctionState(boolean active, Optional<String> problem, StatusReport.Counts counts) {}

  /**
   * Which lines of the log are wanted.
   *
   * @param function only of this one
   * @param trace only of this one
   * @param limit the newest so many
   */
  record LogRequest(
      Optional<DeployedFunction> function, Optional<String> trace, Instant since, int limit) {}

  /**
   * A dead letter of this cloud.
   *
   * @param id what it is replayed by; begins with the cloud's name
   */
  record Letter(
      String id,
      Instant time,
      String function,
      String error,
      int attempts,
      String traceId,
      JsonValue event) {}

  /** Dead letters, oldest first, and how many there are. */
  record Letters(List<Letter> oldest, long total) {
    public Letters {
      oldest = List.copyOf(oldest);
    }
  }

  /**
   * How each of these functions is, by its name in the topology; one that is not there is left out.
   */
  Map<String, FunctionState> functions(List<DeployedFunction> functions);

  /** From when on invocations are counted. */
  Instant countedSince();

  /** Calls a function and waits for its result. */
  JsonValue call(DeployedFunction function, JsonObject event);

  /**
   * The log's lines in the shape that {@link io.twinloom.deployer.Target#logs} has, oldest first.
   */
  List<JsonObject> log(LogRequest request);

  /** The dead letters of this cloud. */
  Letters deadLetters(int limit);

  /**
   * Hands a dead letter's event to its function again and forgets the letter.
   *
   * @return whether there was such a letter
   */
  boolean replay(String id);

  /**
   * Asks the archive, which is here, for the chunks of a range: see {@code DeployedTwin.restore}.
   */
  JsonObject restore(String device, String from, String to);

  /** Asks the twin service, which is here, in TwinMaker's request and response shapes. */
  JsonObject askTwin(String operation, JsonObject request);

  /** How large the tiers are that are here, as {@code status} has them. */
  List<JsonObject> tiers();

  /** Removes an item from the hot store, which is here. */
  void removeItem(String device, String timestamp);

  /** Removes the dead letters kept here since a time whose event has this text in it. */
  void removeDeadLetters(String text, Instant since);

  /** Removes all chunks of a device from the tiers that are here. */
  void removeChunks(String device);

  @Override
  void close();
}
