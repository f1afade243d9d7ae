package io.twinloom.cli.command;

import io.twinloom.cli.ExitCode;
import io.twinloom.cli.Output;
import io.twinloom.cli.Paint;
import io.twinloom.deployer.LogLine;
import io.twinloom.deployer.Target.LogQuery;
import io.twinloom.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code logs}: what the functions said, one line each; with {@code --json} one object a line. */
@Command(name = "logs", description = "Show what the functions did, oldest first.")
final class LogsCommand extends DeployedCommand {

  @Option(
      names = "--function",
      paramLabel = "F",
      description = "Only of this function, by its name in 'plan'.")
  private @Nullable String function;

  @Option(names = "--trace", paramLabel = "ID", description = "Only of this trace.")
  private @Nullable String trace;

  @Option(
      names = {"-f", "--follow"},
      description = "Stay, and show what comes, until Ctrl-C.")
  private boolean follow;

  @Override
  protected int run(Output output) {
    LogQuery query =
        new LogQuery(Optional.ofNullable(function), Optional.ofNullable(trace), follow);
    target().logs(query, line -> output.item(line, text(line, output)));
    return ExitCode.DONE;
  }

  private static String text(JsonObject line, Output output) {
    String text = LogLine.text(line);
    return switch (line.text("level").orElse("")) {
      case "ERROR" -> output.paint(Paint.RED, text);
      case "WARN" -> output.paint(Paint.YELLOW, text);
      case "DEBUG" -> output.paint(Paint.DIM, text);
      default -> text;
    };
  }
}
