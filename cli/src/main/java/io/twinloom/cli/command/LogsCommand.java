package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Nearest;
import io.twinloom.model.text.Printable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code logs}: what the functions said, one line each; with {@code --json} one object a line. */
@Command(
    name = "logs",
    description = {
      "Show what the functions did, oldest first; with --json one object a line (JSON lines).",
      "",
      "  twinloom logs my-twin --tail 20 --level WARN",
      "  twinloom logs my-twin --device sensor-1 --since -10m",
      "  twinloom logs my-twin --follow"
    })
final class LogsCommand extends DeployedCommand {

  /** What a line is worth. */
  enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  @Option(
      names = "--function",
      paramLabel = "F",
      description =
          "Only of this function, by its name in 'plan', with or without the twin's name.")
  private @Nullable String function;

  @Option(
      names = "--device",
      converter = DeviceArgument.class,
      paramLabel = "ID",
      description = "Only of this device: what was done for it, and what was printed meanwhile.")
  private @Nullable String device;

  @Option(names = "--trace", paramLabel = "ID", description = "Only of this trace.")
  private @Nullable String trace;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "Only lines of this level or above: debug, info, warn or error.")
  private Level level = Level.DEBUG;

  @Option(
      names = "--since",
      paramLabel = "T",
      description = "Only from this time on: " + TimeArgument.FORMS)
  private @Nullable Instant since;

  @Option(
      names = "--tail",
      paramLabel = "N",
      description = "Only the newest N lines (default: all; with --follow 10).")
  private @Nullable Integer tail;

  @Option(
      names = {"-f", "--follow"},
      description = "Stay, and show what comes, until Ctrl-C.")
  private boolean follow;

  private boolean any;

  /** Nobody reads any more, as with 'logs --follow | head': to go on is of no use. */
  private static final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReaderGone() {
      super("", null, false, false);
    }
  }

  @Override
  protected int run(Output output) {
    if (tail != null && tail < 0) {
      throw badUsage("--tail is at least 0.");
    }
    Target target = target();
    LogQuery query =
        LogQuery.builder()
            .function(Optional.ofNullable(function).map(name -> known(name, target)))
            .trace(Optional.ofNullable(trace))
            .device(Optional.ofNullable(device))
            .level(level.name())
            .since(Optional.ofNullable(since))
            .tail(tail == null ? OptionalInt.empty() : OptionalInt.of(tail))
            .follow(follow)
            .build();
    try {
      target.logs(query, line -> show(line, output));
    } catch (ReaderGone e) {
      return ExitCode.DONE;
    }
    if (!any && !follow && trace != null) {
      output.say(
          "The log has no line of the trace "
              + Printable.quoted(trace)
              + ": it is of another twin, or so old that its lines are gone.");
      return ExitCode.FAILED;
    }
    if (!any && !follow) {
      output.say("No lines.");
    }
    return ExitCode.DONE;
  }

  private void show(LogLine line, Output output) {
    any = true;
    output.item(line.json(), LogText.of(line, output));
    if (output.isUnheard()) {
      throw new ReaderGone();
    }
  }

  /** The function's deployed name; what was deployed last says which there are. */
  private static String known(String name, Target target) {
    Optional<JsonObject> plan = target.plan();
    if (plan.isEmpty()) {
      return name;
    }
    List<String> names =
        plan.get().array("functions").orElse(JsonArray.EMPTY).values().stream()
            .filter(JsonObject.class::isInstance)
            .flatMap(f -> ((JsonObject) f).text("name").stream())
            .toList();
    String full = plan.get().text("twin").orElse("") + "-" + name;
    if (names.contains(name) || names.contains(full)) {
      return names.contains(name) ? name : full;
    }
    TwinloomException unknown = DeployedTwin.unknown(Printable.visible(name));
    throw new TwinloomException(
        unknown.error(),
        unknown.what(),
        unknown.where(),
        Nearest.to(full, names)
            .or(() -> Nearest.to(name, names))
            .map(near -> "Did you mean " + near + "? 'plan' lists its functions.")
            .orElse(unknown.fix()));
  }
}
