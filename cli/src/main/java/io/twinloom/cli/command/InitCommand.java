package io.twinloom.cli.command;

import io.twinloom.cli.example.Examples;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.ProgramName;
import io.twinloom.cli.terminal.ShellWord;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code init}: a new project folder from an example. */
@Command(
    name = "init",
    description = {
      "Make a new project folder from an example.",
      "",
      "  twinloom init my-twin",
      "  twinloom init farm --from greenhouse"
    })
@SuppressWarnings("NullAway.Init")
final class InitCommand extends TwinloomCommand {

  @Parameters(paramLabel = "DIR", description = "The folder to make; it may be there, but empty.")
  private Path folder;

  @Option(
      names = "--from",
      paramLabel = "EXAMPLE",
      defaultValue = "minimal",
      description = "The example: minimal (the default) or greenhouse.")
  private String example;

  @Override
  protected int run(Output output) {
    Path target = terminal().folder().resolve(folder);
    List<String> files = Examples.copy(example, target);
    String program = ProgramName.get();
    String named = ShellWord.of(folder.toString());
    List<String> lines = new ArrayList<>();
    lines.add(
        "Made "
            + output.paint(Paint.BOLD, folder.toString())
            + " from the example '"
            + example
            + "':");
    files.forEach(f -> lines.add("  " + f));
    lines.add("");
    lines.add("Now:  " + program + " validate " + named + "    what is wrong with it, if anything");
    lines.add("      " + program + " plan " + named + "        what will run where, and why");
    lines.add("      " + program + " up " + named + "          run it here");
    output.result(
        JsonObject.builder()
            .put("folder", target.toString())
            .put("example", example)
            .put("files", JsonArray.ofTexts(files))
            .build(),
        lines);
    return ExitCode.DONE;
  }
}
