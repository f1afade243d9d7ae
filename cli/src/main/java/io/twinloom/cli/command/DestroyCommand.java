package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code destroy}: the end of a deployment. */
@Command(
    name = "destroy",
    description =
        "End the twin that runs here; its data stays. On the clouds: remove it with all its data.")
final class DestroyCommand extends DeployedCommand {

  @Option(names = "--delete-data", description = "Delete what it has kept, too.")
  private boolean deleteData;

  @Option(names = "--yes", description = "Remove the twin from the clouds without asking.")
  private boolean yes;

  @Override
  protected int run(Output output) {
    if (isCloud()) {
      return removeFromClouds(output);
    }
    Target target = target();
    boolean ended = target.destroy(deleteData, step -> output.say(step + "."));
    output.result(
        JsonObject.builder().put("destroyed", ended).put("dataDeleted", deleteData).build(),
        List.of(
            ended
                ? "The twin is ended"
                    + (deleteData
                        ? " and its data deleted."
                        : "; its data stays in " + data() + ".")
                : "There is nothing to end."));
    return ExitCode.DONE;
  }

  private int removeFromClouds(Output output) {
    CloudTarget target = cloudTarget(changes -> agreed(changes, output));
    boolean removed;
    Cancelling cancelling = Cancelling.ofThisThread();
    try {
      removed = target.destroy(true, step -> output.say(step + "."));
    } finally {
      cancelling.close();
    }
    output.result(
        JsonObject.builder().put("destroyed", removed).put("dataDeleted", removed).build(),
        List.of(
            removed
                ? "The twin is removed from the clouds, and all its data with it."
                : "Nothing of the twin is on the clouds."));
    return ExitCode.DONE;
  }

  private boolean agreed(PlannedChanges changes, Output output) {
    ChangeLines.text(changes, output).forEach(output::say);
    if (yes) {
      return true;
    }
    String twin = target().plan().flatMap(p -> p.text("twin")).orElse("yes");
    return Question.agreed(
        "This removes the twin with all its measurements. Type " + twin + " to go on:",
        twin,
        output);
  }
}
