package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import java.util.Locale;
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
    target().logs(query, line -> output.item(line.json(), text(line, output)));
    return ExitCode.DONE;
  }

  private static String text(LogLine line, Output output) {
    String text = text(line);
    return switch (line.level()) {
      case "ERROR" -> output.paint(Paint.RED, text);
      case "WARN" -> output.paint(Paint.YELLOW, text);
      case "DEBUG" -> output.paint(Paint.DIM, text);
      default -> text;
    };
  }

  /** The line for people: what it is about first, then what is the same in all. */
  private static String text(LogLine line) {
    StringBuilder text = new StringBuilder(160);
    text.append(line.time()).append(' ');
    text.append(String.format(Locale.ROOT, "%-5s ", line.level()));
    text.append(String.format(Locale.ROOT, "%-6s ", line.cloud()));
    text.append(line.function());
    line.json()
        .members()
        .forEach(
            (key, value) -> {
              switch (key) {
                case "time", "level", "cloud", "function", "message" -> {}
                default ->
                    text.append(' ')
                        .append(key)
                        .append('=')
                        .append(line.json().text(key).orElseGet(value::toString));
              }
            });
    line.message().ifPresent(m -> text.append("  ").append(m));
    return text.toString();
  }
}
