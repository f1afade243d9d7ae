package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cost.codec.PlacementJson;
import io.twinloom.cost.placement.PlacementFile;
import io.twinloom.cost.placement.Placements;
import io.twinloom.cost.placement.WhatIf;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.files.ProjectSource;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code what-if}: what a move of layers to other clouds changes. */
@Command(
    name = "what-if",
    description = {
      "Say what a move of layers to other clouds changes, without changing anything.",
      "",
      "  twinloom what-if my-twin l3_cold=aws",
      "  twinloom what-if my-twin l2=azure l3_hot=azure --json"
    })
final class WhatIfCommand extends PricedCommand {

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "LAYER=CLOUD",
      description =
          "A layer and the cloud it moves to: l1, l2, l3_hot, l3_cold, l3_archive, l4, l5.")
  private List<String> moves = List.of();

  @Override
  protected int run(Output output) throws Exception {
    return withProject(output, project -> compare(project, output));
  }

  private List<Problem> problems(WhatIf whatIf) throws IOException {
    try (ProjectFiles files = ProjectSource.open(project())) {
      return PlacementFile.problems(files, whatIf.after().placement());
    }
  }

  private int compare(PreparedProject prepared, Output output) throws IOException {
    Project project = prepared.project();
    Basis basis = basis(project, output);
    WhatIf whatIf =
        basis.model().whatIf(project, basis.usage(), Placements.parse(moves, project.placement()));
    List<Problem> problems = problems(whatIf);
    output.result(PlacementJson.of(whatIf, problems), PlacementText.of(whatIf, problems));
    return ExitCode.DONE;
  }
}
