package io.twinloom.deployer.control;

import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be asked of a deployed twin, wherever it is: by {@link
 * io.twinloom.deployer.DeployedTwin} in this process, or through the control endpoint of the
 * process that runs it. Every method throws a {@link io.twinloom.model.TwinloomException} where the
 * twin cannot answer.
 */
public interface TwinControl {

  /** Layer by layer: deployed, healthy, counts, dead letters, warnings. */
  StatusReport status();

  /** A page of a device's items over all tiers. */
  HistoryPage query(HistoryRequest request);

  /**
   * Asks the archive for the chunks of a range that must be restored before they can be read.
   *
   * @param from inclusive, any form of time that a device may use
   * @param to inclusive
   */
  RestoreReport restore(String device, String from, String to);

  /**
   * Asks the twin service of layer 4, in TwinMaker's request and response shapes.
   *
   * @param operation TwinMaker's name of it, such as {@code GetPropertyValueHistory}
   */
  TwinRead readTwin(String operation, JsonObject request);

  /** What could not be processed, the oldest first; at most 1,000. */
  default DeadLetterPage deadLetters() {
    return deadLetters(1_000);
  }

  /**
   * What could not be processed, the oldest first.
   *
   * @param limit at most so many
   */
  DeadLetterPage deadLetters(int limit);

  /** The ids of all dead letters that there are now. */
  List<String> deadLetterIds();

  /**
   * Invokes the functions of these dead letters again (of all for an empty list). One that cannot
   * be, say since its function is gone, does not keep the others.
   */
  ReplayReport replay(List<String> ids);

  /** Forgets these dead letters (all for an empty list), with their events. */
  DiscardReport discard(List<String> ids);

  /**
   * Runs a mover now and waits for it.
   *
   * @param now what counts as the present; empty: the present
   */
  MoveReport move(TierMove move, Optional<Instant> now);

  /**
   * Stores items as history: each once, by its event id. No rule is evaluated because of them, and
   * no twin is updated.
   *
   * @param items each with its device and time; at most 1,000
   */
  ImportReport importItems(List<JsonObject> items);

  /**
   * Gives connections new tokens while everything runs; no request is refused for it.
   *
   * @param connection its id; empty: all of them
   * @param dropFormer whether former tokens end also where nobody knows who sends them still
   */
  RotationReport rotateTokens(Optional<String> connection, boolean dropFormer);

  /**
   * Has the twin be another version of its project while it runs: code, rules, devices that are
   * added, properties, hierarchy at once, and the tiers' stores in phases, which the status tells.
   * Nothing that was accepted is lost.
   *
   * @param order names a version whose copy is with the twin's data
   * @throws io.twinloom.model.TwinloomException if it takes more than that, its code cannot be
   *     loaded, or another change is under way; then nothing has changed
   */
  ChangeReport change(ChangeOrder order);

  /**
   * Sends a marked measurement in at L1 and follows it hop by hop; leaves nothing behind.
   *
   * @param device the device it is from; empty: the project's first
   */
  VerifyReport verify(Optional<String> device, Duration limit);
}
