package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.deployer.cloud.CloudTarget.Removed;
import io.twinloom.deployer.cloud.DataRemoval;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code destroy}: the end of a deployment. */
@Command(
    name = "destroy",
    description = {
      "End the twin. Its data stays, unless --delete-data is given: on this machine its folder, on the"
          + " clouds the stores that hold data, which are listed.",
      "",
      "  twinloom destroy my-twin",
      "  twinloom destroy my-twin --delete-data          asks for the twin's name",
      "  twinloom destroy my-twin --delete-data --yes    does not ask",
      "  twinloom destroy my-twin --target cloud --delete-data=CLOUD:NAME    removes this store"
    })
final class DestroyCommand extends DeployedCommand {

  private static final String HOW = "Give --delete-data together with --yes where all may go.";

  /** What {@code --delete-data} without a name stands for. */
  private static final String EVERYTHING = "";

  @Option(
      names = "--delete-data",
      arity = "0..1",
      fallbackValue = EVERYTHING,
      preprocessor = OnlyAttached.class,
      paramLabel = "CLOUD:STORE",
      description =
          "Delete what it has kept, too; on the clouds of one store only where it is named. Asks for"
              + " the twin's name, unless --yes is given.")
  private @Nullable List<String> deleteData;

  @Option(
      names = "--yes",
      description =
          "Answer every question with yes; with --delete-data also the one whether data may go.")
  private boolean yes;

  /** A store's name is attached with {@code =}: what stands behind a blank is the project. */
  static final class OnlyAttached implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (!"=".equals(info.get("separator"))) {
        args.push(EVERYTHING);
      }
      return false;
    }
  }

  @Override
  protected int run(Output output) {
    if (isCloud()) {
      return removeFromClouds(output);
    }
    if (deleteData != null && deleteData.stream().anyMatch(name -> !name.equals(EVERYTHING))) {
      throw badUsage("Stores are named with --target cloud only: here --delete-data is for all.");
    }
    boolean all = deleteData != null;
    Target target = target();
    if (all && !yes && Files.isDirectory(data()) && !agreed(target, output)) {
      output.say("Nothing was ended or deleted.");
      return ExitCode.FAILED;
    }
    boolean ended = target.destroy(all, step -> output.say(step + "."));
    output.result(
        JsonObject.builder().put("destroyed", ended).put("dataDeleted", all).build(),
        List.of(
            ended
                ? "The twin is ended"
                    + (all ? " and its data deleted." : "; its data stays in " + data() + ".")
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
    DataRemoval removal =
        deleteData == null
            ? DataRemoval.NONE
            : deleteData.isEmpty() || deleteData.contains(EVERYTHING)
                ? DataRemoval.ALL
                : DataRemoval.of(Set.copyOf(deleteData));
    CloudTarget target = cloudTarget(changes -> agreed(changes, output));
    Removed removed;
    Cancelling cancelling = Cancelling.ofThisThread();
    try {
      removed = target.destroy(removal, step -> output.say(step + "."));
    } finally {
      cancelling.close();
    }
    output.result(
        JsonObject.builder()
            .put("destroyed", removed.removed())
            .put("dataDeleted", removed.removed() && removed.kept().isEmpty())
            .put("kept", JsonArray.ofTexts(removed.kept().stream().map(StoredData::id).toList()))
            .build(),
        lines(removed));
    return ExitCode.DONE;
  }

  private List<String> lines(Removed removed) {
    List<String> lines = new ArrayList<>();
    if (removed.kept().isEmpty()) {
      lines.add(
          removed.removed()
              ? "The twin is removed from the clouds, and all its data with it."
              : "Nothing of the twin is on the clouds.");
      return lines;
    }
    lines.add(
        removed.removed()
            ? "The twin is removed from the clouds. These hold its data and stay:"
            : "Nothing but what holds the twin's data is on the clouds:");
    removed.kept().forEach(data -> lines.add("  " + data.id() + "  " + data.words()));
    lines.add(
        "'twinloom destroy "
            + sameTwin()
            + " --target cloud --delete-data' removes them too; deploying again uses them.");
    return lines;
  }

  private boolean agreed(PlannedChanges changes, Output output) {
    ChangeLines.text(changes, output).forEach(output::say);
    if (yes) {
      return true;
    }
    if (changes.lost().isEmpty()) {
      return Question.agreed(
          "This removes the twin; what holds its data stays. Type yes to go on:",
          "yes",
          "Give --yes; data goes only with --delete-data.",
          output);
    }
    String twin = twin(target());
    return Question.agreed(
        "This removes the twin with its data ("
            + changes.lost().stream().map(StoredData::id).collect(Collectors.joining(", "))
            + "). Type "
            + twin
            + " to go on:",
        twin,
        HOW,
        output);
  }
}
