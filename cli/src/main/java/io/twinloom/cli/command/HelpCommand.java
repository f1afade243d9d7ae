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
    String name = about;
    if (name == null) {
      // It is there already, before all others.
      root.getCommandSpec().removeSubcommand("help");
      Catalogue.names().forEach(one -> Catalogue.make(one).ifPresent(c -> addOnce(root, one, c)));
      root.usage(root.getOut());
      return ExitCode.DONE;
    }
    Optional<TwinloomCommand> asked = Catalogue.make(name);
    if (asked.isEmpty()) {
      throw badUsage(Catalogue.unknown(name));
    }
    addOnce(root, name, asked.get());
    Optional.ofNullable(root.getSubcommands().get(name))
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
