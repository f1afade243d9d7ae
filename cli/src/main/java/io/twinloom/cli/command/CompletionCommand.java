package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.json.JsonObject;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code completion}: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    description = {
      "Write what a shell needs to complete commands and options with the Tab key.",
      "",
      "  source <(twinloom completion bash)      in ~/.bashrc",
      "  source <(twinloom completion zsh)       in ~/.zshrc"
    })
final class CompletionCommand extends TwinloomCommand {

  /** The shells. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.bash;

  @Override
  protected int run(Output output) {
    // One script for both: in zsh it switches on the completion of bash.
    String script = script();
    if (output.isJson()) {
      output.json(JsonObject.builder().put("shell", shell.name()).put("script", script).build());
    } else {
      output.terminal().out().print(script);
      output.terminal().out().flush();
    }
    return ExitCode.DONE;
  }

  private static String script() {
    CommandLine root = new CommandLine(CommandSpec.create().name("twinloom"));
    for (String name : Catalogue.names()) {
      Catalogue.make(name).ifPresent(command -> root.addSubcommand(new CommandLine(command)));
    }
    return AutoComplete.bash("twinloom", root);
  }
}
