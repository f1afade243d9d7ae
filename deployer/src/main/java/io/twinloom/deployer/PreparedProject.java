package io.twinloom.deployer;

import io.twinloom.model.Project;
import io.twinloom.topology.Topology;
import java.nio.file.Path;

/**
 * A valid project, ready to be deployed.
 *
 * @param source its folder or ZIP
 * @param digest SHA-256 of all its files, in hexadecimal: another one means that something changed
 */
public record PreparedProject(Path source, String digest, Project project, Topology topology) {}
