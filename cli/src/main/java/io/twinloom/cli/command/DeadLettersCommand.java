package io.twinloom.cli.command;

import io.twinloom.cli.ExitCode;
import io.twinloom.cli.Output;
import io.twinloom.cli.Paint;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.Replay;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
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
    DeployedTwin twin = running();
    if (action == Action.replay) {
      Replay replay = twin.replay(ids);
      output.result(replay.toJson(), lines(replay));
      return replay.left().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
    JsonObject letters = twin.deadLetters();
    output.result(letters, lines(letters, output));
    return ExitCode.DONE;
  }

  private static List<String> lines(Replay replay) {
    int replayed = replay.replayed();
    List<String> lines = new ArrayList<>();
    lines.add(replayed + (replayed == 1 ? " dead letter" : " dead letters") + " handed in again.");
    replay.left().forEach(left -> lines.add("Left " + left.id() + ": " + left.why()));
    return lines;
  }

  private static List<String> lines(JsonObject letters, Output output) {
    List<String> lines = new ArrayList<>();
    for (JsonValue value : letters.array("items").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject letter) {
        lines.add(
            output.paint(Paint.BOLD, letter.text("id").orElse(""))
                + "  "
                + letter.text("time").orElse("")
                + "  "
                + letter.text("function").orElse("")
                + " on "
                + letter.text("cloud").orElse("")
                + ", "
                + letter.get("attempts")
                + " attempts"
                + letter
                    .text("trace_id")
                    .filter(t -> !t.isEmpty())
                    .map(t -> ", trace " + t)
                    .orElse(""));
        lines.add("    " + output.paint(Paint.RED, letter.text("error").orElse("")));
      }
    }
    long total = letters.get("total") instanceof JsonNumber n ? n.asDecimal().longValue() : 0;
    if (total > lines.size() / 2) {
      lines.add("... these are the oldest of " + total + ".");
    }
    if (lines.isEmpty()) {
      lines.add("No dead letters.");
    }
    return lines;
  }
}
