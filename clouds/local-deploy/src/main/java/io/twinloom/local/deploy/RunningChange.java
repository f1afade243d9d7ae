package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.change.ProjectChange;
import io.twinloom.deployer.control.ChangeReport;
import io.twinloom.deployer.control.TwinControl;
import java.util.Optional;

/** Has a twin that runs in another process become a version of its project. */
record RunningChange(LocalDataFolder data, LocalRun run, Endpoints running) {

  /** Has the twin that runs this version go on with the change to it, which may be paused. */
  TwinControl goOn(PreparedProject project, Progress progress) {
    var unused = ask(project);
    return RunningProcess.followed(data, running, progress);
  }

  /**
   * Has the twin be another version of its project, where that needs no restart.
   *
   * @param change what differs; empty where nothing is known of what runs
   * @return whether it was done; else the twin has to be started again
   */
  boolean makeLive(PreparedProject project, Optional<ProjectChange> change, Progress progress) {
    if (change.isEmpty() || !change.get().needsNoRestart()) {
      return false;
    }
    ChangeReport report = ask(project);
    String process = "in process " + running.process().pid();
    progress.step(
        report.changed().isEmpty()
            ? "It runs on, " + process + ": nothing that it uses has changed"
            : "Changed while it runs, " + process + ": " + String.join("; ", report.changed()));
    return true;
  }

  private ChangeReport ask(PreparedProject project) {
    return RunningProcess.client(running).change(run.order().with(project.digest()));
  }
}
