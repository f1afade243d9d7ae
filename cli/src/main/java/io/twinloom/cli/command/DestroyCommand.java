package io.twinloom.cli.command;

import io.twinloom.cli.ExitCode;
import io.twinloom.cli.Output;
import io.twinloom.deployer.Target;
import io.twinloom.model.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code destroy}: the end of a deployment. */
@Command(name = "destroy", description = "End the twin that runs here; its data stays.")
final class DestroyCommand extends ProjectCommand {

  @Option(names = "--delete-data", description = "Delete what it has kept, too.")
  private boolean deleteData;

  @SuppressWarnings("UnusedVariable") // There is nothing to choose between yet.
  @Option(names = "--yes", description = "Ask nothing.")
  private boolean yes;

  @Override
  protected int run(Output output) {
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
}
