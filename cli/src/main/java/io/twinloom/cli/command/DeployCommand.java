package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.ProgramName;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.deploy.LocalRun;
import io.twinloom.local.deploy.LocalTarget;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deploy}: the twin in the background, or on the clouds. */
@Command(
    name = "deploy",
    description = {
      "Run the twin in the background, or on the clouds; changes what runs where the project or the"
          + " options have changed. Options hold on for the next time.",
      "",
      "  twinloom deploy my-twin",
      "  twinloom deploy my-twin --port-base 41880 --mqtt-cert cert.pem --mqtt-key key.pem"
          + " --mqtt-users users.txt",
      "  twinloom deploy my-twin --target cloud"
    })
final class DeployCommand extends DeployedCommand {

  @Option(names = "--yes", description = "Answer every question with yes.")
  private boolean yes;

  @Option(names = "--cancel", description = "Take the change back that is under way.")
  private boolean cancel;

  @Option(
      names = "--pause",
      description = "Stop the change that is under way; deploy goes on with it.")
  private boolean pause;

  @Option(
      names = "--count",
      description =
          "With --target cloud: count what is stored in a tier that moves before you are asked, which"
              + " reads all of it. On this machine it is always counted.")
  private boolean count;

  @Mixin private ChangeOptions change = new ChangeOptions();

  @Mixin private LocalRunOptions options = new LocalRunOptions();

  @Override
  protected int run(Output output) throws Exception {
    if (cancel && pause) {
      throw badUsage("--cancel and --pause are two different things: give one of them.");
    }
    change
        .contradiction()
        .ifPresent(
            why -> {
              throw badUsage(why);
            });
    if (!cancel && !pause) {
      return withProject(
          output, project -> isCloud() ? deployToClouds(project, output) : deploy(project, output));
    }
    if (change.isGiven() || options.needless(terminal().folder()).isPresent()) {
      throw badUsage(
          (cancel ? "--cancel" : "--pause")
              + " is about the change that is under way, which has its options: give it alone.");
    }
    // Here the change is that of the twin, whatever the project's files are by now.
    return isCloud()
        ? withProject(output, project -> stoppedOnClouds(project, output))
        : stopped(output);
  }

  /** Takes a change back, or stops it. */
  private int stopped(Output output) {
    TwinControl twin = running();
    var unused =
        twin.change(ChangeOrder.of(cancel ? ChangeOrder.Action.CANCEL : ChangeOrder.Action.PAUSE));
    if (cancel) {
      LocalTargets.asked(data(), terminal()).follow(step -> output.say(step + "."));
    }
    output.result(StatusJson.write(twin.status()), List.of(stopping(sameTwin())));
    return ExitCode.DONE;
  }

  private int stoppedOnClouds(PreparedProject project, Output output) {
    CloudTarget target = cloudTarget(changes -> agreed(changes, output));
    if (pause) {
      target.pause();
    } else {
      Cancelling cancelling = Cancelling.ofThisThread();
      try {
        var unused = target.cancel(project, step -> output.say(step + "."));
      } finally {
        cancelling.close();
      }
    }
    output.result(
        JsonObject.builder().put(pause ? "paused" : "cancelled", true).build(),
        List.of(stopping(sameTwin() + " --target cloud")));
    return ExitCode.DONE;
  }

  private String stopping(String place) {
    return cancel
        ? "The change is taken back. Put the project's files back as well, or the next"
            + " deploy makes it again."
        : "The change stops; '" + ProgramName.get() + " deploy " + place + "' goes on with it.";
  }

