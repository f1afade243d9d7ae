package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ErrorJson;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.ProjectChange;
import io.twinloom.deployer.change.ProjectChange.Effect;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.text.Printable;
import io.twinloom.topology.Topology;
import io.twinloom.topology.plan.PlanDifference;
import io.twinloom.topology.plan.PlanJson;
import io.twinloom.topology.plan.PlanMermaid;
import io.twinloom.topology.plan.PlanText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan}: what will run where, and why. */
@Command(
    name = "plan",
    description = {
      "Show what will run where and why, and what changes against what is deployed.",
      "",
      "  twinloom plan my-twin",
      "  twinloom plan my-twin --format mermaid > plan.mmd",
      "  twinloom plan my-twin --target cloud"
    })
final class PlanCommand extends DeployedCommand {

  /** Why clouds cannot be asked what is there, while the project is as it should be. */
  private static final Set<ErrorCode> UNASKABLE =
      Set.of(
          DeployerError.CREDENTIALS_MISSING,
          DeployerError.CREDENTIALS_REGION,
          DeployerError.CREDENTIALS_EXPIRED,
          DeployerError.CREDENTIALS_WRONG,
          DeployerError.CLOUD_UNREACHABLE,
          DeployerError.TERRAFORM_MISSING);

  /** How the plan is written. */
  enum Format {
    text,
    json,
    mermaid
  }

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "text (the default), json or mermaid (a picture, see mermaid.js.org).")
  private Format format = Format.text;

  @Option(
      names = "--count",
      description =
          "With --target cloud: count what is stored in a tier that moves, which reads all of it;"
              + " else the clouds' own figures are shown, which may be hours old.")
  private boolean count;

  @Override
  protected int run(Output output) throws Exception {
    return withProject(
        output,
        project -> {
          show(project, output);
          return ExitCode.DONE;
        });
  }

  private void show(PreparedProject project, Output output) {
    Topology topology = project.topology();
    Optional<PlannedChanges> onClouds = Optional.empty();
    Optional<TwinloomException> notAsked = Optional.empty();
    if (isCloud()) {
      try {
        onClouds =
            Optional.of(
                cloudTarget(all -> false).changes(project, count, step -> output.say(step + ".")));
      } catch (TwinloomException e) {
        // Where the clouds cannot be asked, the plan of the project is still one.
        if (!UNASKABLE.contains(e.error())) {
          throw e;
        }
        notAsked = Optional.of(e);
      }
    }
    Optional<PlanDifference> changes =
        target().plan().map(before -> PlanDifference.between(before, PlanJson.of(made(project))));
    boolean newContent =
        target().projectDigest().filter(digest -> !digest.equals(project.digest())).isPresent();
    if (output.isJson() || format == Format.json) {
      JsonObject.Builder json = PlanJson.of(topology).toBuilder();
      changes.ifPresent(c -> json.put("changes", c.json()).put("contentChanged", newContent));
      onClouds.ifPresent(c -> json.put("clouds", ChangeLines.json(c)));
      notAsked.ifPresent(e -> json.put("clouds", ErrorJson.of(e, List.of())));
      if (!isCloud()) {
        DataChange.json(localTarget(), project).ifPresent(c -> json.put("change", c));
      }
      output.json(json.build());
    } else if (format == Format.mermaid) {
      output.line(PlanMermaid.of(topology).stripTrailing());
    } else {
      output.line(PlanText.of(topology).stripTrailing());
      underWay().ifPresent(output::line);
      changes.ifPresent(
          c ->
              output.line(
                  "\nAgainst what is deployed:\n"
                      + (c.changes().isEmpty()
                          ? sameTopology(newContent)
                          : c.text().stripTrailing())));
      if (!isCloud()) {
        localTarget()
            .change(project)
            .filter(c -> !c.items().isEmpty())
            .ifPresent(c -> output.line(whatItTakes(c)));
        DataChange.of(localTarget(), project)
            .ifPresent(
                c ->
                    output.line(
                        "\nWhat that does to stored data:\n" + String.join("\n", c.lines())));
      }
      onClouds.ifPresent(
          c -> output.line("\nOn the clouds:\n" + String.join("\n", ChangeLines.text(c, output))));
    }
    notAsked.ifPresent(
        e -> {
          output.warn("What is on the clouds now is not known, so this is the plan alone:");
          output.complain(e);
        });
  }

  /** What the deployed twin is to become; what a change has left on former clouds stays. */
  private Topology made(PreparedProject project) {
    return (isCloud() ? project : localTarget().withFormer(project)).topology();
  }

  private Optional<String> underWay() {
    return isCloud()
        ? Optional.empty()
        : localTarget()
            .openChange()
            .map(
                change ->
                    "\nA change of the twin is under way: "
                        + change.at().text()
                        + ". Until it is over, the differences are those to where it is now, and"
                        + " 'deploy' makes no other.");
  }

  private static String whatItTakes(ProjectChange change) {
    StringBuilder text = new StringBuilder();
    for (Effect effect : Effect.values()) {
      List<String> what = change.of(effect);
      if (!what.isEmpty()) {
        text.append("\n").append(heading(effect)).append("\n");
        what.forEach(w -> text.append("  ~ ").append(Printable.line(w)).append("\n"));
      }
    }
    return text.toString().stripTrailing();
  }

  private static String heading(Effect effect) {
    return switch (effect) {
      case LIVE -> "Takes effect while it runs:";
      case MOVE -> "While it runs, in phases, after it was confirmed:";
      case DATA -> "While it runs, by deploy alone, after it was confirmed:";
      case RESTART -> "By deploy alone, which starts it again, after it was confirmed:";
      case REFUSED -> "Not possible:";
    };
  }

  private static String sameTopology(boolean newContent) {
    return newContent
        ? "  ~ the same functions and stores, with new code or configuration"
        : "  nothing changes";
  }
}
