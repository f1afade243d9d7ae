package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.ProblemText;
import io.twinloom.cli.terminal.ProgramName;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.ProjectChange;
import io.twinloom.deployer.change.ProjectChange.Effect;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.local.deploy.RunningTwin;
import io.twinloom.local.deploy.watch.ProjectWatch;
import io.twinloom.model.Problem;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Printable;
import io.twinloom.packaging.UserCodeChecker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes a running twin what its project says by now, as far as a running twin can be, and says what
 * was done and what was not. Something that is wrong is named once, not with each look.
 *
 * @param project its folder or ZIP
 * @param named the twin as another command takes it, see {@link ProjectCommand#sameTwin}
 */
record WatchedProject(
    Path project, String named, RunningTwin twin, UserCodeChecker checker, Output output)
    implements ProjectWatch.Handler {

  private static final double NANOS = 1e9;

  @Override
  public boolean changed() {
    long begun = System.nanoTime();
    try {
      Preparation.Outcome outcome = Preparation.of(project, checker);
      if (outcome.project().isEmpty()) {
        invalid(outcome.problems());
      } else {
        change(outcome.project().get(), begun);
      }
      return true;
    } catch (TwinloomException e) {
      if (e.error() == DeployerError.PROJECT_CHANGING) {
        return false;
      }
      refused(e.where() + ": " + e.what() + ". What runs goes on as it is.");
      return true;
    }
  }

  private void change(PreparedProject wanted, long begun) {
    ProjectChange change = twin.compare(wanted);
    if (change.isLive()) {
      List<String> changed = twin.change(wanted).changed();
      if (!changed.isEmpty()) {
        output.say(
            output.paint(Paint.GREEN, "Changed")
                + String.format(Locale.ROOT, " (%.2f s): ", (System.nanoTime() - begun) / NANOS)
                + lines(changed));
      }
      return;
    }
    List<String> refused = change.of(Effect.REFUSED);
    if (!refused.isEmpty()) {
      refused("This cannot be changed: " + lines(refused) + ".");
      return;
    }
    refused(apart(change, named));
  }

  /** What a twin that runs does not become by itself, and how it does. */
  static String apart(ProjectChange change, String named) {
    List<String> restart = change.of(Effect.RESTART);
    List<String> stored = new ArrayList<>(change.confirmedApart());
    stored.removeAll(restart);
    return (stored.isEmpty()
            ? ""
            : "What is stored is not moved, and not made unreachable, before that is confirmed: "
                + lines(stored)
                + ". ")
        + (restart.isEmpty() ? "" : "The twin has to be started again for " + lines(restart) + ". ")
        + "'"
        + ProgramName.get()
        + " plan "
        + named
        + "' shows what that means, and '"
        + ProgramName.get()
        + " deploy "
        + named
        + "' does it, with all else that has changed.";
  }

  private static String lines(List<String> clauses) {
    return Printable.line(String.join("; ", clauses));
  }

  private void invalid(List<Problem> problems) {
    refused("The project is invalid now; what runs goes on as it is.");
    ProblemText.lines(
            problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList(), output)
        .forEach(output::say);
  }

  private void refused(String why) {
    output.say(output.paint(Paint.YELLOW, "Not changed") + ": " + why);
  }

  @Override
  public void changing() {
    output.say("The project keeps changing; it is looked at when it is at rest.");
  }
}
