package io.twinloom.local.invoke;

/**
 * How a queue handles its events.
 *
 * @param retries when a failed event is tried again
 * @param serialised whether an event is written and read again wherever it is passed on
 */
public record EventHandling(RetrySchedule retries, boolean serialised) {}
