package io.twinloom.worker;

/**
 * An event for a user function.
 *
 * @param json a JSON object
 * @param trace for the lines that the function prints; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // Nothing compares calls.
public record WorkerCall(byte[] json, String trace) {}
