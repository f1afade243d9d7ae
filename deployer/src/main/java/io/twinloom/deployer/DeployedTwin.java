package io.twinloom.deployer;

import io.twinloom.model.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A twin that runs, wherever that is. What it answers are the results that {@code
 * docs/operations.md} describes, made once, so that the command and the endpoints give the same.
 * Every method throws a {@link io.twinloom.model.TwinloomException} where the twin cannot answer.
 */
public interface DeployedTwin {

  /**
   * What is asked of the store.
   *
   * @param property only items that have it, and only it
   * @param from inclusive, any form of time that a device may use; empty: from the beginning
   * @param to inclusive; empty: to the end
   * @param page the {@code nextToken} of the page before; empty: the first
   */
  record Query(
      String device,
      Optional<String> property,
      Optional<String> from,
      Optional<String> to,
      Optional<String> page) {}

  /** Layer by layer: deployed, healthy, counts, dead letters, warnings. */
  JsonObject status();

  /** A page of a device's items, oldest first, with {@code nextToken} where more follow. */
  JsonObject query(Query query);

  /** What could not be processed. */
  JsonObject deadLetters();

  /** Invokes the functions of these dead letters again (all of them for an empty list). */
  int replay(List<String> ids);

  /**
   * Gives connections new tokens while everything runs; no request is refused for it.
   *
   * @param connection its id; empty: all of them
   * @param dropFormer whether former tokens end also where nobody knows who sends them still
   */
  JsonObject rotateTokens(Optional<String> connection, boolean dropFormer);

  /**
   * Sends a marked measurement in at L1 and follows it hop by hop; leaves nothing behind.
   *
   * @param device the device it is from; empty: one that the twin has
   */
  JsonObject verify(Optional<String> device, Duration limit);
}
