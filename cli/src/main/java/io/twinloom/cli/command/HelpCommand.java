package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code help}: what there is, or what one command does. */
@Command(
    name = "help",
    description = {
      "Say what there is, or what a command does.",
      "",
      "  twinloom help",
      "  twinloom help query"
    })
final class HelpCommand extends TwinloomCommand {

  @Parameters(index = "0", arity = "0..1", paramLabel = "COMMAND", description = "The command.")
  private @Nullable String about;

  @Override
  protected int run(Output output) {
    CommandLine root = parent();
    if (about == null) {
      // It is there already, before all others.
      root.getCommandSpec().removeSubcommand("help");
      Catalogue.names()
          .forEach(name -> Catalogue.make(name).ifPresent(c -> addOnce(root, name, c)));
      root.usage(root.getOut());
      return ExitCode.DONE;
    }
    Optional<TwinloomCommand> asked = Catalogue.make(about);
    if (asked.isEmpty()) {
      throw badUsage(Catalogue.unknown(about));
    }
    addOnce(root, about, asked.get());
    Optional.ofNullable(root.getSubcommands().get(about))
        .ifPresent(line -> line.usage(root.getOut()));
    return ExitCode.DONE;
  }

  private static void addOnce(CommandLine root, String name, TwinloomCommand command) {
    if (!root.getSubcommands().containsKey(name)) {
      CommandLine line = Catalogue.line(command);
      line.setColorScheme(root.getColorScheme());
      line.setUsageHelpWidth(root.getUsageHelpWidth());
      root.addSubcommand(line);
    }
  }
}
