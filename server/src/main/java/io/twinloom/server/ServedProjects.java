package io.twinloom.server;

import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.deploy.ServedTargets;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The projects of a server, and what is done with them.
 *
 * @param root every folder in it with a {@code config.json} is a project
 * @param targets where they are deployed to
 * @param checker of their user code
 */
public record ServedProjects(
    Path root, ServedTargets targets, UserCodeChecker checker, InstantSource clock) {}
