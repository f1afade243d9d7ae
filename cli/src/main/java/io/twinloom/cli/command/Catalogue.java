package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ProgramName;
import io.twinloom.model.text.Nearest;
import io.twinloom.model.text.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands there are, in the order in which help lists them. */
public final class Catalogue {

  private static final List<String> NAMES =
      List.of(
          "demo",
          "init",
          "validate",
          "plan",
          "cost",
          "optimize",
          "what-if",
          "package",
          "up",
          "serve",
          "deploy",
          "destroy",
          "status",
          "verify",
          "send",
          "simulate",
          "record",
          "snapshot",
          "import",
          "query",
          "values",
          "restore",
          "logs",
          "traces",
          "why",
          "dead-letters",
          "move",
          "retire",
          "tokens",
          "grafana",
          "check-credentials",
          "completion",
          "version",
          "help");

  private Catalogue() {}

  public static List<String> names() {
    return NAMES;
  }

  /**
   * A command as the parser takes it. What stands behind the first empty line of its description
   * are its examples, which help shows last.
   */
  public static CommandLine line(TwinloomCommand command) {
    CommandLine line = new CommandLine(command);
    UsageMessageSpec help = line.getCommandSpec().usageMessage();
    List<String> text = List.of(help.description());
    int blank = text.indexOf("");
    if (blank >= 0) {
      help.description(text.subList(0, blank).toArray(String[]::new));
      help.footerHeading("%nExamples:%n");
      help.footer(text.subList(blank + 1, text.size()).toArray(String[]::new));
    }
    nameProgram(line);
    return line;
  }

  /** Has the help of a command name others as the user types them. */
  public static void nameProgram(CommandLine line) {
    UsageMessageSpec help = line.getCommandSpec().usageMessage();
    help.description(named(help.description()));
    help.footer(named(help.footer()));
  }

  private static String[] named(String... lines) {
    return Arrays.stream(lines).map(ProgramName::in).toArray(String[]::new);
  }

  /** That there is no command of this name, with what was most likely meant. */
  public static String unknown(String name) {
    return "There is no command "
        + Printable.quoted(name)
        + "."
        + Nearest.to(name, NAMES).map(near -> " Did you mean '" + near + "'?").orElse("");
  }

  /** The version that was built. */
  public static String version() {
    return VersionCommand.number();
  }

  /** A new command of this name, or empty where there is none. */
  public static Optional<TwinloomCommand> make(String name) {
    return switch (name) {
      case "demo" -> Optional.of(new DemoCommand());
      case "init" -> Optional.of(new InitCommand());
      case "validate" -> Optional.of(new ValidateCommand());
      case "plan" -> Optional.of(new PlanCommand());
      case "cost" -> Optional.of(new CostCommand());
      case "optimize" -> Optional.of(new OptimizeCommand());
      case "what-if" -> Optional.of(new WhatIfCommand());
      case "package" -> Optional.of(new PackageCommand());
      case "serve" -> Optional.of(new ServeCommand());
      case "up" -> Optional.of(new UpCommand());
      case "deploy" -> Optional.of(new DeployCommand());
      case "destroy" -> Optional.of(new DestroyCommand());
      case "status" -> Optional.of(new StatusCommand());
      case "verify" -> Optional.of(new VerifyCommand());
      case "send" -> Optional.of(new SendCommand());
      case "simulate" -> Optional.of(new SimulateCommand());
      case "record" -> Optional.of(new RecordCommand());
      case "snapshot" -> Optional.of(new SnapshotCommand());
      case "import" -> Optional.of(new ImportCommand());
      case "query" -> Optional.of(new QueryCommand());
      case "values" -> Optional.of(new ValuesCommand());
      case "restore" -> Optional.of(new RestoreCommand());
      case "traces" -> Optional.of(new TracesCommand());
      case "why" -> Optional.of(new WhyCommand());
      case "logs" -> Optional.of(new LogsCommand());
      case "dead-letters" -> Optional.of(new DeadLettersCommand());
      case "move" -> Optional.of(new MoveCommand());
      case "retire" -> Optional.of(new RetireCommand());
      case "tokens" -> Optional.of(new TokensCommand());
      case "grafana" -> Optional.of(new GrafanaCommand());
      case "check-credentials" -> Optional.of(new CheckCredentialsCommand());
      case "completion" -> Optional.of(new CompletionCommand());
      case "version" -> Optional.of(new VersionCommand());
      case "help" -> Optional.of(new HelpCommand());
      default -> Optional.empty();
    };
  }
}
