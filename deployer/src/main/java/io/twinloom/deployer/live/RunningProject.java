package io.twinloom.deployer.live;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.control.TwinControl;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A project whose twin runs in this process.
 *
 * @param deployed gives the project as it is deployed by now
 * @param control what can be asked of the twin
 * @param target where it runs
 * @param data the twin's data folder, owner-only
 * @param port where it is to be reached
 * @param stop ends the process, and takes who asked for that; run after its caller was answered
 */
public record RunningProject(
    Supplier<PreparedProject> deployed,
    TwinControl control,
    Target target,
    Path data,
    TwinServer.Port port,
    Consumer<String> stop) {

  /** The project as it is deployed by now. */
  public PreparedProject project() {
    return deployed.get();
  }
}
