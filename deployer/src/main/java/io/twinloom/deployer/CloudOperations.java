package io.twinloom.deployer;

import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the deployer can do with the part of a twin that one cloud carries, with its own rights: one
 * implementation for each cloud, real or on this machine. Every method throws a {@link
 * io.twinloom.model.TwinloomException} where the cloud cannot.
 */
public interface CloudOperations {

  /**
   * What a function has done, in the time that its cloud counts over.
   *
   * @param lastEvent when it last ran, ISO 8601, or empty
   */
  record FunctionCounts(long invocations, long errors, String lastEvent) {

    /** It has not run. */
    public static final FunctionCounts NONE = new FunctionCounts(0, 0, "");
  }

  /**
   * How a function is.
   *
   * @param active whether the cloud would run it now
   * @param problem why not, in the cloud's words
   */
  record FunctionState(boolean active, Optional<String> problem, FunctionCounts counts) {}

  /**
   * How functions are, by their names in the topology: each of those asked for that is there, and
   * such others as run here for the twin although another party deploys them on its cloud.
   */
  Map<String, FunctionState> functions(List<DeployedFunction> functions);

  /** Calls a function that is here and waits for its result. */
  JsonValue call(DeployedFunction function, JsonObject event);

  /**
   * Runs a mover that is here and waits for its result.
   *
   * @param now what counts as the present; empty: the present
   */
  default JsonValue move(DeployedFunction mover, Optional<Instant> now) {
    JsonObject.Builder order = JsonObject.builder();
    now.ifPresent(t -> order.put("now", t.toString()));
    return call(mover, order.build());
  }

  /**
   * The oldest dead letters of this cloud.
   *
   * @param limit at most so many; 0: only how many there are
   */
  DeadLetterPage deadLetters(int limit);

  /** The ids of all dead letters that there are now, the oldest first. */
  List<String> deadLetterIds();

  /**
   * Invokes a dead letter's function with its event again, asynchronously, and forgets the letter.
   *
   * @return whether there is such a letter here
   */
  boolean replay(String id);

  /**
   * Forgets a dead letter.
   *
   * @return whether there was such a letter here
   */
  boolean discard(String id);

  /** Asks the archive, which is here, for the chunks of a range that must be restored. */
  RestoreReport restore(String device, String from, String to);

  /** Asks the twin service, which is here; see {@link TwinControl#readTwin}. */
  TwinRead readTwin(String operation, JsonObject request);

  /** How large the tiers are that are here, the hottest first. */
  List<TierSize> tiers();

  /**
   * Stores items as history in the hot store, which is here: each once, whatever else there is
   * about it. No function runs because of it.
   *
   * @param items each with its device and time
   * @param known what is stored already, in whatever tier
   */
  ImportReport importItems(List<JsonObject> items, StoredEvents known);

  /** Removes an item from the hot store; does nothing where that is not here. */
  void removeItem(String device, String timestamp);

  /** Removes the dead letters kept here since a time whose event has this text in it. */
  void removeDeadLetters(String text, Instant since);

  /** Removes all chunks of a device from the tiers that are here. */
  void removeChunks(String device);
}
