package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code destroy}: the end of a deployment. */
@Command(
    name = "destroy",
    description = {
      "End the twin. Its data stays, unless --delete-data is given; on the clouds a twin cannot be"
          + " removed without it while stores hold data.",
      "",
      "  twinloom destroy my-twin",
      "  twinloom destroy my-twin --delete-data          asks for the twin's name",
      "  twinloom destroy my-twin --delete-data --yes    does not ask"
    })
final class DestroyCommand extends DeployedCommand {

  private static final String HOW = "Give --delete-data together with --yes where all may go.";

  @Option(
      names = "--delete-data",
      description =
          "Delete what it has kept, too. Asks for the twin's name, unless --yes is given.")
  private boolean deleteData;

  @Option(
      names = "--yes",
      description =
          "Answer every question with yes; with --delete-data also the one whether data may go.")
  private boolean yes;

  @Override
  protected int run(Output output) {
    if (isCloud()) {
      return removeFromClouds(output);
    }
    Target target = target();
    if (deleteData && !yes && Files.isDirectory(data()) && !agreed(target, output)) {
      output.say("Nothing was ended or deleted.");
      return ExitCode.FAILED;
    }
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

  private boolean agreed(Target target, Output output) {
    String twin = twin(target);
    return Question.agreed(
        "This deletes all that the twin has kept in " + data() + ". Type " + twin + " to go on:",
        twin,
        HOW,
        output);
  }

  private static String twin(Target target) {
    return target.plan().flatMap(p -> p.text("twin")).orElse("yes");
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
    List<Change> losses = changes.losses();
    if (!deleteData && !losses.isEmpty()) {
      throw new TwinloomException(
          CliError.DATA_KEPT,
          "These hold the twin's data, and would be removed: "
              + losses.stream().map(Change::what).collect(Collectors.joining(", "))
              + ".",
          named(),
          "Give --delete-data where they may go; nothing was removed.");
    }
    ChangeLines.text(changes, output).forEach(output::say);
    if (yes) {
      return true;
    }
    String twin = twin(target());
    return Question.agreed(
        (losses.isEmpty()
                ? "This removes the twin."
                : "This removes the twin with all its measurements.")
            + " Type "
            + twin
            + " to go on:",
        twin,
        HOW,
        output);
  }
}
