package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.TargetState;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code status}: how the twin is. */
@Command(
    name = "status",
    description = {
      "Say how the twin is, layer by layer.",
      "",
      "  twinloom status my-twin",
      "  twinloom status my-twin --json | jq .deadLetters"
    })
final class StatusCommand extends DeployedCommand {

  @Override
  protected int run(Output output) throws Exception {
    Target target = target();
    List<String> warnings = target.warnings();
    Optional<TwinControl> running = target.deployed();
    if (running.isPresent()) {
      try {
        return show(running.get().status(), output);
      } catch (TwinloomException e) {
        if (e.error() != DeployerError.LOCAL_UNREACHABLE) {
          throw e;
        }
        // It was killed just now, or hangs: that is its status.
        warnings = List.of(e.what() + " " + e.fix());
      }
    }
    TargetState state =
        isCloud()
            ? TargetState.of(target.name()).warnings(warnings).build()
            : localTarget().stopped(warnings);
    Optional<PreparedProject> deployed =
        isCloud() ? Optional.empty() : localTarget().deployedProject();
    boolean there = running.isPresent();
    return deployed.isPresent()
        ? showStopped(DeployedTwin.stopped(deployed.get(), state), there, output)
        : withProject(
            output, project -> showStopped(DeployedTwin.stopped(project, state), there, output));
  }

  private int showStopped(StatusReport status, boolean there, Output output) {
    StatusLines lines = new StatusLines(status, sameTwin(), output);
    output.result(StatusJson.write(status), there ? lines.unanswered() : lines.all());
    return ExitCode.DONE;
  }

  private int show(StatusReport status, Output output) {
    output.result(StatusJson.write(status), new StatusLines(status, sameTwin(), output).all());
    return ExitCode.DONE;
  }
}
