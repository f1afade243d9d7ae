package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.codec.DeadLettersJson;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dead-letters}: what could not be processed. */
@Command(
    name = "dead-letters",
    description = "List what could not be processed and why, or try it again.")
final class DeadLettersCommand extends DeployedCommand {

  /** What to do with them. */
  enum Action {
    list,
    replay
  }

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "list",
      description = "list (the default) or replay.")
  private Action action = Action.list;

  @Option(
      names = "--id",
      paramLabel = "ID",
      split = ",",
      description = "Replay only these (default: all).")
  private List<String> ids = List.of();

  @Override
  protected int run(Output output) {
    TwinControl twin = running();
    if (action == Action.replay) {
      ReplayReport replay = twin.replay(ids);
      output.result(DeadLettersJson.write(replay), lines(replay));
      return replay.left().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
    DeadLetterPage letters = twin.deadLetters();
    output.result(DeadLettersJson.write(letters), lines(letters, output));
    return ExitCode.DONE;
  }

  private static List<String> lines(ReplayReport replay) {
    int replayed = replay.replayed();
    List<String> lines = new ArrayList<>();
    lines.add(replayed + (replayed == 1 ? " dead letter" : " dead letters") + " handed in again.");
    replay.left().forEach(left -> lines.add("Left " + left.id() + ": " + left.why()));
    return lines;
  }

  private static List<String> lines(DeadLetterPage letters, Output output) {
    List<String> lines = new ArrayList<>();
    for (DeadLetterEntry letter : letters.items()) {
      lines.add(
          output.paint(Paint.BOLD, letter.id())
              + "  "
              + letter.time()
              + "  "
              + letter.function()
              + " on "
              + letter.cloud().id()
              + ", "
              + letter.attempts()
              + " attempts"
              + (letter.traceId().isEmpty() ? "" : ", trace " + letter.traceId()));
      lines.add("    " + output.paint(Paint.RED, letter.error()));
    }
    if (letters.total() > letters.items().size()) {
      lines.add("... these are the oldest of " + letters.total() + ".");
    }
    if (lines.isEmpty()) {
      lines.add("No dead letters.");
    }
    return lines;
  }
}
