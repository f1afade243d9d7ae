package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.local.deploy.RunningTwin;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code up}: the twin here, in the foreground. */
@Command(name = "up", description = "Run the twin over three local clouds, here, until Ctrl-C.")
final class UpCommand extends ProjectCommand {

  @Mixin private LocalRunOptions options = new LocalRunOptions();

  @Override
  protected int run(Output output) throws Exception {
    return withProject(output, project -> run(project, output));
  }

  private int run(PreparedProject project, Output output) throws InterruptedException {
    LocalTarget target =
        LocalTargets.of(options.of(data(), terminal().folder(), output), List.of());
    target
        .killed()
        .ifPresent(
            pid ->
                output.say(
                    "Process "
                        + pid
                        + " ended without putting things away: going on from its data."));
    try (Interruption interruption = Interruption.install();
        RunningTwin twin = target.up(project, interruption::request)) {
      output.result(twin.endpointsJson(), lines(project, twin, output));
      interruption.await();
      twin.failure().ifPresent(UpCommand::end);
      output.say("Stopping ...");
    }
    return ExitCode.DONE;
  }

  private static void end(TwinloomException failure) {
    throw failure;
  }

  private List<String> lines(PreparedProject project, RunningTwin twin, Output output) {
    List<String> lines = new ArrayList<>();
    lines.add(
        output.paint(Paint.GREEN, "Ready: ")
            + output.paint(Paint.BOLD, project.topology().twin())
            + " runs over three local clouds (process "
            + ProcessHandle.current().pid()
            + ", data in "
            + data()
            + ").");
    lines.add("");
    lines.addAll(EndpointLines.clouds(project.project().placement(), twin.endpoints(), output));
    lines.add("");
    lines.addAll(EndpointLines.invitation(project, named(), twin.endpoints(), output));
    lines.add(output.paint(Paint.DIM, "  end it        ") + "Ctrl-C");
    return lines;
  }
}
