package io.twinloom.deployer;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ReplayMark;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the deployer can do with the part of a twin that one cloud carries, with its own rights: one
 * implementation for each cloud, real or on this machine. Every method throws a {@link
 * io.twinloom.model.TwinloomException} where the cloud cannot.
 */
public interface CloudOperations {

  /**
   * What a function has done, in the time that its cloud counts over.
   *
   * @param invocations events that it was given
   * @param errors those of them that failed
   * @param batches runs, each on one event or several; 0 where its cloud does not count them
   * @param lastEvent when it last ran, ISO 8601, or empty
   */
  record FunctionCounts(long invocations, long errors, long batches, String lastEvent) {

    /** Of a cloud that does not count batches. */
    public FunctionCounts(long invocations, long errors, String lastEvent) {
      this(invocations, errors, 0, lastEvent);
    }

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
   * What a replay of a dead letter does.
   *
   * @param function the function that it invokes, by its name in the topology or, where another
   *     party deploys it, on its cloud: as the letter's place says, never what its content says
   * @param event what it is invoked with
   */
  record Replayable(String function, JsonObject event) {}

  /** What a replay of a dead letter does; empty where there is no such letter here. */
  Optional<Replayable> replayable(String id);

  /** Invokes a function or workflow that is here, asynchronously. */
  void invokeLater(String function, JsonObject event);

  /**
   * Hands a dead letter's event in again, with the code that is deployed now, and forgets the
   * letter once that is done. A new failure is a new letter.
   *
   * @param carriers gives the cloud that carries a function now
   * @return whether there is such a letter here
   */
  default boolean replay(String id, Function<String, CloudOperations> carriers) {
    Optional<Replayable> found = replayable(id);
    found.ifPresent(
        letter -> {
          carriers
              .apply(letter.function())
              .invokeLater(letter.function(), ReplayMark.on(letter.event(), id));
          discard(id);
        });
    return found.isPresent();
  }

  /**
   * Keeps a dead letter that another cloud of the twin kept, with its time: once, however often it
   * is taken over.
   *
   * @param replayedBy the function that a replay invokes, as the other cloud has found it; empty
   *     where that cloud would not replay it, and this one will not either
   */
  void takeOver(DeadLetterEntry letter, Optional<String> replayedBy);

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
