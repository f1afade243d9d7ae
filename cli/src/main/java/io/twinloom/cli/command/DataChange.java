package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.ProgramName;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.json.JsonObject;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of a twin on this machine that moves stored data or makes some of it unreachable.
 *
 * @param what the differences, for people
 * @param touched what is stored that they concern
 */
record DataChange(List<String> what, List<TouchedData> touched) {

  /** What deploying a version of the project would do to data; empty where that is nothing. */
  static Optional<DataChange> of(LocalTarget target, PreparedProject project) {
    return target.impact(project).map(impact -> new DataChange(impact.what(), impact.touched()));
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    what.forEach(difference -> lines.add("  ~ " + Printable.line(difference)));
    touched.forEach(data -> lines.add("    " + Printable.line(data.text())));
    if (touched.isEmpty()) {
      lines.add("    Nothing is stored that it concerns.");
    }
    return lines;
  }

  /**
   * Shows it, and asks whether to go on; where former stores are to lose what they hold, for the
   * name of the twin, as wherever data is deleted.
   *
   * @param yes whether that was answered beforehand
   * @param deleted the stores that are to lose it, as {@code CLOUD:NAME}
   * @throws io.twinloom.model.TwinloomException if there is nobody to ask
   */
  boolean agreed(boolean yes, List<String> deleted, String twin, String named, Output output) {
    output.say(
        touched.isEmpty()
            ? "This moves or removes a part of the twin that can hold data:"
            : "This changes what is stored, or what of it can be read:");
    lines().forEach(output::say);
    if (yes) {
      return true;
    }
    String look = "Look at '" + ProgramName.get() + " plan " + named + "' first, and give ";
    return deleted.isEmpty()
        ? Question.agreed(
            "Make these changes? Type yes:", "yes", look + "--yes. Nothing was changed.", output)
        : Question.agreed(
            "Once it is copied, this deletes what is held by "
                + Printable.line(String.join(", ", deleted))
                + ". Type "
                + twin
                + " to go on:",
            twin,
            look + "--delete-data together with --yes. Nothing was changed.",
            output);
  }

  /** The change as {@code plan --json} has it; empty where the twin is not deployed. */
  static Optional<JsonObject> json(LocalTarget target, PreparedProject project) {
    return target.change(project).map(change -> TouchedData.json(change, target.touched(project)));
  }
}
