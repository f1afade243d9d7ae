package io.twinloom.mqtt;

/**
 * What a server has done since its start.
 *
 * @param connections open now
 * @param sessions known now, those of clients that are away included
 * @param routed messages to subscribers alone, that at least one session got
 * @param delivered messages written to subscribers
 * @param dropped copies for a subscriber that is too slow, or away too long, thrown away
 * @param refused publishes to a topic that nobody may publish to, or that break a limit
 * @param failed publishes that could not be stored, so that they were not acknowledged
 * @param rejectedConnections connections that were not accepted, or were ended for breaking the
 *     protocol or a limit
 */
public record MqttCounts(
    int connections,
    int sessions,
    long routed,
    long delivered,
    long dropped,
    long refused,
    long failed,
    long rejectedConnections) {}
