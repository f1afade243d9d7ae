package io.twinloom.deployer;

import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
   * @param newestFirst whether the order of time is reversed
   * @param limit how many items a page has at most, 1 to 10,000
   */
  record Query(
      String device,
      Optional<String> property,
      Optional<String> from,
      Optional<String> to,
      Optional<String> page,
      boolean newestFirst,
      int limit) {

    /** The items of a page where nothing else is said. */
    public static final int DEFAULT_LIMIT = 1_000;

    /** Oldest first, in pages of a thousand. */
    public Query(
        String device,
        Optional<String> property,
        Optional<String> from,
        Optional<String> to,
        Optional<String> page) {
      this(device, property, from, to, page, false, DEFAULT_LIMIT);
    }
  }

  /** Layer by layer: deployed, healthy, counts, dead letters, warnings. */
  JsonObject status();

  /**
   * A page of a device's items over all tiers, with {@code nextToken} where more follow: {@code
   * items}, how many of them came from each of the {@code tiers}, the same as {@code parts} in
   * their order, and what is {@code pending} because it must be restored first.
   */
  JsonObject query(Query query);

  /**
   * Asks the archive for the chunks of a range that must be restored before they can be read:
   * {@code readable}, how many need it not, and the others as {@code pending}.
   *
   * @param from inclusive, any form of time that a device may use
   * @param to inclusive
   */
  JsonObject restore(String device, String from, String to);

  /**
   * Asks the twin service of layer 4, in TwinMaker's request and response shapes.
   *
   * @param operation TwinMaker's name of it, such as {@code GetPropertyValueHistory}
   */
  JsonObject askTwin(String operation, JsonObject request);

  /** What could not be processed. */
  JsonObject deadLetters();

  /**
   * Invokes the functions of these dead letters again (all of them for an empty list). One that
   * cannot be, say since its function is gone, does not keep the others.
   */
  Replay replay(List<String> ids);

  /** Which tier is emptied into which. */
  enum Move {
    HOT_TO_COLD,
    COLD_TO_ARCHIVE;

    /** As the command calls it, {@code hot-to-cold}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The move of an id. */
    public static Optional<Move> of(String id) {
      return Arrays.stream(values()).filter(m -> m.id().equals(id)).findFirst();
    }
  }

  /**
   * Runs a mover now and waits for it; says what it moved and what it left, and why.
   *
   * @param now what counts as the present; empty: the present
   */
  JsonObject move(Move move, Optional<Instant> now);

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
