package io.twinloom.cli.command;

import io.twinloom.cli.demo.DemoLoop;
import io.twinloom.cli.example.Examples;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.ProblemText;
import io.twinloom.cli.terminal.ProgramName;
import io.twinloom.cli.terminal.ShellWord;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.deploy.LocalRun;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.local.deploy.RunningTwin;
import io.twinloom.model.text.Count;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: a living twin, at once. */
@Command(
    name = "demo",
    description = {
      "See a living twin: a greenhouse over three local clouds, with its devices; with --json one"
          + " object a line (JSON lines), each with its type.",
      "",
      "  twinloom demo",
      "  twinloom demo --for 30s --json"
    })
final class DemoCommand extends TwinloomCommand {

  private static final String EXAMPLE = "greenhouse";

  /** So that what is measured now is in the archive after some forty seconds. */
  private static final Duration DAY = Duration.ofSeconds(2);

  @Option(names = "--for", paramLabel = "TIME", description = "How long (default: until Ctrl-C).")
  private @Nullable Duration limit;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the example project is put; one that is there is used as it is.")
  private @Nullable Path folder;

  @Mixin private LocalRunOptions options = new LocalRunOptions();

  @Override
  protected int run(Output output) throws Exception {
    Path project = place();
    if (!Files.exists(project.resolve("config.json"))) {
      Examples.copy(EXAMPLE, project);
    }
    Preparation.Outcome outcome = Preparation.of(project, codeChecker());
    if (outcome.project().isEmpty()) {
      ProblemText.lines(outcome.problems(), output).forEach(output::note);
      return ExitCode.INVALID;
    }
    return show(outcome.project().get(), project, output);
  }

  private int show(PreparedProject project, Path folder, Output output)
      throws InterruptedException {
    Path data = LocalTarget.dataOf(folder);
    RunChoice chosen = options.over(data, terminal().folder());
    LocalOptions local = chosen.local(data, Optional.of(DAY));
    LocalTarget target =
        LocalTargets.of(
            new LocalRun(local, chosen.options(), chosen.shown(data, Optional.of(DAY)), List.of()),
            terminal());
    chosen.tell(output);
    output.say("Starting three clouds for the greenhouse in " + folder + " ...");
    long arrived;
    try (Interruption interruption = Interruption.install();
        RunningTwin twin = target.up(project, by -> interruption.request());
        DeviceClient devices = target.devices("twinloom-demo").orElseThrow()) {
      EndpointLines reached = new EndpointLines(project, twin.endpoints(), local, output);
      if (!output.isLive()) {
        reached.clouds().forEach(output::say);
        output.say(reached.page(twin.address()));
      }
      arrived =
          new DemoLoop(project, twin, devices, terminal().clock(), new Random(), output)
              .run(limit, invitation(reached, twin.address(), folder, output), interruption);
      output.say("Stopping ...");
    }
    next(arrived, folder, output);
    return arrived > 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** What somebody can do next who has seen it. */
  private static void next(long arrived, Path folder, Output output) {
    String program = ProgramName.get();
    output.say(Count.of(arrived, "measurement") + " came all the way.");
    output.say("");
    output.say("The project is yours: " + folder);
    output.say("  look at it    its processors, config_providers.json, config_events.json");
    output.say("  run it        " + program + " up " + ShellWord.of(folder.toString()));
    output.say("  make one      " + program + " init my-twin");
    output.say("  read on       docs/quickstart.md");
  }

  private static List<String> invitation(
      EndpointLines reached, URI page, Path folder, Output output) {
    List<String> lines = new ArrayList<>();
    lines.addAll(reached.clouds());
    lines.add("");
    lines.add(reached.page(page));
    lines.addAll(reached.invitation(folder.toString()));
    lines.add(output.paint(Paint.DIM, "  end it        ") + "Ctrl-C");
    return lines;
  }

  /** In the checkout that the program was started from, else where the user is. */
  private Path place() {
    if (folder != null) {
      return terminal().folder().resolve(folder).normalize();
    }
    Path root =
        Optional.ofNullable(System.getProperty("twinloom.checkout"))
            .map(Path::of)
            .orElse(terminal().folder());
    return root.resolve(".twinloom").resolve("demo");
  }
}
