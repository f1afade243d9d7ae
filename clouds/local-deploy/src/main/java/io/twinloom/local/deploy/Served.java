package io.twinloom.local.deploy;

import io.twinloom.deployer.Target;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a running twin's server is given besides the twin.
 *
 * @param target where it runs
 * @param home where the project's own files are
 * @param stop ends the process, and takes who asked for that
 */
record Served(Target target, Path home, Consumer<String> stop) {}
