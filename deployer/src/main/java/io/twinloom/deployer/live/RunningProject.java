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
 * @param live what is seen of the twin
 * @param target where it runs
 * @param home where the project's own files are, which may have changed since
 * @param data the twin's data folder, owner-only
 * @param port where it is to be reached
 * @param stop ends the process, and takes who asked for that; run after its caller was answered
 */
public record RunningProject(
    Supplier<PreparedProject> deployed,
    TwinControl control,
    LiveTwin live,
    Target target,
    Path home,
    Path data,
    TwinServer.Port port,
    Consumer<String> stop) {

  /** The project as it is deployed by now. */
  public PreparedProject project() {
    return deployed.get();
  }

  /** A project whose twin is asked and seen like this. */
  public static Builder of(Supplier<PreparedProject> deployed, TwinControl control, LiveTwin live) {
    return new Builder(deployed, control, live);
  }

  /** Takes the other parts one by one. */
  public static final class Builder {
    private final Supplier<PreparedProject> deployed;
    private final TwinControl control;
    private final LiveTwin live;

    private Builder(Supplier<PreparedProject> deployed, TwinControl control, LiveTwin live) {
      this.deployed = deployed;
      this.control = control;
      this.live = live;
    }

    /**
     * Makes it.
     *
     * @param target where it runs
     * @param home where the project's own files are
     * @param data its data folder
     * @param port where it is to be reached
     * @param stop ends the process
     */
    public RunningProject at(
        Target target, Path home, Path data, TwinServer.Port port, Consumer<String> stop) {
      return new RunningProject(deployed, control, live, target, home, data, port, stop);
    }
  }
}
