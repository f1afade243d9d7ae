package io.twinloom.local.mqtt;

/**
 * What a device channel has done since its start.
 *
 * @param connections open now
 * @param sessions known now, those of clients that are away included
 * @param telemetry messages taken in
 * @param commands commands given to at least one session
 * @param delivered messages written to subscribers
 * @param dropped copies for a subscriber that is too slow, or away too long, thrown away
 * @param refused publishes to a topic that is none, or that break a limit
 * @param failed publishes that could not be kept, so that their device was not told that they were
 * @param rejectedConnections connections that were not accepted, or were ended for breaking the
 *     protocol or a limit
 */
public record MqttCounts(
    int connections,
    int sessions,
    long telemetry,
    long commands,
    long delivered,
    long dropped,
    long refused,
    long failed,
    long rejectedConnections) {}
