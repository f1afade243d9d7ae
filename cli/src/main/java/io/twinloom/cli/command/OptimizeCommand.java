package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cost.codec.PlacementJson;
import io.twinloom.cost.placement.Candidate;
import io.twinloom.cost.placement.Optimization;
import io.twinloom.cost.placement.Placements;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Project;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code optimize}: which placement is cheapest, and which are worth considering. */
@Command(
    name = "optimize",
    description = {
      "Price every placement of the layers, and say which stand out in cost, crossings and latency.",
      "",
      "  twinloom optimize my-twin",
      "  twinloom optimize my-twin --pin l1=aws --pin l4=aws --usage usage.json",
      "  twinloom optimize my-twin --write"
    })
final class OptimizeCommand extends PricedCommand {

  @Option(
      names = "--pin",
      paramLabel = "LAYER=CLOUD",
      description = "A layer that stays on a cloud, such as l1=aws; may be repeated.")
  private List<String> pins = new ArrayList<>();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many placements are listed (default: 10).")
  private int top = 10;

  @Option(
      names = "--write",
      description = "Write the recommended placement into config_providers.json.")
  private boolean write;

  @Override
  protected int run(Output output) throws Exception {
    if (top < 1) {
      throw badUsage("--top is at least 1.");
    }
    return withProject(output, project -> optimize(project, output));
  }

  private int optimize(PreparedProject prepared, Output output) {
    Project project = prepared.project();
    Basis basis = basis(project, output);
    Optimization optimization =
        basis.model().optimize(project, basis.usage(), Placements.parse(pins, project.placement()));
    output.result(PlacementJson.of(optimization), PlacementText.of(optimization, top));
    if (write) {
      Candidate recommended = optimization.choices().recommended();
      if (new ProvidersEdit(project()).write(recommended.placement())) {
        output.say("Wrote the recommended placement into " + ProvidersEdit.FILE + ".");
      } else {
        output.say(ProvidersEdit.FILE + " has the recommended placement already.");
      }
    }
    return ExitCode.DONE;
  }
}
