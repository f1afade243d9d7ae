package io.twinloom.model.function;

/**
 * How a function uses its queue.
 *
 * @param gathers whether its events come from outside, one by one: on clouds the queue gathers them
 *     for a moment; those of the others are in batches already
 * @param atOnce so many messages are handled at once on a cloud that can bound that
 */
public record QueueUse(boolean gathers, int atOnce) {}
