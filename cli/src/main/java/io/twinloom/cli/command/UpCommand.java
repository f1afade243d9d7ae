package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.deploy.InterruptedChange;
import io.twinloom.local.deploy.LocalRun;
import io.twinloom.local.deploy.LocalSnapshots;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.local.deploy.RunningTwin;
import io.twinloom.local.deploy.watch.ProjectWatch;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code up}: the twin here, in the foreground. */
@Command(
    name = "up",
    description = {
      "Run the twin over three local clouds, here, until Ctrl-C; shows what user code prints, what"
          + " fails and what becomes a dead letter. Options hold on for the next time.",
      "",
      "  twinloom up my-twin",
      "  twinloom up my-twin --port-base 41880 --mqtt-users users.txt"
    })
final class UpCommand extends ProjectCommand {

  @Mixin private LocalRunOptions options = new LocalRunOptions();

  @Mixin private ChangeOptions change = new ChangeOptions();

  @Option(
      names = LocalRunOptions.DEPLOYED,
      hidden = true,
      description = "Run the copy of the project that is being deployed; for the background.")
  private boolean deployed;

  @Option(
      names = "--snapshot",
      paramLabel = "FILE",
      description = "Begin with the state that 'snapshot' has written; the twin must have no data.")
  private @Nullable Path snapshot;

  @Option(
      names = "--yes",
      description = "Make changes that move stored data or make some unreachable, without asking.")
  private boolean yes;

  @Option(
      names = "--no-watch",
      description =
          "Leave the twin as it is when the project's files change (default: code, rules, devices"
              + " and hierarchy take effect while it runs).")
  private boolean noWatch;

  @Override
  protected int run(Output output) throws Exception {
    change
        .contradiction()
        .ifPresent(
            why -> {
              throw badUsage(why);
            });
    if (snapshot != null) {
      LocalSnapshots.restore(data(), terminal().folder().resolve(snapshot));
    }
    // Before the project is read, so that nothing is missed that is changed while the twin starts.
    ProjectWatch watch = ProjectWatch.of(project(), data(), terminal().clock());
    return deployed
        ? run(this::startDeployed, watch, output)
        : withProject(output, project -> start(project, watch, output));
  }

  private int start(PreparedProject project, ProjectWatch watch, Output output)
      throws InterruptedException {
    RunChoice chosen = chosen();
    LocalTarget asked = target(chosen, chosen.local(data(), Optional.empty()));
    Optional<InterruptedChange> interrupted = asked.interrupted(project);
    if (interrupted.isPresent()) {
      change
          .refusedFor(interrupted.get())
          .ifPresent(
              why -> {
                throw badUsage(why);
              });
      output.warn(interrupted.get().text() + ".");
      return run(this::startDeployed, watch, output);
    }
    Optional<DataChange> touched = DataChange.of(asked, project);
    if (touched.isPresent() && !yes && !terminal().interactive()) {
      touched.get().lines().forEach(output::say);
      output.warn(
          "this needs a confirmation, so the version that is deployed is started; with --yes, the"
              + " project's.");
      return run(this::startDeployed, watch, output);
    }
    String twin = project.topology().twin();
    if (touched.isPresent()
        && !touched.get().agreed(yes, change.deleted(), twin, sameTwin(), output)) {
      output.say("Nothing was changed.");
      return ExitCode.FAILED;
    }
    return run((target, stop) -> target.up(project, stop), watch, output);
  }

  private RunningTwin startDeployed(LocalTarget target, Consumer<String> stop) {
    return target.upDeployed(project(), stop);
  }

  /** Starts the twin. */
  private interface Start {
    RunningTwin on(LocalTarget target, Consumer<String> stop);
  }

  private static final Duration STEP = Duration.ofMillis(250);

  @Override
  boolean isForClouds() {
    return false;
  }

  private RunChoice chosen() {
    return options.over(data(), terminal().folder());
  }

  private LocalTarget target(RunChoice chosen, LocalOptions local) {
    return LocalTargets.of(
        new LocalRun(
            local,
            chosen.options(),
            chosen.shown(data(), Optional.empty()),
            List.of(),
            change.order(local)),
        terminal());
  }

  private int run(Start start, ProjectWatch watch, Output output) throws InterruptedException {
    RunChoice chosen = chosen();
    LocalOptions local = chosen.local(data(), Optional.empty());
    LocalTarget target = target(chosen, local);
    chosen.tell(output);
    target
        .killed()
        .ifPresent(
            pid ->
                output.say(
                    "Process " + pid + " did not shut down cleanly: going on from its data."));
    AtomicReference<String> by = new AtomicReference<>("");
    try (Interruption interruption = Interruption.install();
        RunningTwin twin =
            start.on(
                target,
                who -> {
                  by.set(" (asked for by " + who + ")");
                  interruption.request();
                })) {
      output.result(twin.endpointsJson(), lines(twin.project(), twin, local, output));
      run(twin, watch, interruption, output);
      twin.failure().ifPresent(UpCommand::end);
      output.say("Stopping" + by.get() + " ...");
    }
    return ExitCode.DONE;
  }

  private void run(RunningTwin twin, ProjectWatch watch, Interruption interruption, Output output)
      throws InterruptedException {
    try (watch) {
      // In the background, deploy says what changes.
      if (!noWatch && !deployed) {
        watch.start(new WatchedProject(project(), sameTwin(), twin, codeChecker(), output));
      }
      if (!output.isQuiet()) {
        LiveLog log = new LiveLog(twin, sameTwin(), output);
        while (!interruption.await(STEP)) {
          log.look();
        }
      }
      interruption.await();
    }
  }

  private static void end(TwinloomException failure) {
    throw failure;
  }

  private List<String> lines(
      PreparedProject project, RunningTwin twin, LocalOptions local, Output output) {
    EndpointLines reached = new EndpointLines(project, twin.endpoints(), local, output);
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
    lines.addAll(reached.clouds());
    lines.add("");
    lines.add(reached.page(twin.address()));
    lines.addAll(reached.invitation(sameTwin()));
    lines.add(output.paint(Paint.DIM, "  end it        ") + "Ctrl-C");
    return lines;
  }
}
