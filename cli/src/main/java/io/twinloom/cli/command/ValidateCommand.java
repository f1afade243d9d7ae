package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.ProblemText;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.TargetProblems;
import io.twinloom.model.Problem;
import io.twinloom.model.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code validate}: everything that is wrong with a project. */
@Command(
    name = "validate",
    description = {
      "List everything that is wrong with a project, with its place and its fix.",
      "",
      "  twinloom validate my-twin",
      "  twinloom validate my-twin.zip --target cloud --json"
    })
final class ValidateCommand extends DeployedCommand {

  @Override
  protected int run(Output output) {
    Preparation.Outcome outcome = Preparation.of(project(), codeChecker());
    List<Problem> ofTarget =
        outcome.project().map(p -> target().check(p.project())).orElse(List.of());
    List<Problem> problems = TargetProblems.merged(outcome.problems(), ofTarget);
    boolean valid = problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
    List<String> lines = new ArrayList<>(ProblemText.lines(problems, output));
    lines.add(
        (valid
                ? output.paint(Paint.GREEN, "The project is valid")
                : output.paint(Paint.RED, "The project is invalid"))
            + (problems.isEmpty() ? "." : ": " + ProblemText.count(problems) + "."));
    output.result(ProblemText.json(problems, valid), lines);
    return valid ? ExitCode.DONE : ExitCode.INVALID;
  }
}
