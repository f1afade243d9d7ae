package io.twinloom.functions.port;

import io.twinloom.json.JsonValue;

/**
 * An event that could not be processed.
 *
 * @param function the name of the function that failed
 * @param event its event: replaying is invoking the function with it again
 * @param error why, without payload and secret
 * @param attempts how often it was tried
 * @param traceId empty where there was none yet
 */
public record DeadLetter(
    String function, JsonValue event, String error, int attempts, String traceId) {}
