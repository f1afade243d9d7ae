package io.twinloom.model.function;

/**
 * How a function uses its queue.
 *
 * @param gathers whether its events come from outside, one by one: on clouds the queue gathers them
 *     for a moment; those of the others are in batches already
 * @param atOnce so many messages are handled at once on a cloud that can bound that
 * @param waitsFor what its runs wait for, by which a host that shares its processors says how many
 *     it lets run at a time
 */
public record QueueUse(boolean gathers, int atOnce, WaitsFor waitsFor) {

  /** What a run spends its time with. */
  public enum WaitsFor {
    /** It only computes. */
    NOTHING,
    /** The user's code, which runs elsewhere. */
    USER_CODE,
    /** A disk, or a receiver on another cloud. */
    STORE_OR_CLOUD
  }
}
