package io.twinloom.deployer.control;

import java.time.Duration;
import java.util.Optional;

/**
 * A chunk that must be restored before it can be read.
 *
 * @param since when its restoring was asked for, ISO 8601; empty where nobody has asked
 * @param takes how long restoring usually takes
 */
public record PendingChunk(String key, Optional<String> since, Duration takes) {}
