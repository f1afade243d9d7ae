package io.twinloom.cli.command;

import io.twinloom.cli.ExitCode;
import io.twinloom.cli.Output;
import io.twinloom.cli.Paint;
import io.twinloom.cli.Terminal;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.model.TwinloomException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deploy}: the twin in the background. */
@Command(
    name = "deploy",
    description =
        "Run the twin in the background; changes what runs where the project has changed.")
final class DeployCommand extends ProjectCommand {

  /** Where to. */
  enum To {
    local
  }

  @SuppressWarnings("UnusedVariable") // There is nothing to choose between yet.
  @Option(names = "--target", defaultValue = "local", description = "local: three local clouds.")
  private To to = To.local;

  @SuppressWarnings("UnusedVariable") // There is nothing to choose between yet.
  @Option(names = "--yes", description = "Ask nothing.")
  private boolean yes;

  @Mixin private LocalRunOptions options = new LocalRunOptions();

  @Override
  protected int run(Output output) throws Exception {
    return withProject(output, project -> deploy(project, output));
  }

  private int deploy(PreparedProject project, Output output) {
    LocalTarget target =
        new LocalTarget(
            options.of(data(), terminal().folder(), output), background(), InstantSource.system());
    target.deploy(project, step -> output.say(step + "."));
    List<String> lines = new ArrayList<>();
    lines.add(
        output.paint(Paint.GREEN, "Deployed: ")
            + output.paint(Paint.BOLD, project.topology().twin())
            + " runs in the background (data in "
            + data()
            + ").");
    lines.add("");
    lines.addAll(EndpointLines.clouds(project.project().placement(), target.endpoints(), output));
    lines.add("");
    lines.addAll(EndpointLines.invitation(project, named(), target.endpoints(), output));
    lines.add(
        output.paint(Paint.DIM, "  end it        ") + Terminal.program() + " destroy " + named());
    output.result(target.endpointsJson(), lines);
    return ExitCode.DONE;
  }

  /** The command that runs this twin in a process of its own. */
  private List<String> background() {
    List<String> command = new ArrayList<>(program());
    command.addAll(List.of("up", project().toString(), "--data", data().toString(), "--quiet"));
    command.addAll(options.arguments(terminal().folder()));
    return command;
  }

  private static List<String> program() {
    String launcher = System.getProperty("twinloom.launcher");
    if (launcher != null) {
      return List.of(launcher);
    }
    String java =
        ProcessHandle.current()
            .info()
            .command()
            .orElseThrow(
                () ->
                    new TwinloomException(
                        "TL-LOCAL-BACKGROUND",
                        "The program cannot tell how it was started.",
                        "",
                        "Start it with its launcher, './twinloom'."));
    return List.of(
        java, "-Xmx256m", "-cp", System.getProperty("java.class.path", ""), "io.twinloom.cli.Main");
  }
}
