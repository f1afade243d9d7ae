package io.twinloom.functions.port;

import io.twinloom.json.JsonObject;

/**
 * An item of the hot store.
 *
 * @param timestamp UTC, {@code yyyy-MM-ddTHH:mm:ss.SSSSSSZ}
 * @param body the whole item, with {@code id}, {@code device_id}, {@code timestamp} and {@code
 *     event_id}; what is read is what was written, exactly
 */
public record HotItem(String device, String timestamp, String eventId, JsonObject body) {}
