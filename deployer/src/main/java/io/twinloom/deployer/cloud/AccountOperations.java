package io.twinloom.deployer.cloud;

import io.twinloom.deployer.CloudOperations;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What can be done with the part of a twin that is in an account of a real cloud: beside the rest,
 * its functions' log is there too.
 */
public interface AccountOperations extends CloudOperations {

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
   * By how much the oldest item is past its time that the newest run of a mover, which is here, has
   * left in the hot store; zero where it keeps up, or no run has said anything lately.
   */
  Duration overdue(DeployedFunction mover);

  /** Whether the store of a tier that is here holds nothing; asks the store itself. */
  boolean isEmpty(Layer tier);

  /**
   * When a function that is here was last given anything, ISO 8601, as the cloud counts; empty
   * where it was not since a time.
   */
  Optional<String> lastEvent(DeployedFunction function, Instant since);

  /**
   * When each of some devices last sent anything to this cloud, as its functions have noted at most
   * once an hour since the twin lets devices in on several clouds.
   */
  Map<String, Instant> lastSeen(List<String> devices);

  /**
   * What waits here for functions or is put off, is being done by them, or may still come to them,
   * in words. A cloud counts its queues with a delay of up to a minute.
   *
   * @return empty where nothing was found
   */
  List<String> waiting(List<DeployedFunction> functions);

  /** What the store of a tier that is here holds. */
  StoreContents contents(Layer tier);

  /**
   * How much the store of a tier that is here holds, for people who decide what becomes of it.
   *
   * @param name of the store
   * @param counted whether all of it is counted now, which reads it; else as the cloud says
   */
  TouchedData.Stored held(Layer tier, String name, boolean counted);

  /**
   * Sends something to another cloud's receiver, as the functions that are here do.
   *
   * @param random of the request's id, and of when it is tried again
   * @throws io.twinloom.model.TwinloomException if it is not taken
   */
  void post(
      Connections.Connection over,
      SigningMode signing,
      byte[] body,
      String trace,
      RandomGenerator random);

  /** The log's lines, the oldest first. */
  List<LogLine> log(LogRequest request);
}
