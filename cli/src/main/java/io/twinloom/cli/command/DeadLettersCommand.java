package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.DiscardReport;
import io.twinloom.deployer.control.ReplayReport.Left;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.codec.DeadLettersJson;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dead-letters}: what could not be processed. */
@Command(
    name = "dead-letters",
    description = {
      "List what could not be processed and why, equal ones together; try it again; or forget it.",
      "",
      "  twinloom dead-letters my-twin",
      "  twinloom dead-letters my-twin replay                 all, with the code that is deployed",
      "  twinloom dead-letters my-twin replay --id ID,ID",
      "  twinloom dead-letters my-twin discard --id ID        or --all"
    })
final class DeadLettersCommand extends DeployedCommand {

  private static final int SHOWN_IDS = 5;
  private static final int SHOWN_PAYLOAD = 200;

  /** What to do with them. */
  enum Action {
    list,
    replay,
    discard
  }

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ACTION",
      defaultValue = "list",
      description = "list (the default), replay or discard.")
  private Action action = Action.list;

  @Option(
      names = "--id",
      paramLabel = "ID",
      split = ",",
      description = "Replay or discard only these.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "Discard all: what they hold is lost.")
  private boolean all;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "10s",
      description =
          "How long to look what becomes of what is replayed, on this machine (default: 10s; 0s: not"
              + " at all).")
  private Duration patience = Duration.ofSeconds(10);

  @Override
  protected int run(Output output) throws Exception {
    if (action == Action.discard && ids.isEmpty() != all) {
      throw badUsage("discard needs either --id or --all: it cannot be undone.");
    }
    TwinControl twin = running();
    return switch (action) {
      case list -> list(twin, output);
      case replay -> replay(twin, output);
      case discard -> discard(twin, output);
    };
  }

  private int list(TwinControl twin, Output output) {
    DeadLetterPage page = twin.deadLetters();
    List<DeadLetterGroup> groups = DeadLetterGroup.of(page.items());
    output.result(
        DeadLettersJson.write(page).toBuilder()
            .put(
                "groups",
                new JsonArray(groups.stream().<JsonValue>map(DeadLetterGroup::toJson).toList()))
            .build(),
        lines(page, groups, output));
    return ExitCode.DONE;
  }

  private List<String> lines(DeadLetterPage page, List<DeadLetterGroup> groups, Output output) {
    List<String> lines = new ArrayList<>();
    groups.forEach(group -> add(group, lines, output));
    if (page.total() > page.items().size()) {
      lines.add("... these are the oldest of " + Count.of(page.total()) + ".");
    }
    if (lines.isEmpty()) {
      lines.add("No dead letters.");
    }
    return lines;
  }

  private static void add(DeadLetterGroup group, List<String> lines, Output output) {
    DeadLetterEntry newest = group.newest();
    int count = group.letters().size();
    String device = Printable.line(group.device());
    lines.add(
        output.paint(Paint.BOLD, Count.of(count, "dead letter"))
            + " of "
            + Printable.line(newest.function())
            + " on "
            + newest.cloud().id()
            + (device.isEmpty() ? "" : ", device " + device)
            + ", "
            + (count == 1 ? "" : "the newest ")
            + newest.time()
            + ", "
            + Count.of(newest.attempts(), "attempt"));
    lines.add("    " + output.paint(Paint.RED, Printable.line(newest.error())));
    lines.add("    payload  " + Printable.cut(group.payload(), SHOWN_PAYLOAD));
    if (!newest.traceId().isEmpty()) {
      lines.add("    trace    " + Printable.line(newest.traceId()));
    }
    lines.add("    id       " + ids(group));
    newest.replayOf().ifPresent(id -> lines.add("    replay of " + Printable.line(id)));
  }

  private static String ids(DeadLetterGroup group) {
    List<String> newest =
        group.letters().reversed().stream().limit(SHOWN_IDS).map(DeadLetterEntry::id).toList();
    int more = group.letters().size() - newest.size();
    return Printable.line(String.join(", ", newest))
        + (more == 0 ? "" : " and " + Count.of(more) + " more (see --json)");
  }

  private int replay(TwinControl twin, Output output) throws InterruptedException {
    Duration wait = isCloud() ? Duration.ZERO : patience;
    ReplayOutcome outcome = ReplayOutcome.of(twin, ids, wait);
    List<String> lines = new ArrayList<>();
    lines.add(
        Count.of(outcome.report().replayed(), "dead letter")
            + " handed in again. What runs is the code that is deployed"
            + (isCloud() ? " there now." : "."));
    if (wait.isPositive() && outcome.report().replayed() > 0) {
      lines.addAll(outcome.lines());
    }
    outcome.report().left().forEach(left -> lines.add(left(left)));
    output.result(outcome.toJson(), lines);
    return outcome.report().left().isEmpty() && outcome.back().isEmpty()
        ? ExitCode.DONE
        : ExitCode.FAILED;
  }

  private int discard(TwinControl twin, Output output) {
    DiscardReport report = twin.discard(ids);
    List<String> lines = new ArrayList<>();
    lines.add(Count.of(report.discarded(), "dead letter") + " discarded.");
    report.left().forEach(left -> lines.add(left(left)));
    output.result(DeadLettersJson.write(report), lines);
    return report.left().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String left(Left left) {
    return "Left " + Printable.line(left.id()) + ": " + Printable.line(left.why());
  }
}
