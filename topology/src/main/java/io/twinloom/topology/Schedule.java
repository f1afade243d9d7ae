package io.twinloom.topology;

/**
 * A time at which a function runs by itself.
 *
 * @param cron five fields, UTC: minute, hour, day of month, month, day of week
 */
public record Schedule(String name, String function, String cron, String what) {}