  private int deployToClouds(PreparedProject project, Output output) {
    options
        .needless(terminal().folder())
        .ifPresent(
            given -> {
              throw badUsage(given + " is for this machine only, not for --target cloud.");
            });
    CloudTarget target = cloudTarget(changes -> agreed(changes, output));
    Cancelling cancelling = Cancelling.ofThisThread();
    try {
      var unused =
          target.deploy(
              project, change.order(project.digest()), count, step -> output.say(step + "."));
    } finally {
      cancelling.close();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        output.paint(Paint.GREEN, "Deployed: ")
            + output.paint(Paint.BOLD, project.topology().twin())
            + " is on the clouds (state and keys in "
            + data()
            + ").");
    lines.add("");
    String place = sameTwin() + " --target cloud";
    lines.add(output.paint(Paint.DIM, "  try it        ") + ProgramName.get() + " verify " + place);
    lines.add(output.paint(Paint.DIM, "  look around   ") + ProgramName.get() + " status " + place);
    lines.add(
        output.paint(Paint.DIM, "  end it        ") + ProgramName.get() + " destroy " + place);
    output.result(
        JsonObject.builder()
            .put("deployed", true)
            .put("target", "cloud")
            .put("twin", project.topology().twin())
            .build(),
        lines);
    return ExitCode.DONE;
  }

  private boolean agreed(PlannedChanges changes, Output output) {
    ChangeLines.text(changes, output).forEach(output::say);
    return mayLose(changes.lost(), output) && (yes || agreed(output));
  }

  /** A store goes on a word that names it: given as an option, or typed. */
  private boolean mayLose(List<StoredData> lost, Output output) {
    String unnamed =
        lost.stream()
            .map(StoredData::id)
            .filter(id -> !change.deleted().contains(id))
            .collect(Collectors.joining(","));
    return unnamed.isEmpty()
        || Question.agreed(
            "This removes stores with what they hold. Type " + unnamed + " to go on:",
            unnamed,
            "Give --delete-data=" + unnamed + " where what they hold may go.",
            output);
  }

  private static boolean agreed(Output output) {
    return Question.agreed(
        "Make these changes? Type yes:",
        "yes",
        "Look at 'twinloom plan PROJECT --target cloud' first, and give --yes.",
        output);
  }

  private int deploy(PreparedProject project, Output output) {
    RunChoice chosen = options.over(data(), terminal().folder());
    LocalOptions local = chosen.local(data(), Optional.empty());
    LocalTarget target =
        LocalTargets.of(
            new LocalRun(
                local,
                chosen.options(),
                chosen.shown(data(), Optional.empty()),
                LocalTargets.background(project(), data(), chosen, change.arguments()),
                change.order(local)),
            terminal());
    target
        .interrupted(project)
        .flatMap(change::refusedFor)
        .ifPresent(
            why -> {
              throw badUsage(why);
            });
    Optional<DataChange> touched = DataChange.of(target, project);
    String twin = project.topology().twin();
    if (touched.isPresent()
        && !touched.get().agreed(yes, change.deleted(), twin, sameTwin(), output)) {
      output.say("Nothing was changed.");
      return ExitCode.FAILED;
    }
    chosen.tell(output);
    Optional<ChangeStatus> paused =
        target
            .deploy(project, step -> output.say(step + "."))
            .status()
            .change()
            .filter(ChangeStatus::isPaused);
    List<String> lines = new ArrayList<>();
    lines.add(
        (paused.isPresent()
                ? output.paint(Paint.YELLOW, "Paused: ")
                : output.paint(Paint.GREEN, "Deployed: "))
            + output.paint(Paint.BOLD, project.topology().twin())
            + " runs in the background (data in "
            + data()
            + ").");
    paused.ifPresent(
        change -> {
          lines.add("Its change is paused in " + change.at().text() + ".");
          lines.add("'" + ProgramName.get() + " deploy " + sameTwin() + "' goes on with it.");
        });
    lines.add("");
    EndpointLines reached = new EndpointLines(project, target.endpoints(), local, output);
    lines.addAll(reached.clouds());
    lines.add("");
    JsonObject endpoints = target.endpointsJson();
    endpoints.text("api").ifPresent(api -> lines.add(reached.page(URI.create(api))));
    lines.addAll(reached.invitation(sameTwin()));
    lines.add(
        output.paint(Paint.DIM, "  end it        ") + ProgramName.get() + " destroy " + sameTwin());
    output.result(endpoints, lines);
    return ExitCode.DONE;
  }
}
