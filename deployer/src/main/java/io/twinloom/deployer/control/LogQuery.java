package io.twinloom.deployer.control;

import java.util.Optional;

/**
 * Which lines of the log are wanted.
 *
 * @param function a function's deployed name
 * @param follow whether to stay and wait for new ones
 */
public record LogQuery(Optional<String> function, Optional<String> trace, boolean follow) {}
